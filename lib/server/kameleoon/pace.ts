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
  atMs: nowMs,
});

/** The earliest moment, not before `nowMs`, at which one request is in hand. */
export function paceReadyAtMs(pace: Pace, state: PaceState, nowMs: number): number {
  const missing = 1 - levelAt(pace, state, nowMs);
  return missing <= ROUNDING ? nowMs : nowMs + missing / pace.perMs;
}
