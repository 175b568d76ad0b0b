import 'server-only';

/** Learns how long results jobs take, so that the first poll nearly always finds the report ready. */
export interface JobTime {
  /** How long to wait before the first poll, milliseconds. */
  estimateMs(): number;
  /** The first poll, after that wait, found it ready. */
  onHit(waitedMs: number): void;
  /** It did not; a later one did, at `readyByMs` after the POST. */
  onMiss(waitedMs: number, readyByMs: number): void;
}

const START_MS = 2000;
const MIN_MS = 200;
const MAX_MS = 45_000;
/** The part of first polls that should find the report ready. */
const HIT_SHARE = 0.92;
/** How far one miss raises the estimate; a hit lowers it so that both balance at `HIT_SHARE`. */
const RAISE = 1.3;
const LOWER = RAISE ** -((1 - HIT_SHARE) / HIT_SHARE);
/** Jobs run side by side: however many hit after one wait, they prove nothing about much shorter waits. */
const LOWEST_BY_ONE_WAIT = 0.85;

/**
 * Durations are never seen: a poll only says "ready by now" or "not yet", so a percentile of what was seen would
 * never come down again. Instead the estimate is walked: a hit lowers it by 2 %, a miss raises it by 30 %; it rests
 * where 92 of 100 first polls hit. A miss after a wait that a miss had already raised means the jobs have changed:
 * then it may double. It never passes what was seen to be enough.
 */
export function createJobTime(learntMs = START_MS): JobTime {
  let estimateMs = Math.min(Math.max(learntMs, MIN_MS), MAX_MS);
  /** Where the last miss put it; a hit after such a wait ends the row of misses. */
  let raisedToMs: number | null = null;
  return {
    estimateMs: () => estimateMs,
    onHit(waitedMs) {
      if (raisedToMs !== null && waitedMs >= raisedToMs) raisedToMs = null;
      const lowest = Math.min(estimateMs, waitedMs * LOWEST_BY_ONE_WAIT);
      estimateMs = Math.max(MIN_MS, lowest, estimateMs * LOWER);
    },
    onMiss(waitedMs, readyByMs) {
      const again = raisedToMs !== null && waitedMs >= raisedToMs;
      const enoughMs = Math.max(readyByMs, waitedMs * RAISE);
      const raisedMs = Math.min(estimateMs * (again ? 2 : RAISE), enoughMs, MAX_MS);
      estimateMs = Math.max(estimateMs, raisedMs);
      if (raisedToMs === null || again) raisedToMs = estimateMs;
    },
  };
}
