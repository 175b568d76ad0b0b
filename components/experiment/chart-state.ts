/** Whether there is something to draw, and why not. */
import type { Analysis } from '@/lib/core/analysis/analysis';
import { isStanding } from '@/lib/core/analysis/call';
import type { Reading } from '@/lib/core/live/reading';
import { allReasons, findReason } from '@/lib/core/words/reading-facts';

export type Emptiness =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'draft' }
  | { readonly kind: 'no-people' }
  | { readonly kind: 'no-conversions'; readonly people: number }
  | { readonly kind: 'gate'; readonly missing: number | null; readonly progress: number }
  | { readonly kind: 'no-reference' }
  | { readonly kind: 'not-comparable' };

const peopleOf = (analysis: Analysis): number =>
  analysis.arms.reduce((sum, arm) => sum + arm.visitors, 0);

/** Why no rate is drawn; null when they are. */
export function findRateEmptiness({ experiment, analysis }: Reading): Emptiness | null {
  if (analysis === null) return { kind: experiment.status === 'draft' ? 'draft' : 'waiting' };
  const people = peopleOf(analysis);
  if (people === 0) return { kind: 'no-people' };
  if (analysis.arms.every((arm) => arm.converted === 0)) return { kind: 'no-conversions', people };
  const compared = analysis.arms.filter((arm) => arm.comparison !== null);
  if (compared.length > 0 && compared.every((arm) => arm.comparison?.liftInterval == null))
    return toGate(analysis);
  return null;
}

/** Why no lift is drawn; null when at least one variation has an interval. */
export function findLiftEmptiness(reading: Reading): Emptiness | null {
  const { analysis } = reading;
  const rate = findRateEmptiness(reading);
  if (rate !== null || analysis === null) return rate;
  if (analysis.arms.some((arm) => arm.comparison?.liftInterval != null)) return null;
  if (analysis.referenceId === null) return { kind: 'no-reference' };
  return { kind: 'not-comparable' };
}

/** The comparison nearest to its gate speaks for all. A gate that is reached although nothing is drawn is no gate. */
function toGate(analysis: Analysis): Emptiness {
  const comparisons = analysis.arms.flatMap((arm) => arm.comparison ?? []);
  const nearest = comparisons.toSorted((a, b) => b.gateProgress - a.gateProgress)[0];
  if (nearest === undefined || nearest.gateProgress >= 1) return { kind: 'not-comparable' };
  const few =
    findReason(nearest.reasons, 'few-counts') ?? findReason(allReasons(analysis), 'few-counts');
  return { kind: 'gate', missing: few?.missing ?? null, progress: nearest.gateProgress };
}

/** Another goal than the main one: figures without calls. */
export const isExploratory = (analysis: Analysis): boolean =>
  findReason(analysis.verdict.reasons, 'exploratory') !== undefined;

/** The figures cannot be compared fairly: their band promises nothing. */
export const isWithheld = ({ verdict }: Analysis): boolean =>
  verdict.state === 'blocked' || verdict.state === 'not-applicable';

/** Figures that are shown but not judged carry no call. */
export const isUnjudged = (analysis: Analysis): boolean =>
  isWithheld(analysis) || isExploratory(analysis);

/**
 * Every call of a variation that its picture tells: withdrawn ones always, one that stands only where something may be
 * judged. Oldest first.
 */
export const callsOf = (analysis: Analysis, variationId: string): Analysis['calls'] =>
  analysis.calls.filter(
    (call) => call.variationId === variationId && (!isStanding(call) || !isUnjudged(analysis)),
  );

/**
 * The call of a variation that stands; null when it has none or nothing may be judged. A call of an earlier family
 * (before a changed split) is history while the figures of today are open.
 */
export function callOf(analysis: Analysis, variationId: string): Analysis['call'] {
  if (isUnjudged(analysis)) return null;
  const today = analysis.arms.find((arm) => arm.variationId === variationId)?.comparison?.state;
  if (today !== 'winner' && today !== 'loser' && today !== 'no-difference') return null;
  const own = analysis.calls.filter((call) => call.variationId === variationId);
  return own.findLast(isStanding) ?? null;
}
