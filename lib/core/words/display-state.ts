/**
 * What the page shows of a reading: the verdict, plus what is not the analysis' business
 * (nothing read yet, a draft, another goal than the main one, paused, stale).
 */
import type { ExperimentState } from '@/lib/core/analysis/analysis';
import { isStale, type Reading } from '@/lib/core/live/reading';
import { allReasons, findReason } from '@/lib/core/words/reading-facts';

/** `withdrawn`: nothing is decided, and the newest call was taken back: that is to be seen, not only read. */
export type DisplayState = ExperimentState | 'withdrawn' | 'waiting' | 'draft' | 'exploratory';

/** What the passing of time alone does not change. */
export interface Judged {
  readonly state: DisplayState;
  /** Nothing new is counted; the last verdict stays. */
  readonly rest: 'paused' | 'stopped' | null;
  /** The loser named beside a state that is not about it. */
  readonly hasLoserAside: boolean;
  /** Only the seven days are missing. */
  readonly isNearCall: boolean;
}

export interface Display extends Judged {
  readonly isStale: boolean;
}

/** All that is judged is in these two. */
type Known = Pick<Reading, 'experiment' | 'analysis'>;

/** Beside these a loser is named by itself. */
const UNDECIDED: ReadonlySet<DisplayState> = new Set(['inconclusive', 'collecting', 'withdrawn']);

/** What is never said of another goal than the main one (statistics A12.6). */
const CALLS: ReadonlySet<DisplayState> = new Set([
  'winner',
  'several-winners',
  'loser',
  'no-difference',
]);

export const toDisplay = (reading: Reading, nowMs: number): Display => ({
  ...toJudged(reading),
  isStale: isStale(reading, nowMs),
});

export function toJudged(known: Known): Judged {
  const { experiment, analysis } = known;
  const state = displayState(known);
  const isUndecided = UNDECIDED.has(state);
  const { status } = experiment;
  return {
    state,
    rest: status === 'paused' || status === 'stopped' ? status : null,
    hasLoserAside: isUndecided && (analysis?.verdict.losers.length ?? 0) > 0,
    isNearCall:
      state === 'collecting' &&
      analysis !== null &&
      findReason(allReasons(analysis), 'few-days') !== undefined,
  };
}

function displayState({ experiment, analysis }: Known): DisplayState {
  if (experiment.status === 'draft') return 'draft';
  if (analysis === null) return 'waiting';
  // The analysis blocks by itself; said twice, because a winner on broken data is the one thing never to show.
  if (analysis.health.state === 'unhealthy' && analysis.verdict.state !== 'not-applicable')
    return 'blocked';
  if (findReason(analysis.verdict.reasons, 'exploratory')) return 'exploratory';
  if (analysis.goalId !== experiment.mainGoalId && CALLS.has(analysis.verdict.state))
    return 'exploratory';
  const { state } = analysis.verdict;
  return UNDECIDED.has(state) && analysis.call?.withdrawn != null ? 'withdrawn' : state;
}
