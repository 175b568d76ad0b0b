import 'server-only';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import type { Clock } from '@/lib/core/time/clock';
import { toDueMs } from '@/lib/server/live/due';
import type { Entry } from '@/lib/server/live/entry';
import type { Pace } from '@/lib/server/live/pace';

/** What has never been read nor looked at for so long is read when somebody looks. */
const NEGLECT_MS = 24 * 60 * 60 * 1000;

/** What is at rest and nobody looks at: thousands perhaps, of which one at a time matters. */
export interface RestQueue {
  set(id: ExperimentId, entry: Entry): void;
  remove(id: ExperimentId): void;
  /** An entry was read, or somebody came or left. */
  changed(): void;
  /** The one to be read now, null when none is due. */
  next(): { readonly id: ExperimentId; readonly entry: Entry } | null;
  /** Monotonic time at which the next will be due, when none is now. */
  wakeMs(): number;
  hasUnread(): boolean;
  /** Nobody will read it until somebody looks. */
  isNeglected(id: ExperimentId): boolean;
}

interface Scan {
  readonly next: { readonly id: ExperimentId; readonly entry: Entry } | null;
  readonly wakeMs: number;
}

export function createRestQueue({
  clock,
  pace,
  isWatched,
}: {
  readonly clock: Clock;
  readonly pace: () => Pace;
  readonly isWatched: (id: ExperimentId) => boolean;
}): RestQueue {
  const entries = new Map<ExperimentId, Entry>();
  let scan: Scan | null = null;
  let unread: boolean | null = null;

  const isLeftAlone = (id: ExperimentId, entry: Entry): boolean =>
    entry.lastGoodMs === null && clock.monotonicMs() - entry.sinceMs > NEGLECT_MS && !isWatched(id);

  /** Once per change, for it walks over all of them. */
  const look = (): Scan => {
    const nowMs = clock.monotonicMs();
    if (scan && (scan.next || scan.wakeMs > nowMs)) return scan;
    let best: { id: ExperimentId; entry: Entry; dueMs: number } | null = null;
    let wakeMs = Number.POSITIVE_INFINITY;
    for (const [id, entry] of entries) {
      if (isLeftAlone(id, entry)) continue;
      if (entry.isReading || isWatched(id)) continue;
      const dueMs = toDueMs(entry, pace());
      if (dueMs === null) continue;
      if (dueMs > nowMs) wakeMs = Math.min(wakeMs, dueMs);
      else if (!best || dueMs < best.dueMs) best = { id, entry, dueMs };
    }
    scan = { next: best, wakeMs };
    return scan;
  };

  /** Apart from the look-out, for the pace is computed from it. */
  const findUnread = (): boolean => {
    for (const [id, entry] of entries)
      if (entry.lastGoodMs === null && !isLeftAlone(id, entry)) return true;
    return false;
  };

  const changed = (): void => {
    scan = null;
    unread = null;
  };

  return {
    set(id, entry) {
      entries.set(id, entry);
      changed();
    },
    remove(id) {
      if (entries.delete(id)) changed();
    },
    changed,
    next: () => look().next,
    wakeMs: () => look().wakeMs,
    hasUnread: () => (unread ??= findUnread()),
    isNeglected(id) {
      const entry = entries.get(id);
      return entry !== undefined && isLeftAlone(id, entry);
    },
  };
}
