import erfc from '@stdlib/math-base-special-erfc';

/**
 * Two-sided p of a standard normal z: erfc(|z| / sqrt 2). Underflows to 0 beyond |z| = 38; see `lnTwoSidedP`.
 * Example: twoSidedP(1.959963984540054) = 0.05.
 */
export const twoSidedP = (z: number): number => erfc(Math.abs(z) / Math.SQRT2);

/** Below this p the subnormal range is near and digits get lost. */
const SMALLEST_EXACT_P = 1e-290;

/**
 * Natural logarithm of the two-sided p; holds where p itself underflows.
 * Formula there: the asymptotic series of ln erfc(x), x = |z| / sqrt 2 > 25 (Abramowitz & Stegun 7.1.23).
 * Example: lnTwoSidedP(40) = -803.9152948331938.
 */
export function lnTwoSidedP(z: number): number {
  const p = twoSidedP(z);
  if (p > SMALLEST_EXACT_P) return Math.log(p);
  const x2 = (z * z) / 2;
  const t = 1 / (2 * x2);
  const series = -t + 3 * t ** 2 - 15 * t ** 3 + 105 * t ** 4 - 945 * t ** 5;
  return -x2 - 0.5 * Math.log(Math.PI * x2) + Math.log1p(series);
}
