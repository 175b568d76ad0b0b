import 'server-only';

/**
 * The arithmetic of rate windows: pure, times in milliseconds of one monotonic clock, ascending.
 * A log that keeps every request's time holds for *every* interval of the window's length, wherever the server's
 * own window begins; buckets and fixed windows let twice the limit through (security-and-reliability, C1).
 */
export interface RateWindow {
  readonly limit: number;
  readonly windowMs: number;
}

/** Entries of the half-open interval (nowMs - windowMs, nowMs]. */
export function countInWindow(log: readonly number[], window: RateWindow, nowMs: number): number {
  let count = 0;
  for (let i = log.length - 1; i >= 0; i -= 1) {
    const atMs = log[i];
    if (atMs === undefined || atMs <= nowMs - window.windowMs) break;
    count += 1;
  }
  return count;
}

/** The earliest moment, not before `nowMs`, at which one more entry keeps the window within its limit. */
export function freeAtMs(log: readonly number[], window: RateWindow, nowMs: number): number {
  const oldestThatCounts = log[log.length - window.limit];
  return oldestThatCounts === undefined
    ? nowMs
    : Math.max(nowMs, oldestThatCounts + window.windowMs);
}

/** The log without what has left a window of that length. */
export function prune(log: readonly number[], windowMs: number, nowMs: number): number[] {
  const first = log.findIndex((atMs) => atMs > nowMs - windowMs);
  return first === -1 ? [] : log.slice(first);
}
