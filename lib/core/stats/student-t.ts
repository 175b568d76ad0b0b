import betainc from '@stdlib/math-base-special-betainc';
import betaincinv from '@stdlib/math-base-special-betaincinv';
import type { Limits } from '@/lib/core/stats/sample';

/**
 * Two-sided p of Student's t with `df` degrees of freedom (any real > 0): the upper tail of the regularised incomplete
 * beta function, 1 - I_x(1/2, df/2) at x = t²/(df + t²). Taken from the tail, so that small p keep their digits.
 * Example: studentP(2.3240227609215207, 5841.742) = 0.0201584.
 */
export const studentP = (t: number, df: number): number => {
  const t2 = t * t;
  return Number.isFinite(t2) ? betainc(t2 / (df + t2), 0.5, df / 2, true, true) : 0;
};

/**
 * The t that leaves `alpha` outside both sides together: the inverse of `studentP`.
 * Example: studentQuantile(0.05, 13) = 2.1603687.
 */
export function studentQuantile(alpha: number, df: number): number {
  const x = betaincinv(alpha, 0.5, df / 2, true);
  return Math.sqrt((df * x) / (1 - x));
}

export interface StudentTest {
  /** T - C, in the metric's unit. */
  readonly difference: number;
  readonly error: number;
  readonly t: number;
  readonly degreesOfFreedom: number;
  /** Two-sided, one look. */
  readonly p: number;
  readonly interval: Limits;
}

/** A difference with its standard error, tested by Student's t at one look. */
export function studentTest(
  difference: number,
  error: number,
  degreesOfFreedom: number,
  alpha: number,
): StudentTest {
  const half = studentQuantile(alpha, degreesOfFreedom) * error;
  return {
    difference,
    error,
    t: difference / error,
    degreesOfFreedom,
    p: studentP(difference / error, degreesOfFreedom),
    interval: { lower: difference - half, upper: difference + half },
  };
}
