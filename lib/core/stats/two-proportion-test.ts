import type { Sample } from '@/lib/core/stats/sample';
import { standardErrors } from '@/lib/core/stats/standard-error';
import { lnTwoSidedP, twoSidedP } from '@/lib/core/stats/two-sided-p';

export interface ProportionTest {
  readonly z: number;
  readonly chiSquare: number;
  /** Two-sided; 0 where it underflows. */
  readonly p: number;
  /** Holds where `p` underflows. */
  readonly lnP: number;
}

/**
 * Fixed-horizon test of equal rates: z = (p_T - p_C)/SE, p = erfc(|z|/sqrt 2). With the pooled SE it equals
 * R `prop.test(correct = FALSE)`. Valid for one look only: never decides on a live page (statistics A0.1).
 * Null where it is undefined: no units, or a standard error of 0.
 * Example: 250 of 5,000 against 300 of 5,000, pooled: z = 2.19317, p = 0.028295.
 */
export function twoProportionTest(
  control: Sample,
  treatment: Sample,
  kind: 'pooled' | 'unpooled' | 'max' = 'pooled',
): ProportionTest | null {
  const errors = standardErrors(control, treatment);
  if (errors === null || errors[kind] === 0) return null;
  const z = (treatment.x / treatment.n - control.x / control.n) / errors[kind];
  return { z, chiSquare: z * z, p: twoSidedP(z), lnP: lnTwoSidedP(z) };
}
