import type { Claim, Figure } from '@/lib/core/analysis/second-opinion/second-opinion';
import { alwaysValidP, lnEValue } from '@/lib/core/stats/confidence-sequence';
import { oneSidedP } from '@/lib/core/stats/one-sided-p';
import { lnTwoSidedP, twoSidedP } from '@/lib/core/stats/two-sided-p';

/** A figure, with what compares two of them where both are beyond the digits of a p. */
export interface Certainty {
  readonly figure: Figure;
  /** ln of the p against "not higher" and against "not lower". */
  readonly lnP: { readonly higher: number; readonly lower: number };
}

/** Reliability of "higher", one look. Example: z = 1.644854: confidence 0.95, p 0.05. */
export const oneSided = (z: number): Certainty => ({
  figure: { confidence: oneSidedP(-z), p: oneSidedP(z), sides: 1 },
  lnP: { higher: lnOneSidedP(z), lower: lnOneSidedP(-z) },
});

/** Of one look, times the number of comparisons. Example: z = 1.959964, 3: p 0.15. */
export const twoSided = (z: number, times: number): Certainty =>
  towards(z, Math.min(1, twoSidedP(z) * times), Math.log(times) + lnTwoSidedP(z));

/** Of every look at once, on the scale of the family. Example: z 2.193172, n 10,000, rho² 7.93615e-4, 1: p 0.35317. */
export function alwaysValid(z: number, n: number, rho2: number, times: number): Certainty {
  const lnE = lnEValue(z, n, rho2);
  return towards(z, Math.min(1, alwaysValidP(lnE) * times), Math.log(times) - lnE);
}

/** As the platform gave it. Beyond its rounding nothing is known, so 100 % is not taken for certainty. */
export function asGiven(reliability: number, sides: 1 | 2, way: Claim): Certainty {
  const lnP = Math.log(Math.max(1 - reliability, SMALLEST_GIVEN_P));
  const figure: Figure = { confidence: reliability, p: 1 - reliability, sides };
  if (sides === 1)
    return { figure, lnP: { higher: lnP, lower: Math.log(Math.max(reliability, 1e-6)) } };
  return { figure, lnP: { higher: way === 'lower' ? 0 : lnP, lower: way === 'lower' ? lnP : 0 } };
}

/** Ours as it stands, where its counts are not at hand. */
export const asOurs = (p: number, way: Claim): Certainty =>
  towards(way === 'lower' ? -1 : way === 'higher' ? 1 : 0, p, Math.log(p));

const SMALLEST_GIVEN_P = 1e-6;

function towards(z: number, p: number, lnP: number): Certainty {
  const capped = Math.min(0, lnP);
  return {
    figure: { confidence: 1 - p, p, sides: 2 },
    lnP: { higher: z > 0 ? capped : 0, lower: z < 0 ? capped : 0 },
  };
}

const lnOneSidedP = (z: number): number =>
  z > 0 ? lnTwoSidedP(z) - Math.LN2 : Math.log(oneSidedP(z));
