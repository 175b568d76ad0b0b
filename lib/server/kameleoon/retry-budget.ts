import 'server-only';

import type { Clock } from '@/lib/core/time/clock';

const MINUTE_MS = 60_000;
/** Retries per first attempt. Beyond it a fault is no blip, and more asking only makes it worse. */
const SHARE = 0.1;
/**
 * A quiet minute has about ten attempts: a blip must still be retried. Few enough that one experiment which always
 * fails stays below what opens the breaker for all.
 */
const FLOOR = 5;

/** At most a tenth more requests than first attempts, per minute and over everything that asks (C3). */
export interface RetryBudget {
  /** A first attempt goes out. */
  onFirst(): void;
  /** Whether one more retry may go out; counts it. */
  take(): boolean;
  use(): { readonly taken: number; readonly refused: number };
}

export function createRetryBudget({ clock }: { readonly clock: Clock }): RetryBudget {
  let firsts: number[] = [];
  let retries: number[] = [];
  let taken = 0;
  let refused = 0;
  const recent = (moments: readonly number[], nowMs: number): number[] =>
    moments.filter((atMs) => atMs > nowMs - MINUTE_MS);

  return {
    onFirst() {
      const nowMs = clock.monotonicMs();
      firsts = [...recent(firsts, nowMs), nowMs];
    },
    take() {
      const nowMs = clock.monotonicMs();
      retries = recent(retries, nowMs);
      if (retries.length >= Math.max(FLOOR, SHARE * recent(firsts, nowMs).length)) {
        refused += 1;
        return false;
      }
      retries = [...retries, nowMs];
      taken += 1;
      return true;
    },
    use: () => ({ taken, refused }),
  };
}
