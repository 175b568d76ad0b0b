import type { Limits, Sample } from '@/lib/core/stats/sample';
import { standardErrors } from '@/lib/core/stats/standard-error';
import { wilson } from '@/lib/core/stats/wilson';

/**
 * Fixed-horizon interval of p_T - p_C by Wald: d -+ z SE_unpooled, not clipped. Misleads below about ten
 * conversions or non-conversions; null where its width would be 0.
 * Example: 50 of 1,000 against the same, z = 1.96: [-0.01910, 0.01910].
 */
export function wald(control: Sample, treatment: Sample, z: number): Limits | null {
  const errors = standardErrors(control, treatment);
  if (errors === null || errors.unpooled === 0) return null;
  const d = treatment.x / treatment.n - control.x / control.n;
  return { lower: d - z * errors.unpooled, upper: d + z * errors.unpooled };
}

/**
 * Newcombe's hybrid score interval of p_T - p_C (Newcombe 1998, method 10), from the Wilson limits l, u of each arm:
 * [d - sqrt((p_T - l_T)² + (u_C - p_C)²), d + sqrt((u_T - p_T)² + (p_C - l_C)²)]. Good at any counts.
 * Example: 50 of 1,000 against the same, z = 1.96: [-0.01938, 0.01938].
 */
export function newcombe(control: Sample, treatment: Sample, z: number): Limits | null {
  const c = wilson(control, z);
  const t = wilson(treatment, z);
  if (c === null || t === null) return null;
  const pC = control.x / control.n;
  const pT = treatment.x / treatment.n;
  return {
    lower: pT - pC - Math.hypot(pT - t.lower, c.upper - pC),
    upper: pT - pC + Math.hypot(t.upper - pT, pC - c.lower),
  };
}

/**
 * Agresti-Caffo interval of p_T - p_C: Wald after one conversion and one non-conversion were added to each arm
 * (Agresti & Caffo 2000).
 * Example: 50 of 1,000 against the same, z = 1.96: [-0.01925, 0.01925].
 */
export const agrestiCaffo = (control: Sample, treatment: Sample, z: number): Limits | null =>
  wald({ n: control.n + 2, x: control.x + 1 }, { n: treatment.n + 2, x: treatment.x + 1 }, z);
