import type { Sample } from '@/lib/core/stats/sample';
import { varianceOf } from '@/lib/core/stats/sample';

/** Standard errors of a difference of two rates, fractions. */
export interface StandardErrors {
  readonly unpooled: number;
  readonly pooled: number;
  readonly max: number;
}

/**
 * Standard errors of p_T - p_C. Unpooled: sqrt(p_C q_C/n_C + p_T q_T/n_T). Pooled: sqrt(p q (1/n_C + 1/n_T)),
 * p over both arms. Decisions use the larger one: the unpooled alone fires falsely at uneven splits and few counts
 * (statistics A0.3, A2). Null without units in an arm.
 * Example: 250 of 5,000 against 300 of 5,000: unpooled 0.0045585, pooled 0.0045596.
 */
export function standardErrors(control: Sample, treatment: Sample): StandardErrors | null {
  const variances = [varianceOf(control), varianceOf(treatment)] as const;
  if (variances[0] === null || variances[1] === null) return null;
  const unpooled = Math.sqrt(variances[0] + variances[1]);
  const p = (control.x + treatment.x) / (control.n + treatment.n);
  const pooled = Math.sqrt(p * (1 - p) * (1 / control.n + 1 / treatment.n));
  return { unpooled, pooled, max: Math.max(unpooled, pooled) };
}
