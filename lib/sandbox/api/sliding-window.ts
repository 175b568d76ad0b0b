import { HOUR_MS, SECOND_MS } from '@/lib/sandbox/clock';

/** The API's two windows: at most this many requests within this time. */
export const WINDOWS = [
  { spanMs: 10 * SECOND_MS, limit: 50 },
  { spanMs: HOUR_MS, limit: 1_000 },
] as const;

/** Moments of requests, oldest first, of which it tells how many lie within the last span. */
export interface SlidingWindow {
  add(nowMs: number): void;
  /** Requests after `nowMs - spanMs`; spans up to an hour. */
  count(nowMs: number, spanMs: number): number;
}

export function createSlidingWindow(): SlidingWindow {
  let moments: number[] = [];
  return {
    add: (nowMs) => {
      moments.push(nowMs);
      if (moments.length % 512 === 0) moments = moments.filter((at) => at > nowMs - HOUR_MS);
    },
    count: (nowMs, spanMs) => {
      let first = moments.length;
      while (first > 0 && moments[first - 1]! > nowMs - spanMs) first -= 1;
      return moments.length - first;
    },
  };
}
