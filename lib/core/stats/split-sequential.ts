import gammaln from '@stdlib/math-base-special-gammaln';

/**
 * ln Bayes factor of "not this split" against the configured one, from cumulative visitors S (Lindon & Malek 2011.03567;
 * optimizely/ssrm): lnG(sum a) - lnG(sum a + N) + sum[lnG(a_i + S_i) - lnG(a_i)] - sum S_i ln t_i, with shares
 * t = w/sum(w), a_i = t_i concentration, N = sum S. Only the totals matter, not the batches they came in.
 * Null without two arms of positive weight.
 * Example: 821,588 and 815,482 at 50/50, concentration 10,000: 8.76597.
 */
export function lnSplitBayesFactor(
  visitors: readonly number[],
  weights: readonly number[],
  concentration = 10_000,
): number | null {
  if (visitors.length < 2 || visitors.length !== weights.length) return null;
  if (weights.some((share) => !(share > 0))) return null;
  const weight = weights.reduce((sum, share) => sum + share, 0);
  const total = visitors.reduce((sum, count) => sum + count, 0);
  return visitors.reduce(
    (ln, count, i) => {
      const share = (weights[i] ?? 0) / weight;
      const a = share * concentration;
      return ln + gammaln(a + count) - gammaln(a) - count * Math.log(share);
    },
    gammaln(concentration) - gammaln(concentration + total),
  );
}

/**
 * p of the split that holds however often one looks, at this look: min(1, 1/BF). Its running minimum since the last
 * change of the split decides: below 0.01 blocks (statistics A5, A12.5).
 * Example: 821,588 and 815,482 at 50/50: 0.00015595.
 */
export function sequentialSplitP(
  visitors: readonly number[],
  weights: readonly number[],
  concentration = 10_000,
): number | null {
  const ln = lnSplitBayesFactor(visitors, weights, concentration);
  return ln === null ? null : Math.min(1, Math.exp(-ln));
}
