import 'server-only';

/**
 * A limit that a neighbour on the same credential pushes down and that comes back by itself: whoever else spends
 * may stop. It never rises above the limit it began with.
 */
export interface LearntLimit {
  at(nowMs: number): number;
  /** What was free for us was no more than this. */
  lower(limit: number, nowMs: number): void;
  /** There was room for this many after all. */
  raise(limit: number, nowMs: number): void;
}

export interface LearntLimitOptions {
  readonly limit: number;
  /** In this time what was taken away shrinks to 1/e. */
  readonly recoveryMs: number;
}

export function createLearntLimit({ limit, recoveryMs }: LearntLimitOptions): LearntLimit {
  let missing = 0;
  let sinceMs = 0;
  const at = (nowMs: number): number =>
    Math.round(limit - missing * Math.exp(-Math.max(0, nowMs - sinceMs) / recoveryMs));
  const set = (to: number, nowMs: number): void => {
    missing = limit - to;
    sinceMs = nowMs;
  };
  return {
    at,
    lower: (to, nowMs) => set(Math.min(to, at(nowMs)), nowMs),
    raise: (to, nowMs) => set(Math.min(limit, Math.max(to, at(nowMs))), nowMs),
  };
}
