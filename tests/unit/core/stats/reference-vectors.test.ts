import { afterAll, describe, expect, it } from 'vitest';
import type { Limits, Sample } from '@/lib/core/stats/sample';
import { rateOf, varianceOf } from '@/lib/core/stats/sample';
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
import { firstCrossing, sequenceOfLooks } from '@/lib/core/stats/sequence-of-looks';
import { splitChiSquare } from '@/lib/core/stats/split-chi-square';
import { lnSplitBayesFactor, sequentialSplitP } from '@/lib/core/stats/split-sequential';
import { standardErrors } from '@/lib/core/stats/standard-error';
import { twoProportionTest } from '@/lib/core/stats/two-proportion-test';
import { wilson } from '@/lib/core/stats/wilson';
import type { Accept, CountsIn } from './vectors';
import { holdTo, readVectors, worst } from './vectors';

const sample = ({ visitors, conversions }: CountsIn): Sample => ({ n: visitors, x: conversions });
const ends = (limits: Limits | null) => (limits ? [limits.lower, limits.upper] : null);

function fiellerEnds(c: Sample, t: Sample, multiplier: number) {
  const set = fieller(
    { rate: rateOf(c) ?? NaN, variance: varianceOf(c) ?? NaN },
    { rate: rateOf(t) ?? NaN, variance: varianceOf(t) ?? NaN },
    multiplier,
  );
  return isBounded(set) ? [set.lower, set.upper] : null;
}

interface Pair {
  readonly control: CountsIn;
  readonly treatment: CountsIn;
}

