import gammaln from '@stdlib/math-base-special-gammaln';

export interface Likelihoods {
  /** ln of the likelihood of all batches so far with an unknown split, Dirichlet a before the first. */
  readonly lnUnknown: number;
  /** ln of their likelihood with the given split. */
  readonly lnGiven: number;
}

/**
 * Both sides of the sequential split test after each batch of counts, multinomial coefficients included (Lindon & Malek
 * 2011.03567; the numbers optimizely/ssrm keeps): ln m1 adds the Dirichlet-multinomial of the batch given what came
 * before, ln m0 adds its multinomial. Their difference is the ln Bayes factor, where the coefficients cancel.
 * Shares add up to 1; an arm of share 0 that got visitors has likelihood 0: minus infinity.
 * Example: [20, 17, 9] at 40/40/20 from Dirichlet (1, 1, 1): -7.02820 and -4.07764.
 */
export function marginalLikelihoods(
  batches: readonly (readonly number[])[],
  shares: readonly number[],
  dirichlet: readonly number[],
): readonly Likelihoods[] {
  const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  const posterior = [...dirichlet];
  let lnUnknown = 0;
  let lnGiven = 0;
  return batches.map((batch) => {
    const total = sumOf(batch);
    const before = sumOf(posterior);
    const coefficient =
      gammaln(total + 1) - batch.reduce((sum, count) => sum + gammaln(count + 1), 0);
    lnUnknown += coefficient + gammaln(before) - gammaln(before + total);
    lnGiven += coefficient;
    batch.forEach((count, i) => {
      const a = posterior[i] ?? 0;
      lnUnknown += gammaln(a + count) - gammaln(a);
      if (count > 0) lnGiven += count * Math.log(shares[i] ?? 0);
      posterior[i] = a + count;
    });
    return { lnUnknown, lnGiven };
  });
}
