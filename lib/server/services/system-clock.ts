import 'server-only';
import type { Clock } from '@/lib/core/time/clock';

/** The machine's own time. The only place of the server that reads it. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  setTimer(task, delayMs) {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
