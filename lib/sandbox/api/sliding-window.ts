import { HOUR_MS } from '@/lib/sandbox/clock';

/** Moments of requests, oldest first, of the last hour at least. */
export interface SlidingWindow {
  add(nowMs: number): void;
  /** Requests after `nowMs - spanMs`; spans up to an hour. */
  count(nowMs: number, spanMs: number): number;
  /** Requests at this moment or later. */
  countSince(fromMs: number): number;
  /** The first request after `nowMs - spanMs`. */
  findOldest(nowMs: number, spanMs: number): number | undefined;
}

export function createSlidingWindow(): SlidingWindow {
  let moments: number[] = [];

  function toFirst(isIn: (at: number) => boolean): number {
    let first = moments.length;
    while (first > 0 && isIn(moments[first - 1]!)) first -= 1;
    return first;
  }

  return {
    add: (nowMs) => {
      moments.push(nowMs);
      if (moments.length % 512 === 0) moments = moments.filter((at) => at > nowMs - HOUR_MS);
    },
    count: (nowMs, spanMs) => moments.length - toFirst((at) => at > nowMs - spanMs),
    countSince: (fromMs) => moments.length - toFirst((at) => at >= fromMs),
    findOldest: (nowMs, spanMs) => moments[toFirst((at) => at > nowMs - spanMs)],
  };
}
