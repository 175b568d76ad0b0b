import erfc from '@stdlib/math-base-special-erfc';

/**
 * Chance of a standard normal value above z: erfc(z / sqrt 2)/2. The one-sided p of "better".
 * Example: oneSidedP(1.317131652811523) = 0.0938972.
 */
export const oneSidedP = (z: number): number => erfc(z / Math.SQRT2) / 2;

/**
 * Chance of a standard normal value up to z: Phi(z) = erfc(-z / sqrt 2)/2.
 * Example: normalCdf(1.959963984540054) = 0.975.
 */
export const normalCdf = (z: number): number => oneSidedP(-z);

/**
 * Density of the standard normal distribution: exp(-z²/2)/sqrt(2 pi).
 * Example: normalDensity(0) = 0.3989423.
 */
export const normalDensity = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
