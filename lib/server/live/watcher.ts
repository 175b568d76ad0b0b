import 'server-only';
import type { Call } from '@/lib/core/analysis/call';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import { toQuestion } from '@/lib/core/experiment/question';
import type { Hub } from '@/lib/server/live/hub';

export interface Watcher {
  /** Follows exactly these experiments from now on. */
  follow(ids: readonly ExperimentId[]): void;
  stop(): void;
}

export interface WatcherOptions {
  readonly hub: Pick<Hub, 'subscribe'>;
  /** A call was made or confirmed, whether or not anybody looked. Not told for what held when following began. */
  readonly onCall: (id: ExperimentId, call: Call) => void;
}

/** The subscriber that never leaves: calls, curves and alerts must not depend on somebody looking. */
export function createWatcher({ hub, onCall }: WatcherOptions): Watcher {
  const leaves = new Map<ExperimentId, () => void>();

  const follow = (id: ExperimentId): (() => void) => {
    let before: string | undefined;
    return hub.subscribe(
      [toQuestion(id)],
      ({ event }) => {
        if (event.type !== 'analysis' || !event.reading.analysis) return;
        const { call } = event.reading.analysis;
        const now = JSON.stringify(call);
        if (call && before !== undefined && now !== before) onCall(id, call);
        before = now;
      },
      'watcher',
    );
  };

  return {
    follow(ids) {
      const wanted = new Set(ids);
      for (const [id, leave] of leaves)
        if (!wanted.has(id)) {
          leave();
          leaves.delete(id);
        }
      for (const id of wanted) if (!leaves.has(id)) leaves.set(id, follow(id));
    },
    stop() {
      for (const leave of leaves.values()) leave();
      leaves.clear();
    },
  };
}
