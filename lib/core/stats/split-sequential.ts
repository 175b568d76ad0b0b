import gammaln from '@stdlib/math-base-special-gammaln';

/**
 * ln Bayes factor of "not this split" against the configured one, from cumulative visitors S (Lindon & Malek 2011.03567;
 * optimizely/ssrm): lnG(sum a) - lnG(sum a + N) + sum[lnG(a_i + S_i) - lnG(a_i)] - sum S_i ln t_i, with shares
 * t = w/sum(w), a_i = t_i concentration, N = sum S. Only the totals matter, not the batches they came in.
 * Null without two arms of positive weight.
 * Computed after Stirling's terms were cancelled by hand: the logarithms of gamma themselves reach 1e9 at 1e8 visitors
 * and would leave six digits after the point. With A = sum a, u_i = (a_i + S_i)/(t_i (A + N)), and `rest` below:
 * sum (a_i + S_i - 1/2) ln u_i - (k - 1)/2 ln((A + N)/A) + sum[rest(a_i + S_i) - rest(a_i)] - rest(A + N) + rest(A).
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
  const all = concentration + total;
  return visitors.reduce(
    (ln, count, i) => {
      const share = (weights[i] ?? 0) / weight;
      const a = share * concentration;
      const lnU = Math.log1p((count - share * total) / (share * all));
      return ln + (a + count - 0.5) * lnU + rest(a + count) - rest(a);
    },
    rest(concentration) -
      rest(all) -
      ((visitors.length - 1) / 2) * Math.log1p(total / concentration),
  );
}

/** What Stirling's formula leaves: lnG(z) - (z - 1/2) ln z + z - ln(2 pi)/2 (Abramowitz & Stegun 6.1.41). */
function rest(z: number): number {
  if (z < 20) return gammaln(z) - (z - 0.5) * Math.log(z) + z - Math.log(2 * Math.PI) / 2;
  const t = 1 / (z * z);
  return (1 / 12 - t * (1 / 360 - t * (1 / 1260 - t * (1 / 1680 - t / 1188)))) / z;
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
