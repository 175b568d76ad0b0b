import 'server-only';

import type { Clock } from '@/lib/core/time/clock';

/** The API's own time, learnt from the `Date` header of its answers; our wall clock before the first. */
export interface UpstreamClock {
  nowMs(): number;
  /** Times of the request as the monotonic clock saw them. */
  learn(dateHeader: string | null, sentMs: number, receivedMs: number): void;
}

/** `Date` is cut to whole seconds. */
const GRAIN_MS = 1000;

/**
 * Each answer says: the API's clock stood within [Date, Date + 1 s) at some moment between sending and receiving.
 * That bounds the offset between its clock and our monotonic one; bounds of many answers are intersected, which
 * soon tells the time finer than the header's second. An answer that contradicts them (a clock was set) starts anew.
 */
export function createUpstreamClock(clock: Clock): UpstreamClock {
  let bounds: { readonly low: number; readonly high: number } | null = null;
  return {
    nowMs: () =>
      bounds === null
        ? clock.nowMs()
        : Math.round(clock.monotonicMs() + (bounds.low + bounds.high) / 2),
    learn(dateHeader, sentMs, receivedMs) {
      const dateMs = dateHeader === null ? Number.NaN : Date.parse(dateHeader);
      if (Number.isNaN(dateMs)) return;
      const seen = { low: dateMs - receivedMs, high: dateMs + GRAIN_MS - sentMs };
      const low = Math.max(seen.low, bounds?.low ?? seen.low);
      const high = Math.min(seen.high, bounds?.high ?? seen.high);
      bounds = low <= high ? { low, high } : seen;
    },
  };
}
