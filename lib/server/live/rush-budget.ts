import 'server-only';
import type { Clock } from '@/lib/core/time/clock';
import type { WindowUse } from '@/lib/server/kameleoon/client';

const HOUR_MS = 3_600_000;
/** What people may draw beyond the pace by opening pages (security-and-reliability, C2: 20 % interactive). */
const SHARE = 0.2;
/** Renewals of what is opened, and the first past points of about five pages. */
const BURST_REQUESTS = 70;
/** Left for whoever comes next when points of the past ask. */
const KEPT_FOR_RENEWALS = 10;
/** First readings of what nobody looks at may fill the hour up to here; many more than a hundred must not close it. */
const FIRST_READINGS_CEILING = 0.6;

export interface RushBudget {
  /** Whether a first reading may jump the queue: each happens once, so always where somebody looks. */
  takeFirst(isWatched: boolean): boolean;
  /** Whether a renewal may: only while there is something left, so that flicking through pages cannot drain the hour. */
  takeRenewal(requests: number): boolean;
  /** Whether a point of the past may: an open page should not show one interval for long. */
  takePast(requests: number): boolean;
}

export function createRushBudget({
  clock,
  hour,
}: {
  readonly clock: Clock;
  readonly hour: () => WindowUse;
}): RushBudget {
  let level = BURST_REQUESTS;
  let atMs = clock.monotonicMs();

  const take = (requests: number, kept: number): boolean => {
    const nowMs = clock.monotonicMs();
    level = Math.min(BURST_REQUESTS, level + ((nowMs - atMs) * SHARE * hour().limit) / HOUR_MS);
    atMs = nowMs;
    if (level - kept < requests) return false;
    level -= requests;
    return true;
  };

  return {
    takeFirst: (isWatched) => isWatched || hour().used < FIRST_READINGS_CEILING * hour().limit,
    takeRenewal: (requests) => take(requests, 0),
    takePast: (requests) => take(requests, KEPT_FOR_RENEWALS),
  };
}
