import { fieller, isBounded } from '@/lib/core/stats/fieller';
import type { Moments } from '@/lib/core/stats/moments';
import type { Limits } from '@/lib/core/stats/sample';
import type { StudentTest } from '@/lib/core/stats/student-t';
import { studentTest } from '@/lib/core/stats/student-t';

/**
 * Test of equal means with unequal variances (Welch 1947): t = (m_T - m_C)/SE,
 * df = SE⁴/((v_C/n_C)²/(n_C - 1) + (v_T/n_T)²/(n_T - 1)). One look only, and it needs second moments, which no report
 * of the platform holds: here for reference, no page shows it. Null below two units in an arm or with SE = 0.
 * Example: means 0.41 and 0.7, variances 15.21 and 38.44 of 3,407 and 3,461: t = 2.32402, df 5,841.74, p = 0.0201584.
 */
export function welchTest(control: Moments, treatment: Moments, alpha: number): StudentTest | null {
  const c = meanVariance(control);
  const t = meanVariance(treatment);
  if (c === null || t === null || !(c + t > 0)) return null;
  const difference = treatment.mean - control.mean;
  const error = Math.sqrt(c + t);
  const degreesOfFreedom = (c + t) ** 2 / (c ** 2 / (control.n - 1) + t ** 2 / (treatment.n - 1));
  return studentTest(difference, error, degreesOfFreedom, alpha);
}

/** v/n, the variance of the mean; null below two units. Example: variance 15.21 of 3,407: 0.00446434. */
export const meanVariance = ({ n, variance }: Moments): number | null =>
  variance === null || !(n > 1) ? null : variance / n;

export interface MeanLift {
  /** (m_T - m_C)/|m_C|. */
  readonly lift: number;
  /** Delta method: sqrt(v_T/m_C² + v_C m_T²/m_C⁴), v the variances of the means; null where unknown. */
  readonly error: number | null;
}

/**
 * Relative lift of a mean; null where the control's mean is 0.
 * Example: 0.41 to 0.7, as above: 0.707317, error 0.378794.
 */
export function meanLift(control: Moments, treatment: Moments): MeanLift | null {
  if (control.mean === 0) return null;
  const c = meanVariance(control);
  const t = meanVariance(treatment);
  const lift = (treatment.mean - control.mean) / Math.abs(control.mean);
  if (c === null || t === null) return { lift, error: null };
  const ratio = treatment.mean / control.mean;
  return { lift, error: Math.sqrt(t + c * ratio * ratio) / Math.abs(control.mean) };
}

/**
 * Fieller's interval of that lift; `multiplier` is z, t or c. Null where unbounded or unknown.
 * Example: as above, m = 1.96: [0.0941599, 1.70843].
 */
export function meanLiftFieller(
  control: Moments,
  treatment: Moments,
  multiplier: number,
): Limits | null {
  const c = meanVariance(control);
  const t = meanVariance(treatment);
  if (control.mean === 0 || c === null || t === null) return null;
  // The ratio of the means is that of their opposites: below 0 the control is turned over, and the lift with it.
  const sign = Math.sign(control.mean);
  const set = fieller(
    { rate: sign * control.mean, variance: c },
    { rate: sign * treatment.mean, variance: t },
    multiplier,
  );
  if (!isBounded(set)) return null;
  return sign > 0 ? set : { lower: -set.upper, upper: -set.lower };
}
