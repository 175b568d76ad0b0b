import { z } from 'zod';
import type { Group } from '@/lib/cli/vectors/inputs';
import { flags } from '@/lib/cli/vectors/inputs';
import { conversionSplit } from '@/lib/core/stats/conversion-split';
import { splitChiSquare } from '@/lib/core/stats/split-chi-square';
import { lnSplitBayesFactor, sequentialSplitP } from '@/lib/core/stats/split-sequential';

const Numbers = z.array(z.number());

/** Arms that get no traffic are no part of a split. */
const withTraffic = (counts: readonly number[], weights: readonly number[]): number[] =>
  counts.filter((_, i) => (weights[i] ?? 0) > 0);

export const srmChi2: Group = (input) => {
  const { observed, weights } = z
    .object({ observed: Numbers, weights: Numbers.optional() })
    .parse(input);
  const shares = weights ?? observed.map(() => 1);
  const counts = withTraffic(observed, shares);
  const split = splitChiSquare(counts, withTraffic(shares, shares));
  return {
    total: counts.reduce((sum, count) => sum + count, 0),
    chi2: split?.chiSquare ?? null,
    df: split?.degreesOfFreedom ?? Math.max(0, counts.length - 1),
    p: split?.p ?? null,
    ln_p: split?.lnP ?? null,
    ...flags(split?.p ?? null),
  };
};

export const srmSequential: Group = (input) => {
  const { batches, weights, dirichlet_concentration } = z
    .object({
      batches: z.array(Numbers),
      weights: Numbers,
      dirichlet_concentration: z.number().default(10_000),
    })
    .parse(input);
  const shares = withTraffic(weights, weights);
  const totals = shares.map(() => 0);
  let least = 1;
  const looks = batches.map((batch) => {
    withTraffic(batch, weights).forEach((count, i) => (totals[i] = (totals[i] ?? 0) + count));
    const p = sequentialSplitP(totals, shares, dirichlet_concentration);
    least = Math.min(least, p ?? 1);
    return {
      ln_bayes_factor: lnSplitBayesFactor(totals, shares, dirichlet_concentration),
      p_now: p,
      p_running_min: least,
    };
  });
  return {
    looks,
    final_ln_bayes_factor: looks.at(-1)?.ln_bayes_factor ?? null,
    final_p: least,
    ...flags(least),
  };
};

export const dmConversions: Group = (input) => {
  const { conversions, split, dirichlet_concentration } = z
    .object({
      conversions: Numbers,
      split: Numbers,
      dirichlet_concentration: z.number().default(10_000),
    })
    .parse(input);
  const test = conversionSplit(conversions, split, dirichlet_concentration);
  return { ln_bayes_factor: test?.lnBayesFactor ?? null, p_always_valid: test?.p ?? null };
};