describe('two proportions agree with R, scipy and mpmath', () => {
  const { accept, cases } = readVectors<{
    input: Pair & { alpha: number };
    expected: Record<string, unknown>;
  }>('two-prop');
  expect(cases).toHaveLength(19);
  it.each(cases)('$id: $note', ({ id, input, expected }) => {
    const c = sample(input.control);
    const t = sample(input.treatment);
    const z = twoSidedQuantile(input.alpha);
    const errors = standardErrors(c, t);
    const pooled = twoProportionTest(c, t, 'pooled');
    const unpooled = twoProportionTest(c, t, 'unpooled');
    const ratio = logRatio(c, t);
    const actual = {
      rateC: rateOf(c),
      rateT: rateOf(t),
      diff: (rateOf(t) ?? NaN) - (rateOf(c) ?? NaN),
      se_unpooled: errors?.unpooled ?? null,
      se_pooled: errors?.pooled ?? null,
      se_max: errors?.max ?? null,
      z_pooled: pooled?.z ?? null,
      chi2_pooled: pooled?.chiSquare ?? null,
      p_pooled: pooled?.p ?? null,
      ln_p_pooled: pooled?.lnP ?? null,
      z_unpooled: unpooled?.z ?? null,
      p_unpooled: unpooled?.p ?? null,
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
    holdTo(actual, expected, accept as Accept, id);
  });
});

describe('the confidence sequence agrees with its reference', () => {
  const { accept, cases } = readVectors<{
    input: Pair & { alpha: number; Nstar: number; tuning: 'approx' | 'exact' };
    expected: Record<string, unknown>;
  }>('cs');
  expect(cases).toHaveLength(13);
  it.each(cases)('$id: $note', ({ id, input, expected }) => {
    const c = sample(input.control);
    const t = sample(input.treatment);
    const n = c.n + t.n;
    const rho2 = (input.tuning === 'exact' ? tuneRho2Exact : tuneRho2)(input.alpha, input.Nstar);
    const multiplier = sequenceMultiplier(n, rho2, input.alpha);
    const d = (rateOf(t) ?? NaN) - (rateOf(c) ?? NaN);
    const errors = standardErrors(c, t);
    const bySe = (kind: 'unpooled' | 'pooled' | 'max') => {
      const se = errors?.[kind] ?? 0;
      const lnE = se > 0 ? lnEValue(d / se, n, rho2) : null;
      return {
        [`cs_diff_${kind}`]: se > 0 ? [d - multiplier * se, d + multiplier * se] : null,
        [`ln_e_${kind}`]: lnE,
        [`p_always_valid_${kind}`]: lnE === null ? null : alwaysValidP(lnE),
      };
    };
    const actual = {
      rho2,
      rho: Math.sqrt(rho2),
      n_rho2: n * rho2,
      multiplier,
      ...bySe('unpooled'),
      ...bySe('pooled'),
      ...bySe('max'),
      cs_lift_delta: ends(deltaLift(c, t, multiplier)),
      cs_lift_fieller: fiellerEnds(c, t, multiplier),
      cs_lift_log: ends(katzLift(c, t, multiplier)),
    };
    holdTo(actual, expected, accept as Accept, id);
  });
});

describe('tuning agrees with its reference, approximate and exact', () => {
  const { accept, cases } = readVectors<{
    input: { alpha: number; Nstar: number };
    expected: { multiplier: Record<string, number> };
  }>('cs-tuning');
  expect(cases).toHaveLength(4);
  it.each(cases)('$id', ({ id, input: { alpha, Nstar }, expected }) => {
    const rho2 = tuneRho2(alpha, Nstar);
    const exact = tuneRho2Exact(alpha, Nstar);
    const multiplier = Object.fromEntries(
      Object.keys(expected.multiplier).map((n) => [n, sequenceMultiplier(Number(n), rho2, alpha)]),
    );
    const actual = {
      rho2_approx: rho2,
      rho2_exact: exact,
      K_approx: rho2 * Nstar,
      K_exact: exact * Nstar,
      multiplier,
    };
    holdTo(actual, expected, accept as Accept, id);
  });
});

describe('a sequence of looks agrees with its reference', () => {
  const { accept, cases } = readVectors<{
    input: { looks: Pair[]; alpha: number; Nstar: number };
    expected: Record<string, unknown>;
  }>('cs-sequence');
  expect(cases).toHaveLength(3);
  it.each(cases)('$id: $note', ({ id, input, expected }) => {
    const looks = sequenceOfLooks(
      input.looks.map((look) => ({
        control: sample(look.control),
        treatment: sample(look.treatment),
      })),
      { alpha: input.alpha, plannedVisitors: input.Nstar },
    );
    const actual = {
      looks: looks.map((look) => ({
        cs_diff_max: ends(look.interval),
        p_now: look.p,
        p_running_min: look.pRunningMin,
        crosses_now: look.crosses,
      })),
      first_crossing_look: firstCrossing(looks),
    };
    holdTo(actual, expected, accept as Accept, id);
  });
});

describe('the chi-square of a split agrees with its reference', () => {
  const { accept, cases } = readVectors<{
    input: { observed: number[]; weights: number[] };
    expected: Record<string, unknown>;
  }>('srm-chi2');
  expect(cases).toHaveLength(8);
  it.each(cases)('$id: $note', ({ id, input, expected }) => {
    const split = splitChiSquare(input.observed, input.weights);
    const actual = {
      total: split?.total,
      chi2: split?.chiSquare,
      df: split?.degreesOfFreedom,
      p: split?.p,
      ln_p: split?.lnP,
      flag_at_0_001: (split?.p ?? 1) < 0.001,
      flag_at_0_01: (split?.p ?? 1) < 0.01,
    };
    holdTo(actual, expected, accept as Accept, id);
  });
});

describe('the sequential split test agrees with its reference', () => {
  const { accept, cases } = readVectors<{
    input: { batches: number[][]; weights: number[]; dirichlet_concentration: number };
    expected: {
      looks: { ln_bayes_factor: number; p_now: number; p_running_min: number }[];
      final_ln_bayes_factor: number;
      final_p: number;
      flag_at_0_01: boolean;
      flag_at_0_001: boolean;
    };
  }>('srm-sequential');
  expect(cases).toHaveLength(7);
  it.each(cases)('$id: $note', ({ id, input, expected }) => {
    const lnAccept = { abs: Number(accept.ln_bayes_factor_abs) };
    const pAccept = { rel: Number(accept.p_rel) };
    const totals = input.weights.map(() => 0);
    let min = 1;
    let ln = 0;
    input.batches.forEach((batch, look) => {
      batch.forEach((count, i) => (totals[i] = (totals[i] ?? 0) + count));
      const want = expected.looks[look];
      ln = lnSplitBayesFactor(totals, input.weights, input.dirichlet_concentration) ?? NaN;
      const p = sequentialSplitP(totals, input.weights, input.dirichlet_concentration) ?? NaN;
      min = Math.min(min, p);
      holdTo(ln, want?.ln_bayes_factor, lnAccept, `${id}.ln`);
      holdTo(p, want?.p_now, pAccept, `${id}.p`);
      holdTo(min, want?.p_running_min, pAccept, `${id}.min`);
    });
    holdTo(ln, expected.final_ln_bayes_factor, lnAccept, `${id}.final`);
    holdTo(min, expected.final_p, pAccept, `${id}.final`);
    expect(min < 0.01).toBe(expected.flag_at_0_01);
    expect(min < 0.001).toBe(expected.flag_at_0_001);
  });
});

afterAll(() => {
  if (process.env.SHOW_ACCURACY) console.log(Object.fromEntries(worst));
});
