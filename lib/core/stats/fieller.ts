/** A rate with the variance it is given, fractions. */
export interface Estimate {
  readonly rate: number;
  readonly variance: number;
}

/** A null end is "no limit on that side". */
export interface FiellerLimits {
  readonly lower: number | null;
  readonly upper: number | null;
}

/**
 * Fieller's set of the lift p_T/p_C - 1 (Fieller 1954): all ratios t >= 0 with
 * (p_T - t p_C)² <= m² (v_T + t² v_C), minus 1; `multiplier` m is z, or a confidence sequence's c.
 * It excludes 0 exactly when |p_T - p_C| > m sqrt(v_C + v_T), so it never contradicts the difference.
 * With g = m² v_C/p_C² >= 1 the control is not told apart from 0: no upper limit, a half-line; no lower one either
 * when the treatment is not told apart from 0. Null when nothing is known (p_C = 0 and no variance).
 * Roots of a t² - 2 b t + c <= 0 are taken in the form without cancellation.
 * Example: 50 of 1,000 against the same (variance 4.75e-5), m = 1.96: [-0.32582, 0.48329].
 */
export function fieller(
  control: Estimate,
  treatment: Estimate,
  multiplier: number,
): FiellerLimits | null {
  const m2 = multiplier * multiplier;
  const a = control.rate ** 2 - m2 * control.variance;
  const b = control.rate * treatment.rate;
  const c = treatment.rate ** 2 - m2 * treatment.variance;
  // b² - ac, expanded: the squares of the rates cancel, and a sum of non-negative terms is left where g < 1.
  const underRoot = m2 * (treatment.variance * a + treatment.rate ** 2 * control.variance);
  const root = Math.sqrt(Math.max(0, underRoot));
  // Only where a mean of the treatment is below 0; rates never are.
  if (a > 0 && b < 0) return { lower: (b - root) / a - 1, upper: c / (b - root) - 1 };
  if (a > 0) {
    const upper = (b + root) / a - 1;
    const lower = b + root > 0 ? c / (b + root) - 1 : -1;
    return { lower: Math.min(lower, upper), upper: Number.isFinite(upper) ? upper : null };
  }
  if (control.rate === 0 && control.variance === 0) return null;
  if (c <= 0) return { lower: null, upper: null };
  return { lower: c / (b + root) - 1, upper: null };
}

/** Whether the set has both ends (g < 1). */
export const isBounded = (
  limits: FiellerLimits | null,
): limits is { readonly lower: number; readonly upper: number } =>
  limits !== null && limits.lower !== null && limits.upper !== null;
