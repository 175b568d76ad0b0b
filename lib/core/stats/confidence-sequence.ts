import { lambertWMinus1 } from '@/lib/core/stats/lambert-w';

/**
 * Asymptotic confidence sequence by a Gaussian mixture (statistics A2; Waudby-Smith et al. 2103.06476; the same bound
 * as confseq's `normal_mixture_bound` with rho = 1/rho²). `n` counts the people of both arms, `alpha` is two-sided.
 * The interval d -+ c(n) SE holds at every look at once with probability 1 - alpha.
 */

/**
 * Mixture variance tuned so that the sequence is tightest near `plannedVisitors` people of the pair:
 * (-2 ln a + ln(1 - 2 ln a)) / N*. Must stay fixed from the first look on.
 * Example: alpha 0.05, N* 10,000: 7.93615e-4.
 */
export function tuneRho2(alpha: number, plannedVisitors: number): number {
  const l = -2 * Math.log(alpha);
  return (l + Math.log1p(l)) / plannedVisitors;
}

/**
 * The exact minimiser: (-W_-1(-a²/e) - 1) / N*.
 * Example: alpha 0.05, N* 10,000: 8.21197e-4.
 */
export const tuneRho2Exact = (alpha: number, plannedVisitors: number): number =>
  (-lambertWMinus1(-(alpha * alpha) / Math.E) - 1) / plannedVisitors;

/**
 * How many standard errors wide each half of the interval is: sqrt((1 + 1/r)(ln(1 + r) + 2 ln(1/a))), r = n rho².
 * Example: n 10,000, rho² 7.93615e-4, alpha 0.05: 3.03521 (a fixed interval has 1.96).
 */
export function sequenceMultiplier(n: number, rho2: number, alpha: number): number {
  const r = n * rho2;
  return Math.sqrt((1 + 1 / r) * (Math.log1p(r) - 2 * Math.log(alpha)));
}

/**
 * Natural logarithm of the e-value against "no difference": -ln(1 + r)/2 + r/(1 + r) z²/2.
 * Example: z = 2.193172 at n 10,000, rho² 7.93615e-4: 1.04082.
 */
export function lnEValue(z: number, n: number, rho2: number): number {
  const r = n * rho2;
  return -Math.log1p(r) / 2 + ((r / (1 + r)) * z * z) / 2;
}

/**
 * p that holds however often one looks: min(1, 1/E). It is <= alpha exactly when the interval excludes 0.
 * Example: ln E 1.04082: 0.35317.
 */
export const alwaysValidP = (lnE: number): number => Math.min(1, Math.exp(-lnE));
