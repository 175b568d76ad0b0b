import { setTimeout as sleep } from 'node:timers/promises';

export interface Budget {
  /** Resolves when one more request may leave; rejects when the whole allowance is spent. */
  take(): Promise<void>;
}

const WINDOW_MS = 10_000;

/** Keeps one credential within `perWindow` requests in any ten seconds, `gapMs` apart, and `inAll` altogether. */
export function createBudget(limits: { perWindow: number; inAll: number; gapMs?: number }): Budget {
  const { gapMs = 0 } = limits;
  const leftAtMs: number[] = [];
  let taken = 0;
  return {
    take: async () => {
      taken += 1;
      if (taken > limits.inAll)
        throw new Error(`the allowance of ${limits.inAll} requests is spent: nothing was sent`);
      const earlier = leftAtMs.at(-limits.perWindow);
      const nowMs = performance.now();
      const windowMs = earlier === undefined ? 0 : earlier + WINDOW_MS - nowMs;
      // Also before the first: another file may just have ended.
      const waitMs = Math.max(windowMs, (leftAtMs.at(-1) ?? nowMs) + gapMs - nowMs);
      leftAtMs.push(nowMs + Math.max(0, waitMs));
      if (waitMs > 0) await sleep(waitMs);
    },
  };
}
