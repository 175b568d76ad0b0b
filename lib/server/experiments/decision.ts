import 'server-only';
import type { Analysis } from '@/lib/core/analysis/analysis';
import type { History } from '@/lib/core/analysis/history';

/** One look judged, and what it leaves behind. */
export interface Judged {
  readonly analysis: Analysis;
  readonly history: History;
}

/**
 * Whether a look decides something else than the one before it: then it must be kept, for calls and final looks rest on
 * kept looks. A history that nothing happened to holds the same calls and final looks, not equal ones.
 */
export const isOtherDecision = (before: Judged, after: Judged): boolean =>
  before.history.calls !== after.history.calls ||
  before.history.finals !== after.history.finals ||
  hasFallen(before.analysis) ||
  toDecision(before.analysis) !== toDecision(after.analysis);

const toDecision = ({ verdict, health, arms }: Analysis): string =>
  JSON.stringify([
    verdict.state,
    verdict.variationId,
    verdict.winners,
    verdict.losers,
    health.state,
    arms.map(({ variationId, comparison }) => [variationId, comparison?.state]),
  ]);

/** Counts that fell are accepted after three agreeing looks (A12.10), which must be kept for that. */
const hasFallen = ({ health }: Analysis): boolean =>
  health.checks.some((check) => check.reasons.some((reason) => reason.kind === 'counts-fell'));
