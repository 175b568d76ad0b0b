import { z } from 'zod';
import type { Figures, Group } from '@/lib/cli/vectors/inputs';
import { Alpha, Counts, Pair, ends } from '@/lib/cli/vectors/inputs';
import {
  alwaysValidP,
  lnEValue,
  sequenceMultiplier,
  tuneRho2,
  tuneRho2Exact,
} from '@/lib/core/stats/confidence-sequence';
import { agrestiCaffo, newcombe, wald } from '@/lib/core/stats/difference-interval';
import { fieller, isBounded } from '@/lib/core/stats/fieller';
import { deltaLift, deltaLiftError, katzLift, liftOf, logRatio } from '@/lib/core/stats/lift';
import { twoSidedQuantile } from '@/lib/core/stats/normal-quantile';
import type { Sample } from '@/lib/core/stats/sample';
import { rateOf, varianceOf } from '@/lib/core/stats/sample';
import { firstCrossing, sequenceOfLooks } from '@/lib/core/stats/sequence-of-looks';
import { standardErrors } from '@/lib/core/stats/standard-error';
import { twoProportionTest } from '@/lib/core/stats/two-proportion-test';
import { wilson } from '@/lib/core/stats/wilson';

const Tuning = z.enum(['approx', 'exact']).default('approx');
const ErrorKind = z.enum(['unpooled', 'pooled', 'max']);
type ErrorKind = z.infer<typeof ErrorKind>;
const TUNE = { approx: tuneRho2, exact: tuneRho2Exact } as const;

const differenceOf = (c: Sample, t: Sample): number | null => {
  const [pC, pT] = [rateOf(c), rateOf(t)];
  return pC === null || pT === null ? null : pT - pC;
};

/** The reference calls an unbounded set undefined, where our pages draw a half-line. */
function fiellerEnds(c: Sample, t: Sample, multiplier: number) {
  const [vC, vT] = [varianceOf(c), varianceOf(t)];
  if (vC === null || vT === null) return null;
  const estimate = ({ n, x }: Sample, variance: number) => ({ rate: x / n, variance });
  const set = fieller(estimate(c, vC), estimate(t, vT), multiplier);
  return isBounded(set) ? ends(set) : null;
}

export const twoProp: Group = (input) => {
  const { control: c, treatment: t, alpha } = Pair.extend({ alpha: Alpha }).parse(input);
  const z = twoSidedQuantile(alpha);
  const errors = standardErrors(c, t);
  const [pooled, unpooled] = [
    twoProportionTest(c, t, 'pooled'),
    twoProportionTest(c, t, 'unpooled'),
  ];
  const ratio = logRatio(c, t);
  return {
    rateC: rateOf(c),
    rateT: rateOf(t),
    diff: differenceOf(c, t),
    se_unpooled: errors?.unpooled ?? null,
    se_pooled: errors?.pooled ?? null,
    se_max: errors?.max ?? null,
    z_pooled: pooled?.z ?? null,
    chi2_pooled: pooled?.chiSquare ?? null,
    p_pooled: pooled?.p ?? null,
    ln_p_pooled: pooled?.lnP ?? null,
    z_unpooled: unpooled?.z ?? null,
    p_unpooled: unpooled?.p ?? null,
    ln_p_unpooled: unpooled?.lnP ?? null,
    ci_diff_wald: ends(wald(c, t, z)),
    ci_rateC_wilson: ends(wilson(c, z)),
    ci_rateT_wilson: ends(wilson(t, z)),
    ci_diff_newcombe: ends(newcombe(c, t, z)),
    ci_diff_agresti_caffo: ends(agrestiCaffo(c, t, z)),
    lift: liftOf(c, t),
    lift_se_delta: deltaLiftError(c, t),
    ci_lift_delta: ends(deltaLift(c, t, z)),
    ci_lift_fieller: fiellerEnds(c, t, z),
    log_ratio: ratio?.value ?? null,
    log_ratio_se: ratio?.error ?? null,
    ci_lift_log: ends(katzLift(c, t, z)),
  };
};

const Sequence = z.object({ alpha: Alpha, Nstar: z.number().default(10_000), tuning: Tuning });

export const cs: Group = (input) => {
  const {
    control: c,
    treatment: t,
    alpha,
    Nstar,
    tuning,
  } = Pair.extend(Sequence.shape).parse(input);
  const n = c.n + t.n;
  const rho2 = TUNE[tuning](alpha, Nstar);
  const multiplier = n > 0 ? sequenceMultiplier(n, rho2, alpha) : null;
  const d = differenceOf(c, t);
  const errors = standardErrors(c, t);
  const bySe = (kind: ErrorKind): Figures => {
    const se = errors?.[kind] ?? 0;
    const isKnown = d !== null && multiplier !== null && se > 0;
    const lnE = isKnown ? lnEValue(d / se, n, rho2) : null;
    return {
      [`cs_diff_${kind}`]: isKnown ? [d - multiplier * se, d + multiplier * se] : null,
      [`ln_e_${kind}`]: lnE,
      [`p_always_valid_${kind}`]: lnE === null ? null : alwaysValidP(lnE),
    };
  };
  return {
    n,
    rho2,
    rho: Math.sqrt(rho2),
    n_rho2: n * rho2,
    multiplier,
    ...bySe('unpooled'),
    ...bySe('pooled'),
    ...bySe('max'),
    cs_lift_delta: multiplier === null ? null : ends(deltaLift(c, t, multiplier)),
    cs_lift_fieller: multiplier === null ? null : fiellerEnds(c, t, multiplier),
    cs_lift_log: multiplier === null ? null : ends(katzLift(c, t, multiplier)),
  };
};

/** The sample sizes at which the multiplier is wanted stand in the expectation alone, as names. */
export const csTuning: Group = (input, asked) => {
  const { alpha, Nstar } = Sequence.parse(input);
  const [approx, exact] = [tuneRho2(alpha, Nstar), tuneRho2Exact(alpha, Nstar)];
  const sizes = typeof asked.multiplier === 'object' ? Object.keys(asked.multiplier ?? {}) : [];
  return {
    rho2_approx: approx,
    rho2_exact: exact,
    K_approx: approx * Nstar,
    K_exact: exact * Nstar,
    multiplier: Object.fromEntries(
      sizes.map((n) => [n, sequenceMultiplier(Number(n), approx, alpha)]),
    ),
  };
};

export const csSequence: Group = (input) => {
  const { looks, alpha, Nstar, tuning, se } = Sequence.extend({
    looks: z.array(z.object({ control: Counts, treatment: Counts })),
    se: ErrorKind.default('max'),
  }).parse(input);
  const read = sequenceOfLooks(looks, {
    alpha,
    plannedVisitors: Nstar,
    tune: TUNE[tuning],
    error: se,
  });
  return {
    looks: read.map((look) => ({
      [`cs_diff_${se}`]: ends(look.interval),
      p_now: look.p,
      p_running_min: look.pRunningMin,
      crosses_now: look.crosses,
    })),
    first_crossing_look: firstCrossing(read),
  };
};
