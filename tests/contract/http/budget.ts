import { setTimeout as sleep } from 'node:timers/promises';

export interface Budget {
  /** Resolves when one more request may leave; rejects when the whole allowance is spent. */
  take(): Promise<void>;
}

const WINDOW_MS = 10_000;

/** Keeps one credential within `perWindow` requests in any ten seconds, and `inAll` altogether. */
export function createBudget(limits: { perWindow: number; inAll: number }): Budget {
  const leftAtMs: number[] = [];
  let taken = 0;
  return {
    take: async () => {
      taken += 1;
      if (taken > limits.inAll)
        throw new Error(`the allowance of ${limits.inAll} requests is spent: nothing was sent`);
      const earlier = leftAtMs.at(-limits.perWindow);
      const waitMs = earlier === undefined ? 0 : earlier + WINDOW_MS - performance.now();
      leftAtMs.push(performance.now() + Math.max(0, waitMs));
      if (waitMs > 0) await sleep(waitMs);
    },
  };
}
