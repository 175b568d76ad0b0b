import { lnUpperGamma } from '@/lib/core/stats/ln-upper-gamma';

export interface SplitChiSquare {
  readonly total: number;
  readonly chiSquare: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
  /** Holds where `p` underflows. */
  readonly lnP: number;
}

/**
 * Chi-square test of a traffic split: sum (o - e)²/e with e = total w/sum(w), df = arms - 1, p = Q(df/2, chi²/2).
 * Valid for one look; on a live page it is information only (statistics A5). Arms of weight 0 must be left out by the
 * caller: null with them, with fewer than two arms, or without visitors.
 * Example: 50,825 and 49,780 at 50/50: chi² 10.8546, p = 0.00098552.
 */
export function splitChiSquare(
  observed: readonly number[],
  weights: readonly number[],
): SplitChiSquare | null {
  const total = observed.reduce((sum, count) => sum + count, 0);
  const weight = weights.reduce((sum, share) => sum + share, 0);
  if (observed.length < 2 || observed.length !== weights.length || !(total > 0)) return null;
  if (weights.some((share) => !(share > 0))) return null;
  const chiSquare = observed.reduce((sum, count, i) => {
    const expected = (total * (weights[i] ?? 0)) / weight;
    return sum + (count - expected) ** 2 / expected;
  }, 0);
  const degreesOfFreedom = observed.length - 1;
  const lnP = lnUpperGamma(degreesOfFreedom / 2, chiSquare / 2);
  return { total, chiSquare, degreesOfFreedom, p: Math.exp(lnP), lnP };
}
