import { pairPlanOf } from '@/lib/core/analysis/second-opinion/pair-plan-of';
import type { Analysis, ArmReading } from '@/lib/core/analysis/analysis';
import { posteriorOf } from '@/lib/core/stats/beta-posterior';
import { chancesToWin } from '@/lib/core/stats/chance-to-win';
import { lnEValue, sequenceMultiplier, tuneRho2 } from '@/lib/core/stats/confidence-sequence';
import { credibleDifference, credibleLift } from '@/lib/core/stats/credible-effect';
import { newcombe } from '@/lib/core/stats/difference-interval';
import { fieller } from '@/lib/core/stats/fieller';
import { twoSidedQuantile } from '@/lib/core/stats/normal-quantile';
import { oneSidedP } from '@/lib/core/stats/one-sided-p';
import type { Sample } from '@/lib/core/stats/sample';
import { varianceOf } from '@/lib/core/stats/sample';
import { standardErrors } from '@/lib/core/stats/standard-error';
import { twoProportionTest } from '@/lib/core/stats/two-proportion-test';

export const toSample = ({ unit }: Analysis, arm: ArmReading): Sample => ({
  n: unit === 'visits' ? arm.visits : arm.visitors,
  x: arm.converted,
});

/** What the sequence makes of a pair: `e` is null where it is beyond any number, `lnE` holds there. */
export function sequenceFigures(analysis: Analysis, reference: ArmReading, arm: ArmReading) {
  const plan = pairPlanOf(analysis, arm);
  const [a, b] = [toSample(analysis, reference), toSample(analysis, arm)];
  const errors = standardErrors(a, b);
  if (plan === null || errors === null || !(errors.max > 0)) return null;
  const { alpha, plannedVisitors } = plan.pair;
  const n = a.n + b.n;
  const rho2 = tuneRho2(alpha, plannedVisitors);
  const lnE = lnEValue((b.x / b.n - a.x / a.n) / errors.max, n, rho2);
  const e = Math.exp(lnE);
  return {
    ...{ alpha, plannedVisitors, rho2, multiplier: sequenceMultiplier(n, rho2, alpha) },
    standardError: errors.max,
    eValue: Number.isFinite(e) ? e : null,
    lnEValue: lnE,
    pOfThisComparison: Math.min(1, Math.exp(-lnE)),
  };
}

/** What one look at a fixed level would say: for comparison with other tools, never for a page that is looked at again. */
export function fixedFigures(analysis: Analysis, reference: ArmReading, arm: ArmReading) {
  const [a, b] = [toSample(analysis, reference), toSample(analysis, arm)];
  const test = twoProportionTest(a, b);
  const z = twoSidedQuantile(1 - analysis.confidenceLevel);
  const [va, vb] = [varianceOf(a), varianceOf(b)];
  const isKnown = va !== null && vb !== null;
  return {
    note: 'valid for one look planned beforehand; not corrected for repeated looks or for the number of variations',
    z: test?.z ?? null,
    p: test?.p ?? null,
    lnP: test?.lnP ?? null,
    oneSidedConfidence: test === null ? null : oneSidedP(-test.z),
    confidenceLevel: analysis.confidenceLevel,
    differenceInterval: newcombe(a, b, z),
    liftInterval: isKnown
      ? fieller({ rate: a.x / a.n, variance: va }, { rate: b.x / b.n, variance: vb }, z)
      : null,
  };
}

/** Chances of all arms that were tested, the reference first; flat priors. */
export function bayesFigures(analysis: Analysis, reference: ArmReading | null) {
  const tested = analysis.arms.filter(({ weight }) => weight !== 0);
  // Of one arm alone there is nothing to believe.
  if (tested.length < 2) return new Map<ArmReading, never>();
  const ordered = tested.toSorted((a, b) => Number(b === reference) - Number(a === reference));
  const posteriors = ordered.map((arm) => posteriorOf(toSample(analysis, arm)));
  const known = posteriors.filter((posterior) => posterior !== null);
  if (known.length !== ordered.length) return new Map<ArmReading, never>();
  const chances = chancesToWin(known);
  const alpha = 1 - analysis.confidenceLevel;
  return new Map(
    ordered.map((arm, place) => {
      const [control, own] = [known[0], known[place]];
      const isOther = reference !== null && arm !== reference;
      const pair = isOther && control !== undefined && own !== undefined ? [control, own] : null;
      return [
        arm,
        {
          note: 'not corrected for repeated looks; never decides',
          chanceToBeatReference: isOther ? (chances[place]?.beatsFirst ?? null) : null,
          chanceToBeBest: chances[place]?.best ?? null,
          expectedLoss: chances[place]?.loss ?? null,
          credibleDifference:
            pair?.[0] && pair[1] ? credibleDifference(pair[0], pair[1], alpha) : null,
          credibleLift: pair?.[0] && pair[1] ? credibleLift(pair[0], pair[1], alpha) : null,
        },
      ] as const;
    }),
  );
}
