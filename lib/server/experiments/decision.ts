import 'server-only';
import type { Analysis } from '@/lib/core/analysis/analysis';

/** Whether a look decides something else than the one before it: then it must be kept, for calls rest on kept looks. */
export const isOtherDecision = (before: Analysis, after: Analysis): boolean =>
  hasFallen(before) || toDecision(before) !== toDecision(after);

const toDecision = ({ verdict, health, call }: Analysis): string =>
  JSON.stringify([
    verdict.state,
    verdict.variationId,
    verdict.winners,
    verdict.losers,
    health.state,
    call,
  ]);

/** Counts that fell are accepted after three agreeing looks (A12.10), which must be kept for that. */
const hasFallen = ({ health }: Analysis): boolean =>
  health.checks.some((check) => check.reasons.some((reason) => reason.kind === 'counts-fell'));
