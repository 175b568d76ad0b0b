import { HOUR_MS } from '@/lib/sandbox/clock';

/** A half-open stretch of time: from start up to, not including, end. Epoch milliseconds. */
export interface Interval {
  readonly startMs: number;
  readonly endMs: number;
}

/** Cuts intervals to a window, sorts them and joins those that touch, so that none counts twice. */
export function toDisjoint(intervals: readonly Interval[], window: Interval): Interval[] {
  const cut = intervals
    .map(({ startMs, endMs }) => ({
      startMs: Math.max(startMs, window.startMs),
      endMs: Math.min(endMs, window.endMs),
    }))
    .filter(({ startMs, endMs }) => endMs > startMs)
    .sort((a, b) => a.startMs - b.startMs);
  const joined: Interval[] = [];
  for (const interval of cut) {
    const last = joined.at(-1);
    if (last === undefined || interval.startMs > last.endMs) joined.push(interval);
    else joined[joined.length - 1] = { ...last, endMs: Math.max(last.endMs, interval.endMs) };
  }
  return joined;
}

export const OUTSIDE = 0;
export const INSIDE = 1;
export const PARTLY = 2;

/** The same set, seen hour by hour: most hours are in or out, those at a border partly. */
export interface HourMask {
  readonly firstHour: number;
  readonly lastHour: number;
  /** OUTSIDE, INSIDE or PARTLY. */
  stateOf(hour: number): number;
  /** Whether a moment (ms from the start of the hour) is in the set. */
  holds(hour: number, offsetMs: number): boolean;
}

/** Expects disjoint, sorted, non-empty intervals, as `toDisjoint` gives them. */
export function createHourMask(intervals: readonly Interval[]): HourMask | undefined {
  const first = intervals[0];
  const last = intervals.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const firstHour = Math.floor(first.startMs / HOUR_MS);
  const lastHour = Math.ceil(last.endMs / HOUR_MS) - 1;
  const states = new Uint8Array(lastHour - firstHour + 1);
  for (const { startMs, endMs } of intervals) {
    const from = Math.floor(startMs / HOUR_MS);
    const to = Math.ceil(endMs / HOUR_MS) - 1;
    for (let hour = from; hour <= to; hour += 1) {
      const isWhole = startMs <= hour * HOUR_MS && endMs >= (hour + 1) * HOUR_MS;
      states[hour - firstHour] = isWhole ? INSIDE : PARTLY;
    }
  }
  return {
    firstHour,
    lastHour,
    stateOf: (hour) => states[hour - firstHour] ?? OUTSIDE,
    holds: (hour, offsetMs) => {
      const atMs = hour * HOUR_MS + offsetMs;
      for (const { startMs, endMs } of intervals) if (atMs >= startMs && atMs < endMs) return true;
      return false;
    },
  };
}
