import type { Analysis, ArmReading, Comparison } from '@/lib/core/analysis/analysis';
import { conclude } from '@/lib/core/analysis/second-opinion/conclude';
import { pairPlanOf } from '@/lib/core/analysis/second-opinion/pair-plan-of';
import { findPlatformBasis } from '@/lib/core/analysis/second-opinion/platform-basis';
import type { Claim, SecondOpinion } from '@/lib/core/analysis/second-opinion/second-opinion';
import { takeSteps } from '@/lib/core/analysis/second-opinion/steps';
import type { Experiment } from '@/lib/core/experiment/experiment';

/** Reliability from which the platform calls a variation better, unless a project says otherwise (fact sheet 4.6). */
export const PLATFORM_THRESHOLD = 0.95;

/**
 * From the platform's reliability to our statement, for every variation that is held against the reference, in the order
 * of the analysis. Each step is computed from counts; what cannot be says so and is passed over. Pure.
 * Example: reliability 97.2 % of one look, three variations: two-sided p 0.056, times 3 0.168, at every look 1.
 */
export function toSecondOpinion(
  experiment: Experiment,
  analysis: Analysis,
  threshold = PLATFORM_THRESHOLD,
): readonly SecondOpinion[] {
  const reference = analysis.arms.find(({ isReference }) => isReference);
  if (reference === undefined) return [];
  const original = analysis.arms.find(({ isOriginal }) => isOriginal) ?? reference;
  const basis = findPlatformBasis(analysis.arms, original, analysis.unit);
  return analysis.arms.flatMap((arm): SecondOpinion[] => {
    const { comparison } = arm;
    const plan = pairPlanOf(analysis, arm);
    if (comparison === null || plan === null) return [];
    const { reliability } = arm.platform;
    const ours = toOurs(comparison, analysis);
    const strides =
      reliability === null
        ? []
        : takeSteps({
            ...{ analysis, arm, comparison, original, reference, basis, plan, reliability },
            sinceMs: countedSince(experiment, comparison),
          });
    const platform = reliability === null ? null : toClaim(arm, original, basis.sides, threshold);
    const hasEarlierCall = comparison.reasons.some(({ kind }) => kind === 'call-stands');
    return [
      {
        variationId: arm.variationId,
        platform: { reliability, claim: platform },
        ours,
        basis: reliability === null ? null : basis,
        steps: strides.map(({ step }) => step),
        conclusion: conclude({ platform, ours, hasEarlierCall, alpha: plan.alpha }, strides),
      },
    ];
  });
}

function toOurs({ state, p }: Comparison, { method }: Analysis): SecondOpinion['ours'] {
  const [good, bad] = method.better === 'higher' ? HIGHER : HIGHER.toReversed();
  const claim =
    state === 'winner'
      ? good
      : state === 'loser'
        ? bad
        : state === 'no-difference' || state === 'inconclusive'
          ? 'open'
          : null;
  return { state, p, confidence: p === null ? null : 1 - p, claim: claim ?? null };
}

const HIGHER: readonly Claim[] = ['higher', 'lower'];

/** What the platform's rule makes of its own figure: one-sided near 0 is "surely lower". */
function toClaim(
  { platform: { reliability, lift }, rate }: ArmReading,
  original: ArmReading,
  sides: 1 | 2,
  threshold: number,
): Claim | null {
  if (reliability === null) return null;
  if (sides === 1)
    return reliability >= threshold ? 'higher' : 1 - reliability >= threshold ? 'lower' : 'open';
  const way = lift ?? (rate ?? 0) - (original.rate ?? 0);
  return reliability < threshold || way === 0 ? 'open' : way > 0 ? 'higher' : 'lower';
}

/** When the split was changed after the start and is judged all the same, counts begin at the change. */
function countedSince(
  { splitChangedAtMs, startedAtMs }: Experiment,
  { reasons }: Comparison,
): number | null {
  if (splitChangedAtMs === null || reasons.some(({ kind }) => kind === 'split-changed'))
    return null;
  return startedAtMs !== null && splitChangedAtMs <= startedAtMs ? null : splitChangedAtMs;
}
