import 'server-only';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import type { ReadingState } from '@/lib/server/live/due';
import { toDueMs, toPeriodMs } from '@/lib/server/live/due';
import type { Entry } from '@/lib/server/live/entry';
import type { Pace } from '@/lib/server/live/pace';

/** How readings that are due are told apart. Times are of the monotonic clock. */
interface TurnQuestion {
  readonly state: ReadingState;
  readonly dueMs: number;
  readonly pace: Pace;
  readonly nowMs: number;
}

/** Far past its due time is as urgent as it gets: what was never read is due since ever. */
const MAX_PERIODS_LATE = 1e5;

/**
 * Whose turn it is, the highest first: an open page, a row of an open list, what runs, what is at rest; among equals what
 * is the most periods late, so that what has nothing to show comes first.
 */
function toUrgency({ state, dueMs, pace, nowMs }: TurnQuestion): number {
  const rank =
    (state.isFocused ? 4 : 0) +
    (state.isWatched ? 2 : 0) +
    (state.rhythm.kind === 'active' ? 1 : 0);
  const periodsLate = (nowMs - dueMs) / toPeriodMs(state, pace);
  return rank * 10 * MAX_PERIODS_LATE + Math.min(MAX_PERIODS_LATE, periodsLate);
}

export interface Candidate {
  readonly id: ExperimentId;
  readonly entry: Entry;
  readonly state: ReadingState;
}

/**
 * Those that are due, the most urgent first, and when the next of the others will be. `probeMs`: in an outage, when one
 * of those that failed is to be tried whatever it would wait for by itself; else null.
 */
export function findDue(
  candidates: Iterable<Candidate>,
  pace: Pace,
  nowMs: number,
  probeMs: number | null,
): { readonly due: readonly Candidate[]; readonly wakeMs: number } {
  const due: (Candidate & { readonly urgency: number })[] = [];
  const isProbeDue = probeMs !== null && probeMs <= nowMs;
  let wakeMs = isProbeDue ? Number.POSITIVE_INFINITY : (probeMs ?? Number.POSITIVE_INFINITY);
  let probe: Candidate | null = null;
  let probeDueMs = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const { state } = candidate;
    const dueMs = toDueMs(state, pace);
    if (dueMs === null) continue;
    if (dueMs > nowMs) {
      wakeMs = Math.min(wakeMs, dueMs);
      if (state.failures > 0 && dueMs < probeDueMs) [probe, probeDueMs] = [candidate, dueMs];
    } else due.push({ ...candidate, urgency: toUrgency({ state, dueMs, pace, nowMs }) });
  }
  due.sort((a, b) => b.urgency - a.urgency);
  return { due: isProbeDue && probe && due.length === 0 ? [probe] : due, wakeMs };
}

/** At rest and no page of it open: read from what is left over. Rows of an open list may use the burst. */
export const toIdleHurry = ({ rhythm, isWatched, isFocused }: ReadingState) =>
  rhythm.kind !== 'at-rest' || isFocused ? null : isWatched ? 'eager' : 'patient';

/** Whether somebody waits for this reading, so that it may go before the paced work. */
export const isWaitedFor = (state: ReadingState, pace: Pace, nowMs: number): boolean => {
  if (state.lastGoodMs === null)
    return state.rhythm.kind === 'active'
      ? state.isWatched || state.failures === 0
      : state.isFocused;
  return state.isWatched && nowMs - state.lastGoodMs > 2 * toPeriodMs(state, pace);
};
