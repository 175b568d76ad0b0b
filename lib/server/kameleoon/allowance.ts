import 'server-only';

import type { RateWindow } from '@/lib/server/kameleoon/sliding-log';

/** What an answer says of one of the API's windows. */
export interface Allowance {
  /** Requests the window allows in all, where that is said. */
  readonly limit?: number | undefined;
  readonly remaining: number;
  readonly resetMs: number;
  /** Where it is not said, the limit and the reset tell which window is meant. */
  readonly windowMs?: number | undefined;
}

/** Where the API's own limit is not well above ours, so much of what it says is left is taken. */
const CAUTION = 0.9;
/** Longer than this is not the short window, whatever it is called. */
const SHORT_WINDOW_FACTOR = 6;

export function isOfHour(allowance: Allowance, tenSeconds: RateWindow): boolean {
  const { limit, resetMs, windowMs } = allowance;
  if (windowMs !== undefined) return windowMs > SHORT_WINDOW_FACTOR * tenSeconds.windowMs;
  return resetMs > tenSeconds.windowMs || (limit ?? 0) > SHORT_WINDOW_FACTOR * tenSeconds.limit;
}

/** How many of our own window's requests that leaves, before the margin of our limit is used up. */
export function leftOf({ limit, remaining }: Allowance, ours: RateWindow): number {
  const left =
    limit !== undefined && limit > ours.limit
      ? remaining - (limit - ours.limit)
      : Math.floor(CAUTION * remaining);
  return Math.max(0, Math.min(ours.limit, left));
}
