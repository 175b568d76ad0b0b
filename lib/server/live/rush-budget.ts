import 'server-only';
import type { Clock } from '@/lib/core/time/clock';

const HOUR_MS = 3_600_000;
/** What people may draw beyond the pace by opening pages (security-and-reliability, C2: 20 % interactive). */
const SHARE = 0.2;
const BURST_REQUESTS = 30;

export interface RushBudget {
  /**
   * Whether a reading may jump the queue. A first reading always may (each happens once); a renewal only while
   * there is something left, so that flicking through pages all day cannot drain the hour.
   */
  take(requests: number, isFirst: boolean): boolean;
}

export function createRushBudget({
  clock,
  hourLimit,
}: {
  readonly clock: Clock;
  readonly hourLimit: () => number;
}): RushBudget {
  let level = BURST_REQUESTS;
  let atMs = clock.monotonicMs();
  return {
    take(requests, isFirst) {
      const nowMs = clock.monotonicMs();
      level = Math.min(BURST_REQUESTS, level + ((nowMs - atMs) * SHARE * hourLimit()) / HOUR_MS);
      atMs = nowMs;
      if (isFirst) return true;
      if (level < requests) return false;
      level -= requests;
      return true;
    },
  };
}
