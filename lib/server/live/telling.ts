import 'server-only';
import type { Clock } from '@/lib/core/time/clock';

export type Change = 'analysis' | 'problem';

/** No question is told more often. Nothing is lost: an event is the state of its moment, not a step. */
export const TELL_MS = 1_000;

export interface Telling {
  /** Something changed. Told at once, or at the end of the second that the last telling began. */
  change(type: Change): void;
  /** Forgets what waits. */
  cancel(): void;
}

/**
 * Keeps the pace of one question: `tell` is called at most once in `TELL_MS`, first at once, then once for all that
 * changed meanwhile. A verdict's change is no exception: it is at most a second late, and never lost.
 */
export function createTelling(
  clock: Pick<Clock, 'monotonicMs' | 'setTimer'>,
  tell: (type: Change) => void,
): Telling {
  let quietUntilMs = clock.monotonicMs();
  let waiting: Change | null = null;
  let cancelTimer = (): void => {};

  const tellNow = (type: Change): void => {
    waiting = null;
    quietUntilMs = clock.monotonicMs() + TELL_MS;
    tell(type);
  };

  return {
    change(type) {
      const waitMs = quietUntilMs - clock.monotonicMs();
      if (waiting === null && waitMs <= 0) return tellNow(type);
      const isPlanned = waiting !== null;
      // An analysis says how fresh it is too.
      if (waiting !== 'analysis') waiting = type;
      if (isPlanned) return;
      cancelTimer = clock.setTimer(() => {
        if (waiting !== null) tellNow(waiting);
      }, waitMs);
    },
    cancel() {
      waiting = null;
      cancelTimer();
    },
  };
}
