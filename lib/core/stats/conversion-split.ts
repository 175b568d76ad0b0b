import { lnSplitBayesFactor } from '@/lib/core/stats/split-sequential';

export interface ConversionSplit {
  readonly lnBayesFactor: number;
  /** min(1, 1/BF): holds however often one looks. */
  readonly p: number;
}

/**
 * Exact test of equal conversion rates that holds at every look, without any asymptotics (Lindon & Malek 2022): under
 * equal rates the conversions themselves fall as the traffic was split, so the split test is asked about them.
 * Sound at one conversion, and where rates change with time; loses power where rates are high (statistics A0.6).
 * `split` are the shares of traffic, on any scale. Null without two arms of positive share.
 * Example: 500 and 600 conversions at 50/50, concentration 126: ln BF 2.94678, p = 0.052508.
 */
export function conversionSplit(
  conversions: readonly number[],
  split: readonly number[],
  concentration: number,
): ConversionSplit | null {
  const lnBayesFactor = lnSplitBayesFactor(conversions, split, concentration);
  return lnBayesFactor === null
    ? null
    : { lnBayesFactor, p: Math.min(1, Math.exp(-lnBayesFactor)) };
}
