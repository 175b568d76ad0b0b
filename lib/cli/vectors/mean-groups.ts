import { z } from 'zod';
import type { Group } from '@/lib/cli/vectors/inputs';
import { Alpha, ends } from '@/lib/cli/vectors/inputs';
import { sequenceMultiplier, tuneRho2 } from '@/lib/core/stats/confidence-sequence';
import { cuped as cupedTest } from '@/lib/core/stats/cuped';
import { dailyPaired as dailyPairedTest } from '@/lib/core/stats/daily-paired';
import { momentsOf } from '@/lib/core/stats/moments';
import { twoSidedQuantile } from '@/lib/core/stats/normal-quantile';
import { studentQuantile } from '@/lib/core/stats/student-t';
import { meanLift, meanLiftFieller, meanVariance, welchTest } from '@/lib/core/stats/welch';

export const Sums = z
  .object({ n: z.number(), sum: z.number(), sum_squares: z.number() })
  .transform(({ n, sum, sum_squares }) => ({ n, sum, sumSquares: sum_squares }));

export const welch: Group = (input) => {
  const { control, treatment, alpha, Nstar } = z
    .object({ control: Sums, treatment: Sums, alpha: Alpha, Nstar: z.number().default(10_000) })
    .parse(input);
  const [c, t] = [momentsOf(control), momentsOf(treatment)];
  const both = c === null || t === null ? null : ([c, t] as const);
  const test = both && welchTest(...both, alpha);
  const lift = both && meanLift(...both);
  const variances = [c && meanVariance(c), t && meanVariance(t)] as const;
  const isSpread = variances[0] !== null && variances[1] !== null;
  const multiplier = both
    ? sequenceMultiplier(both[0].n + both[1].n, tuneRho2(alpha, Nstar), alpha)
    : null;
  const around = (middle: number | null, half: number | null) =>
    middle === null || half === null || half === 0 ? null : [middle - half, middle + half];
  const times = (a: number | null | undefined, b: number | null | undefined) =>
    a == null || b == null ? null : a * b;
  const tQuantile = test ? studentQuantile(alpha, test.degreesOfFreedom) : null;
  return {
    meanC: c?.mean ?? null,
    meanT: t?.mean ?? null,
    varC: c?.variance ?? null,
    varT: t?.variance ?? null,
    diff: both ? both[1].mean - both[0].mean : null,
    se: isSpread ? Math.sqrt((variances[0] ?? 0) + (variances[1] ?? 0)) : null,
    t: test?.t ?? null,
    df: test?.degreesOfFreedom ?? null,
    p: test?.p ?? null,
    ci_diff: test ? ends(test.interval) : null,
    lift: lift?.lift ?? null,
    lift_se_delta: lift?.error ?? null,
    ci_lift_delta_t: around(lift?.lift ?? null, times(tQuantile, lift?.error)),
    ci_lift_fieller_z: both && ends(meanLiftFieller(...both, twoSidedQuantile(alpha))),
    [`cs_multiplier_Nstar_${Nstar}`]: multiplier,
    cs_diff: test ? around(test.difference, times(multiplier, test.error)) : null,
  };
};

const PairedSums = z
  .object({
    n: z.number(),
    sum_y: z.number(),
    sum_yy: z.number(),
    sum_x: z.number(),
    sum_xx: z.number(),
    sum_xy: z.number(),
  })
  .transform((s) => ({
    n: s.n,
    y: s.sum_y,
    yy: s.sum_yy,
    x: s.sum_x,
    xx: s.sum_xx,
    xy: s.sum_xy,
  }));

export const cuped: Group = (input) => {
  const { control, treatment } = z
    .object({ control: PairedSums, treatment: PairedSums })
    .parse(input);
  const test = cupedTest(control, treatment);
  return {
    theta_pooled: test?.theta ?? null,
    diff_raw: test?.rawDifference ?? null,
    se_raw: test?.rawError ?? null,
    diff_cuped: test?.difference ?? null,
    se_cuped: test?.error ?? null,
    variance_reduction: test?.varianceReduction ?? null,
    z: test?.z ?? null,
    p: test?.p ?? null,
  };
};

const Day = z
  .object({ visitors: z.number(), revenue: z.number() })
  .transform(({ visitors, revenue }) => ({ visitors, total: revenue }));

export const dailyPaired: Group = (input) => {
  const { days, alpha } = z
    .object({ days: z.array(z.object({ control: Day, treatment: Day })), alpha: Alpha })
    .parse(input);
  const test = dailyPairedTest(days, alpha);
  return {
    weighted_mean_diff: test?.difference ?? null,
    se: test?.error ?? null,
    t: test?.t ?? null,
    df: test?.degreesOfFreedom ?? null,
    p: test?.p ?? null,
    ci: test ? ends(test.interval) : null,
  };
};
