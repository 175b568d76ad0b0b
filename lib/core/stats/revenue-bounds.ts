import type { Limits } from '@/lib/core/stats/sample';
import { twoSidedP } from '@/lib/core/stats/two-sided-p';

/** Revenue of one arm as a report gives it; money in one currency, `purchases` the visitors who bought. */
export interface RevenueTotals {
  readonly visitors: number;
  readonly purchases: number;
  readonly revenue: number;
}

/** Revenue per visitor; null without visitors. Example: 48,000 of 20,000 visitors: 2.4. */
export const revenuePerVisitor = ({ visitors, revenue }: RevenueTotals): number | null =>
  visitors > 0 ? revenue / visitors : null;

/** Average order value; null without purchases. Example: 48,000 of 600 purchases: 80. */
export const averageOrder = ({ purchases, revenue }: RevenueTotals): number | null =>
  purchases > 0 ? revenue / purchases : null;

/**
 * The least the variance of revenue per visitor can be: a² p(1 - p), a the average order, p the share who bought;
 * reached when every order equals the average. Null without visitors.
 * Example: 600 purchases of 80 in 20,000 visitors: 186.24.
 */
export function leastVariance(totals: RevenueTotals): number | null {
  if (!(totals.visitors > 0)) return null;
  const p = totals.purchases / totals.visitors;
  return (averageOrder(totals) ?? 0) ** 2 * p * Math.max(0, 1 - p);
}

/**
 * The most it can be when every visitor's revenue lies in [0, cap]: r (cap - r), r the revenue per visitor
 * (Bhatia & Davis 2000). Null without visitors, or where the totals break the cap.
 * Example: 2.4 a visitor, cap 500: 1,194.24.
 */
export function mostVariance(totals: RevenueTotals, cap: number): number | null {
  const mean = revenuePerVisitor(totals);
  if (mean === null || mean > cap || (averageOrder(totals) ?? 0) > cap) return null;
  return mean * (cap - mean);
}

export interface RevenueTest {
  readonly z: number;
  /** Two-sided, one look. */
  readonly p: number;
  readonly interval: Limits;
}

/**
 * Test of equal revenue per visitor with variances that are bounds. With the least ones its p is a lower bound and may
 * only say "not significant"; with the most ones its p is an upper bound and its interval holds: that may say
 * "significant" (statistics A4). One look; `multiplier` is z, or a sequence's c. Null where a variance is unknown or
 * both are 0.
 * Example: 2.4 against 2.6 of 20,000 each, least variances 186.24 and 204.49: z = 1.43089, p = 0.152461.
 */
export function revenueTest(
  control: RevenueTotals,
  treatment: RevenueTotals,
  variances: readonly [number | null, number | null],
  multiplier: number,
): RevenueTest | null {
  const [c, t] = [revenuePerVisitor(control), revenuePerVisitor(treatment)];
  if (c === null || t === null || variances[0] === null || variances[1] === null) return null;
  const error = Math.sqrt(variances[0] / control.visitors + variances[1] / treatment.visitors);
  if (!(error > 0)) return null;
  const difference = t - c;
  return {
    z: difference / error,
    p: twoSidedP(difference / error),
    interval: {
      lower: difference - multiplier * error,
      upper: difference + multiplier * error,
    },
  };
}
