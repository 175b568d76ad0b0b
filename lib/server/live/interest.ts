import 'server-only';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import type { Clock } from '@/lib/core/time/clock';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Whether anybody cares about an experiment at rest: after a day without a look nothing more is spent on it. */
export interface Interest {
  /** Somebody came to look, or left. */
  looked(ids: readonly ExperimentId[]): void;
  has(id: ExperimentId): boolean;
}

export function createInterest({
  clock,
  isWatched,
}: {
  readonly clock: Clock;
  readonly isWatched: (id: ExperimentId) => boolean;
}): Interest {
  /** The one looked at longest ago first. */
  const lookedMs = new Map<ExperimentId, number>();
  return {
    looked(ids) {
      const nowMs = clock.monotonicMs();
      for (const id of ids) {
        lookedMs.delete(id);
        lookedMs.set(id, nowMs);
      }
      for (const [id, atMs] of lookedMs) {
        if (nowMs - atMs <= DAY_MS) break;
        lookedMs.delete(id);
      }
    },
    has(id) {
      const atMs = lookedMs.get(id);
      return isWatched(id) || (atMs !== undefined && clock.monotonicMs() - atMs <= DAY_MS);
    },
  };
}
