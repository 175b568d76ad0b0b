import betaincinv from '@stdlib/math-base-special-betaincinv';
import type { Limits, Sample } from '@/lib/core/stats/sample';

/** A Beta distribution of a conversion rate; both parameters above 0. */
export interface Beta {
  readonly a: number;
  readonly b: number;
}

/** Every rate is as likely as any other before the first visitor. */
export const FLAT_PRIOR: Beta = { a: 1, b: 1 };

/**
 * Posterior of a rate after x of n: Beta(a0 + x, b0 + n - x). Null where it is not a distribution (a prior of 0 and
 * nothing counted on that side).
 * Example: 50 of 1,000, flat: Beta(51, 951).
 */
export function posteriorOf({ n, x }: Sample, prior: Beta = FLAT_PRIOR): Beta | null {
  const posterior = { a: prior.a + x, b: prior.b + n - x };
  return posterior.a > 0 && posterior.b > 0 ? posterior : null;
}

/** a/(a + b). Example: Beta(51, 951): 0.0508982. */
export const betaMean = ({ a, b }: Beta): number => a / (a + b);

/**
 * Equal-tailed credible interval of the rate, alpha/2 outside on each side.
 * Example: Beta(51, 951), alpha 0.05: [0.0381668, 0.0653257].
 */
export const credibleRate = ({ a, b }: Beta, alpha: number): Limits => ({
  lower: betaincinv(alpha / 2, a, b),
  upper: betaincinv(alpha / 2, a, b, true),
});
