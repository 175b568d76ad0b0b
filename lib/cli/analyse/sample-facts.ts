import type { Analysis, ArmReading } from '@/lib/core/analysis/analysis';
import { toSample } from '@/lib/cli/analyse/arm-figures';
import type { Counts } from '@/lib/cli/analyse/counts';
import { toMoment } from '@/lib/cli/analyse/moments';
import { pairPlanOf } from '@/lib/core/analysis/second-opinion/pair-plan-of';
import { sampleSizeUnequal } from '@/lib/core/stats/sample-size';
import { ANY_LOOK_FACTOR, smallestLiftNow } from '@/lib/core/stats/sequence-planning';
import { standardErrors } from '@/lib/core/stats/standard-error';

export const POWER = 0.8;

/** How much has been counted of a pair and how much is needed; never from the effect that was observed. */
export function sampleFacts(
  counts: Counts,
  analysis: Analysis,
  reference: ArmReading,
  arm: ArmReading,
) {
  const plan = pairPlanOf(analysis, arm);
  const [a, b] = [toSample(analysis, reference), toSample(analysis, arm)];
  const now = a.n + b.n;
  const errors = standardErrors(a, b);
  const controlRate = a.n > 0 ? a.x / a.n : 0;
  const smallest =
    plan === null || errors === null || !(errors.max > 0)
      ? null
      : smallestLiftNow({ n: now, error: errors.max, controlRate }, { ...plan.pair, power: POWER });
  const planned = plan === null ? null : forEffect(counts, analysis, plan.ownAlpha, arm, reference);
  const days = toMoment(counts, analysis.asOfMs).days;
  const perDay = days !== null && days > 0 ? now / days : null;
  const missing = planned === null ? null : Math.max(0, planned.sequencePeople - now);
  return {
    power: POWER,
    peopleNow: now,
    peopleTunedFor: plan?.pair.plannedVisitors ?? null,
    smallestLiftNow: smallest,
    forPlannedEffect:
      planned === null
        ? null
        : {
            ...planned,
            missingPeople: missing,
            missingDaysAtThisPace: missing === null || perDay === null ? null : missing / perDay,
          },
  };
}

/** People of the pair for the planned effect, at the level of one comparison and the split as configured. */
function forEffect(
  { plannedEffect, better }: Counts,
  { arms }: Analysis,
  alpha: number,
  arm: ArmReading,
  reference: ArmReading,
) {
  const baseline = reference.rate;
  if (plannedEffect === null || baseline === null) return null;
  const target = baseline * (1 + (better === 'higher' ? plannedEffect : -plannedEffect));
  const ratio = (arm.weight ?? 1 / arms.length) / (reference.weight ?? 1 / arms.length);
  if (!(target > 0 && target < 1) || !(baseline > 0)) return null;
  const size = sampleSizeUnequal({ baseline, target, alpha, power: POWER }, ratio);
  if (size === null) return null;
  const fixed = Math.ceil(size.control) + Math.ceil(size.treatment);
  return {
    plannedEffect,
    baseline,
    fixedPeople: fixed,
    sequencePeople: Math.ceil((size.control + size.treatment) * ANY_LOOK_FACTOR),
  };
}
