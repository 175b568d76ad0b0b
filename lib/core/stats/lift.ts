import type { Limits, Sample } from '@/lib/core/stats/sample';
import { rateOf, varianceOf } from '@/lib/core/stats/sample';

/**
 * Relative lift p_T/p_C - 1, a fraction; null where the control has no conversions or an arm no units.
 * Example: 250 of 5,000 against 300 of 5,000: 0.2.
 */
export function liftOf(control: Sample, treatment: Sample): number | null {
  const pC = rateOf(control);
  const pT = rateOf(treatment);
  return pC === null || pT === null || pC === 0 ? null : pT / pC - 1;
}

/**
 * Delta-method standard error of the lift: sqrt(v_T/p_C² + v_C p_T²/p_C⁴). Only to compare with other tools:
 * intervals built on it over-fire under peeking and can contradict the difference (statistics A0.4, A0.5).
 * Example: 50 of 1,000 against the same: 0.19494.
 */
export function deltaLiftError(control: Sample, treatment: Sample): number | null {
  const pC = rateOf(control);
  const pT = rateOf(treatment);
  const vC = varianceOf(control);
  const vT = varianceOf(treatment);
  if (pC === null || pT === null || vC === null || vT === null || pC === 0) return null;
  return Math.sqrt(vT / pC ** 2 + (vC * pT ** 2) / pC ** 4);
}

/**
 * Lift -+ multiplier times its delta-method error (`multiplier` is z, or a confidence sequence's c).
 * Null where the width would be 0.
 * Example: 50 of 1,000 against the same, 1.96: [-0.38207, 0.38207].
 */
export function deltaLift(control: Sample, treatment: Sample, multiplier: number): Limits | null {
  const lift = liftOf(control, treatment);
  const error = deltaLiftError(control, treatment);
  if (lift === null || error === null || error === 0) return null;
  return { lower: lift - multiplier * error, upper: lift + multiplier * error };
}

export interface LogRatio {
  /** ln(p_T / p_C). */
  readonly value: number;
  /** sqrt((1 - p_C)/x_C + (1 - p_T)/x_T). */
  readonly error: number;
}

/**
 * Log ratio of the rates with Katz's standard error (Katz 1978); null where an arm has no conversions.
 * Example: 50 of 1,000 against the same: value 0, error 0.19494.
 */
export function logRatio(control: Sample, treatment: Sample): LogRatio | null {
  const pC = rateOf(control);
  const pT = rateOf(treatment);
  if (pC === null || pT === null || pC === 0 || pT === 0) return null;
  return {
    value: Math.log(pT / pC),
    error: Math.sqrt((1 - pC) / control.x + (1 - pT) / treatment.x),
  };
}

/**
 * Lift interval on the log scale: exp(ln ratio -+ multiplier * error) - 1.
 * Example: 50 of 1,000 against the same, 1.96: [-0.31756, 0.46531].
 */
export function katzLift(control: Sample, treatment: Sample, multiplier: number): Limits | null {
  const ratio = logRatio(control, treatment);
  if (ratio === null) return null;
  return {
    lower: Math.expm1(ratio.value - multiplier * ratio.error),
    upper: Math.expm1(ratio.value + multiplier * ratio.error),
  };
}
