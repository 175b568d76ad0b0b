/** A metric of `n` units by its sums: of the values and of their squares, units without a value counted as 0. */
export interface Sums {
  readonly n: number;
  readonly sum: number;
  readonly sumSquares: number;
}

/** Mean of n units with their variance (unbiased); `variance` null below two units. */
export interface Moments {
  readonly n: number;
  readonly mean: number;
  readonly variance: number | null;
}

/**
 * Mean sum/n and unbiased variance (sumSquares - sum²/n)/(n - 1); null without units. A variance below 0 can only come
 * from rounding of the sums and is 0.
 * Example: 3,407 units, sum 1,396.87, squares 52,377.9767: mean 0.41, variance 15.21.
 */
export function momentsOf({ n, sum, sumSquares }: Sums): Moments | null {
  if (!(n > 0)) return null;
  const variance = n > 1 ? Math.max(0, (sumSquares - (sum * sum) / n) / (n - 1)) : null;
  return { n, mean: sum / n, variance };
}

/**
 * Moments of a proportion as tools that treat it as a metric take them: variance p(1 - p), nothing taken off n
 * (GrowthBook).
 * Example: 49 of 100: mean 0.49, variance 0.2499.
 */
export function proportionMoments({
  n,
  x,
}: {
  readonly n: number;
  readonly x: number;
}): Moments | null {
  if (!(n > 0)) return null;
  const mean = x / n;
  return { n, mean, variance: mean * (1 - mean) };
}
