import type { Analysis, ArmReading, Comparison } from '@/lib/core/analysis/analysis';
import type { Certainty } from '@/lib/core/analysis/second-opinion/certainty';
import { asGiven, asOurs } from '@/lib/core/analysis/second-opinion/certainty';
import { findFinal } from '@/lib/core/analysis/second-opinion/final-counts';
import type { ComparisonPlan } from '@/lib/core/analysis/second-opinion/pair-plan-of';
import { RELIABILITY_ROUNDING } from '@/lib/core/analysis/second-opinion/platform-basis';
import type {
  OpinionStep,
  PlatformBasis,
  StepId,
  StepReason,
} from '@/lib/core/analysis/second-opinion/second-opinion';
import type { WayOfCounting } from '@/lib/core/analysis/second-opinion/way-of-counting';
import { countBy } from '@/lib/core/analysis/second-opinion/way-of-counting';

export interface Way {
  readonly analysis: Analysis;
  readonly arm: ArmReading;
  readonly comparison: Comparison;
  /** What the platform holds it against, and what we do. */
  readonly original: ArmReading;
  readonly reference: ArmReading;
  readonly basis: PlatformBasis;
  readonly plan: ComparisonPlan;
  readonly reliability: number;
  /** Since when the split is another one, where these counts begin there. */
  readonly sinceMs: number | null;
}

/** A step with what it is weighed by. */
export interface Stride {
  readonly step: OpinionStep;
  readonly before: Certainty | null;
  readonly after: Certainty | null;
}

/** From the platform's figure to ours, one change at a time, each computed anew from counts. */
export function takeSteps(way: Way): readonly Stride[] {
  const { analysis, arm, comparison, basis, plan, reference } = way;
  const strides: Stride[] = [];
  const direction = sign(arm.platform.lift ?? (arm.rate ?? 0) - (way.original.rate ?? 0));
  let now: Certainty | null = asGiven(way.reliability, basis.sides, direction);
  let counting: WayOfCounting = {
    reference: way.original,
    per: basis.per,
    counted: basis.counted,
    frozen: null,
    sides: basis.sides,
    isCorrected: false,
    looks: 'one',
  };
  const go = (id: StepId, after: Certainty | null, isRecomputed: boolean, reason: StepReason) => {
    const changed = id === 'gates' || isMoved(id, now, after);
    const [from, to] = [now?.figure ?? null, after?.figure ?? null];
    const step = { id, before: from, after: to, changed, isRecomputed, reason };
    strides.push({ step, before: now, after });
    now = after;
  };
  const recount = (id: StepId, change: Partial<WayOfCounting>, reason: StepReason): void => {
    counting = { ...counting, ...change };
    const found = countBy(arm, counting, plan);
    if (found.kind === 'known') go(id, found.certainty, true, reason);
    else go(id, null, true, found.reason);
  };
  const pass = (id: StepId, reason: StepReason): void => go(id, now, false, reason);

  const own = countBy(arm, counting, plan);
  const isSame = own.kind === 'known' && !isMoved('recount', now, own.certainty);
  recount('recount', {}, { kind: isSame ? 'recounted' : 'differs' });
  if (reference !== way.original) {
    const { variationId: referenceId } = reference;
    recount('reference', { reference }, { kind: 'other-reference', referenceId });
  }
  if (analysis.unit === 'visits') pass('unit', { kind: 'unit-visits' });
  else recount('unit', { per: 'visitors' }, unitReason(way));
  recount('conversions', { counted: 'converted' }, conversionsReason(way));

  const final = comparison.basis === 'final' ? findFinal(way) : null;
  if (final === null && way.sinceMs !== null)
    pass('window', { kind: 'counted-since', atMs: way.sinceMs });
  else if (final === null) recount('window', {}, { kind: 'same-report', atMs: analysis.asOfMs });
  else if (final.counts === null) pass('window', { kind: 'final-look', atMs: final.atMs });
  else recount('window', { frozen: final.counts }, { kind: 'final-look', atMs: final.atMs });

  recount('sides', { sides: 2 }, { kind: basis.sides === 1 ? 'one-sided' : 'two-sided-already' });
  const { comparisons, pair, ownAlpha } = plan;
  recount('variations', { isCorrected: true }, { kind: 'comparisons', comparisons });
  const { plannedVisitors } = pair;
  recount('looks', { looks: 'every' }, { kind: 'every-look', plannedVisitors });
  if (pair.finalAlpha !== null) {
    // 0.02 / 0.05 is not 0.4 to the last digit.
    const spent = (final === null ? pair.alpha : pair.finalAlpha) / ownAlpha;
    const share = Math.round(spent * 1e9) / 1e9;
    if (final === null)
      recount('planned-end', { looks: 'every-shared' }, { kind: 'level-shared', share });
    else if (final.counts !== null)
      recount('planned-end', { looks: 'final' }, { kind: 'level-final', share });
    else if (comparison.p !== null) {
      const ours = asOurs(comparison.p, sign(comparison.difference));
      go('planned-end', ours, false, { kind: 'level-final', share });
    }
  }
  const { state, reasons, p } = comparison;
  if (p === null || state === 'collecting' || state === 'blocked' || state === 'not-applicable')
    go('gates', p === null ? null : now, true, { kind: 'held-back', state, reasons });
  return strides;
}

const sign = (value: number | null): 'higher' | 'lower' | 'open' =>
  value === null || value === 0 ? 'open' : value > 0 ? 'higher' : 'lower';

/** Its own figure is rounded; of ours only the last digits of the arithmetic are. */
function isMoved(id: StepId, before: Certainty | null, after: Certainty | null): boolean {
  if (before === null || after === null) return before !== after;
  if (id === 'recount')
    return Math.abs(before.figure.confidence - after.figure.confidence) > RELIABILITY_ROUNDING;
  const [from, to] = [before.figure, after.figure];
  return from.sides !== to.sides || Math.abs(from.p - to.p) > 1e-12 * Math.max(from.p, to.p);
}

function unitReason({ analysis, basis }: Way): StepReason {
  if (analysis.unit === 'first-visits') return { kind: 'first-visits' };
  return { kind: basis.per === 'visits' ? 'per-visit' : 'per-person' };
}

function conversionsReason({ arm, reference, basis }: Way): StepReason {
  if (basis.counted === 'converted') return { kind: 'converted-already' };
  return {
    kind: 'all-conversions',
    conversions: arm.conversions + reference.conversions,
    converted: arm.converted + reference.converted,
  };
}
