import 'server-only';

/**
 * Linear pacing with a burst: what may have been used grows evenly with time, ahead of it by at most `burst`.
 * Pure; the level may go below zero, which makes the next ones wait longer.
 */
export interface Pace {
  readonly burst: number;
  readonly perMs: number;
}

/** How many requests were in hand at a moment. */
export interface PaceState {
  readonly level: number;
  readonly atMs: number;
}

/** A timer that fires a hair early must not wait another round for the last billionth of a request. */
const ROUNDING = 1e-9;

export const startPace = (pace: Pace, nowMs: number): PaceState => ({
  level: pace.burst,
  atMs: nowMs,
});

const levelAt = (pace: Pace, state: PaceState, nowMs: number): number =>
  Math.min(pace.burst, state.level + Math.max(0, nowMs - state.atMs) * pace.perMs);

export const takeFromPace = (pace: Pace, state: PaceState, nowMs: number): PaceState => ({
  level: levelAt(pace, state, nowMs) - 1,
  atMs: Math.max(nowMs, state.atMs),
});

/** The earliest moment, not before `nowMs`, at which one request is in hand. */
export function paceReadyAtMs(pace: Pace, state: PaceState, nowMs: number): number {
  const missing = 1 - levelAt(pace, state, nowMs);
  return missing <= ROUNDING ? nowMs : nowMs + missing / pace.perMs;
}

/** What a window holds, and what of it may be used. */
export interface Spread {
  /** Ascending; when each leaves the window it can be used anew. */
  readonly times: readonly number[];
  readonly windowMs: number;
  /** Of the whole window. */
  readonly limit: number;
  /** So much less than the limit in use may be made good without spreading: a cold start. */
  readonly burst: number;
  /** Under way: leave the window nobody knows when. */
  readonly inFlight: number;
}

/**
 * The earliest moment for one more after `lastMs` so that what is left, spread evenly, lasts until more comes back:
 * a burst of an hour ago is not followed by minutes of drought. Looks at every moment at which something comes back.
 */
export function spreadReadyAtMs(spread: Spread, lastMs: number, nowMs: number): number {
  const { times, windowMs, limit, burst, inFlight } = spread;
  const msPerRequest = windowMs / Math.max(1, limit - burst);
  let left = limit - times.length - inFlight;
  let readyMs = nowMs;
  for (const atMs of times) {
    const backMs = atMs + windowMs;
    // Of `left` requests and the one that comes back, this is the first.
    const evenMs = lastMs + (backMs - lastMs) / (left + 1);
    const surplusMs = backMs - left * msPerRequest;
    if (left > 0) readyMs = Math.max(readyMs, Math.min(evenMs, surplusMs));
    left += 1;
  }
  return readyMs;
}
