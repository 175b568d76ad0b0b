import type { Clock } from '@/lib/core/time/clock';

export const browserClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  setTimer(task, delayMs) {
    const id = setTimeout(task, delayMs);
    return () => clearTimeout(id);
  },
};

const REDUCED = '(prefers-reduced-motion: reduce)';

/** Clocks step once a second; every ten where motion is unwelcome. */
export const tickMs = (): number => (matchMedia(REDUCED).matches ? 10_000 : 1_000);
