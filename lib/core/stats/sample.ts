/** Counts behind one proportion: `x` of `n` units (people) converted. Sound data have 0 <= x <= n. */
export interface Sample {
  readonly n: number;
  readonly x: number;
}

/** A closed interval with both ends known. */
export interface Limits {
  readonly lower: number;
  readonly upper: number;
}

/**
 * Share of units that converted, fraction; null without units.
 * Example: 50 of 1,000 is 0.05.
 */
export const rateOf = ({ n, x }: Sample): number | null => (n > 0 ? x / n : null);

/**
 * Variance of the observed rate, p(1 - p)/n, unpooled; null without units.
 * Example: 50 of 1,000 gives 4.75e-5.
 */
export function varianceOf(sample: Sample): number | null {
  const p = rateOf(sample);
  return p === null ? null : (p * (1 - p)) / sample.n;
}
