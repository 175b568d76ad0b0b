import 'server-only';
import type { Clock } from '@/lib/core/time/clock';

/** What is longer Node fires at once, so that whoever plans anew each time would never rest. */
const LONGEST_MS = 2 ** 31 - 1;

/** The machine's own time. The only place of the server that reads it. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  setTimer(task, delayMs) {
    const timer = setTimeout(task, Math.min(LONGEST_MS, delayMs));
    return () => clearTimeout(timer);
  },
};
