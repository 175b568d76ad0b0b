import erfcinv from '@stdlib/math-base-special-erfcinv';

/**
 * Quantile of the standard normal distribution: the z with P(Z <= z) = p.
 * Formula: -sqrt(2) erfcinv(2p). `p` is a fraction; 0 and 1 give minus and plus infinity.
 * Example: normalQuantile(0.975) = 1.959963984540054.
 */
export const normalQuantile = (p: number): number => -Math.SQRT2 * erfcinv(2 * p);

/**
 * The z that leaves `alpha` outside both sides together, z_{1 - alpha/2}.
 * Computed from the tail, so that tiny alphas keep their digits.
 * Example: twoSidedQuantile(0.05) = 1.959963984540054.
 */
export const twoSidedQuantile = (alpha: number): number => Math.SQRT2 * erfcinv(alpha);
