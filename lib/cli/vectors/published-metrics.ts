import { z } from 'zod';
import type { Figures } from '@/lib/cli/vectors/inputs';
import { Alpha, ends } from '@/lib/cli/vectors/inputs';
import { Sums } from '@/lib/cli/vectors/mean-groups';
import {
  alwaysValidP,
  lnEValue,
  sequenceMultiplier,
  tuneRho2,
} from '@/lib/core/stats/confidence-sequence';
import { gaussianPosterior } from '@/lib/core/stats/gaussian-posterior';
import type { Moments } from '@/lib/core/stats/moments';
import { momentsOf, proportionMoments } from '@/lib/core/stats/moments';
import { twoSidedQuantile } from '@/lib/core/stats/normal-quantile';
import { powerAtLook } from '@/lib/core/stats/sequence-planning';
import { studentP, studentQuantile } from '@/lib/core/stats/student-t';
import { meanLift, welchTest } from '@/lib/core/stats/welch';

/** A metric by its sums, or a proportion: [converted, of], { n, sum }, { visitors, conversions }. */
const Metric = z.union([
  Sums.transform(momentsOf),
  z.tuple([z.number(), z.number()]).transform(([x, n]) => proportionMoments({ n, x })),
  z
    .object({ n: z.number(), sum: z.number() })
    .transform(({ n, sum: x }) => proportionMoments({ n, x })),
  z
    .object({ visitors: z.number(), conversions: z.number() })
    .transform(({ visitors: n, conversions: x }) => proportionMoments({ n, x })),
]);

const Input = z.object({
  A: Metric,
  B: Metric,
  alpha: Alpha,
  relative: z.boolean().default(true),
  Nstar: z.number().optional(),
  mde: z.number().optional(),
  /** How many times the present sample is still to come. */
  scaling_factor: z.number().default(0),
  /** Words mean a flat one. */
  prior: z.union([z.string(), z.object({ mean: z.number(), variance: z.number() })]).optional(),
});
type Input = z.infer<typeof Input>;

/** An effect of B on A with its standard error. */
interface Effect {
  readonly value: number;
  readonly error: number;
}

/** GrowthBook's answers about two metrics: Welch's t, a sequence or a Gaussian posterior, on delta lift or difference. */
export function metricFigures(input: Figures): Figures {
  const given = Input.parse(input);
  const { A, B, alpha, relative } = given;
  const welch = A && B ? welchTest(A, B, alpha) : null;
  const effect = A && B ? effectOf(A, B, relative) : null;
  if (!A || !B || welch === null || effect === null) return { [nameOf(relative)]: null, ci: null };
  const common = { [nameOf(relative)]: effect.value, se: effect.error };
  const around = (m: number) => [effect.value - m * effect.error, effect.value + m * effect.error];
  if (given.mde !== undefined) return { ...common, power: powerOf(given, A.n + B.n, effect.error) };
  if (given.prior !== undefined) return { ...common, ...posteriorFigures(given, effect) };
  if (given.Nstar !== undefined) {
    const [n, rho2] = [A.n + B.n, tuneRho2(alpha, given.Nstar)];
    const p = alwaysValidP(lnEValue(effect.value / effect.error, n, rho2));
    return { ...common, ci: around(sequenceMultiplier(n, rho2, alpha)), p };
  }
  const t = effect.value / effect.error;
  return {
    ...common,
    ci: relative ? around(studentQuantile(alpha, welch.degreesOfFreedom)) : ends(welch.interval),
    t,
    df: welch.degreesOfFreedom,
    p: studentP(t, welch.degreesOfFreedom),
  };
}

const nameOf = (relative: boolean) => (relative ? 'lift' : 'diff');

function effectOf(A: Moments, B: Moments, relative: boolean): Effect | null {
  const lift = meanLift(A, B);
  if (relative) return lift?.error == null ? null : { value: lift.lift, error: lift.error };
  return {
    value: B.mean - A.mean,
    error: Math.sqrt((A.variance ?? NaN) / A.n + (B.variance ?? NaN) / B.n),
  };
}

function posteriorFigures({ prior, alpha }: Input, { value, error }: Effect): Figures {
  const posterior = gaussianPosterior(value, error, typeof prior === 'object' ? prior : null);
  const half = twoSidedQuantile(alpha) * posterior.deviation;
  return {
    mean: posterior.mean,
    sd: posterior.deviation,
    ci: [posterior.mean - half, posterior.mean + half],
    chance: posterior.chance,
    risk: [posterior.risk.control, posterior.risk.treatment],
  };
}

function powerOf({ mde = 0, scaling_factor, Nstar, alpha }: Input, n: number, error: number) {
  const later = n * (1 + scaling_factor);
  const multiplier =
    Nstar === undefined
      ? twoSidedQuantile(alpha)
      : sequenceMultiplier(later, tuneRho2(alpha, Nstar), alpha);
  return powerAtLook(mde, error / Math.sqrt(1 + scaling_factor), multiplier);
}
