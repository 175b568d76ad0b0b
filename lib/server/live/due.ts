import 'server-only';
import type { Pace } from '@/lib/server/live/pace';

/** How an experiment is read: again and again, once and again a day later, or not at all (drafts). */
export type Rhythm =
  | { readonly kind: 'active' }
  /** `againAtMs`: when the one late reading is planned (monotonic), null when none is left. */
  | { readonly kind: 'at-rest'; readonly againAtMs: number | null }
  | { readonly kind: 'never' };

/** A moment that is counted from now moves a little with our idea of the API's clock. */
const SAME_MS = 1_000;

export function isSameRhythm(one: Rhythm, other: Rhythm): boolean {
  if (one.kind !== 'at-rest' || other.kind !== 'at-rest') return one.kind === other.kind;
  if (one.againAtMs === null || other.againAtMs === null) return one.againAtMs === other.againAtMs;
  return Math.abs(one.againAtMs - other.againAtMs) < SAME_MS;
}

/** What is known of the readings of one experiment. Times are of the monotonic clock. */
export interface ReadingState {
  readonly rhythm: Rhythm;
  readonly isWatched: boolean;
  /** Somebody has its page open; then it is watched, too. */
  readonly isFocused: boolean;
  /** When the last good reading was asked for, in an earlier process perhaps; null when there is none. */
  readonly lastGoodMs: number | null;
  readonly lastTryMs: number | null;
  /** Failures in a row. */
  readonly failures: number;
  /** Not before this moment, when upstream or the budget named one. */
  readonly heldUntilMs: number | null;
  /** Whether the last failure may pass by itself. */
  readonly isRetryable: boolean;
  /** Factor of the period, about 1: keeps readings from falling on one moment. */
  readonly jitter: number;
}

const MIN_RETRY_MS = 10_000;
const MAX_EXTRA_MS = 60_000;

export const toPeriodMs = (state: ReadingState, pace: Pace): number =>
  state.isFocused ? pace.focusedMs : state.isWatched ? pace.watchedMs : pace.unwatchedMs;

/** When an experiment is to be read next; in the past when it is late, null when it is not. */
export function toDueMs(state: ReadingState, pace: Pace): number | null {
  if (state.rhythm.kind === 'never') return null;
  if (state.failures > 0 && state.lastTryMs !== null)
    return Math.max(state.lastTryMs + toRetryDelayMs(state, pace), state.heldUntilMs ?? 0);
  if (state.lastGoodMs === null) return Number.NEGATIVE_INFINITY;
  if (state.rhythm.kind === 'at-rest') return state.rhythm.againAtMs;
  return state.lastGoodMs + toPeriodMs(state, pace) * state.jitter;
}

/**
 * Doubling from the pace on, but never much later than the pace, so that a page is fresh a minute after upstream
 * recovers. What was never read is tried again sooner at first: there is nothing to show meanwhile.
 */
function toRetryDelayMs(state: ReadingState, pace: Pace): number {
  const isFirst = state.lastGoodMs === null;
  const periodMs = isFirst ? pace.watchedMs : toPeriodMs(state, pace);
  // What we may not see is asked about at the pace of what we may: rights change, too.
  if (!state.isRetryable) return periodMs + MAX_EXTRA_MS;
  const firstMs = isFirst ? MIN_RETRY_MS : Math.max(periodMs, MIN_RETRY_MS);
  const backoffMs = firstMs * 2 ** Math.min(state.failures - 1, 20);
  return Math.min(backoffMs, Math.max(periodMs, MIN_RETRY_MS) + MAX_EXTRA_MS) * state.jitter;
}
