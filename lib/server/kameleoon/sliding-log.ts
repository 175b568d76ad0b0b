import 'server-only';

/**
 * The arithmetic of rate windows, times in milliseconds of one monotonic clock.
 * A log that keeps every request's time holds for *every* interval of the window's length, wherever the server's
 * own window begins; buckets and fixed windows let twice the limit through (security-and-reliability, C1).
 */
export interface RateWindow {
  readonly limit: number;
  readonly windowMs: number;
}

export interface SlidingLog {
  /** Ascending. */
  readonly times: readonly number[];
  add(atMs: number): void;
  /** Drops what is no later than that. */
  prune(untilMs: number): void;
  /** Entries later than `nowMs - windowMs`, future ones included. */
  count(windowMs: number, nowMs: number): number;
  /** The earliest moment, not before `nowMs`, at which one more entry keeps the window within its limit. */
  freeAtMs(window: RateWindow, nowMs: number): number;
}

export function createSlidingLog(): SlidingLog {
  const times: number[] = [];

  return {
    times,
    add(atMs) {
      // Nearly always the last place, or a few before it.
      let at = times.length;
      while (at > 0 && (times[at - 1] ?? atMs) > atMs) at -= 1;
      times.splice(at, 0, atMs);
    },
    prune(untilMs) {
      let first = 0;
      while ((times[first] ?? Number.POSITIVE_INFINITY) <= untilMs) first += 1;
      if (first > 0) times.splice(0, first);
    },
    count(windowMs, nowMs) {
      let first = times.length;
      while (first > 0 && (times[first - 1] ?? nowMs) > nowMs - windowMs) first -= 1;
      return times.length - first;
    },
    freeAtMs({ limit, windowMs }, nowMs) {
      const oldestThatCounts = times[times.length - limit];
      return oldestThatCounts === undefined ? nowMs : Math.max(nowMs, oldestThatCounts + windowMs);
    },
  };
}
