import type { Analysis, ArmReading, Comparison } from '@/lib/core/analysis/analysis';
import { pairPlanOf } from '@/lib/core/analysis/second-opinion/pair-plan-of';
import type { Claim } from '@/lib/core/analysis/second-opinion/second-opinion';
import type { VariationId } from '@/lib/core/experiment/ids';
import { sequenceMultiplier, tuneRho2 } from '@/lib/core/stats/confidence-sequence';
import { twoSidedQuantile } from '@/lib/core/stats/normal-quantile';
import type { RevenueTotals } from '@/lib/core/stats/revenue-bounds';
import { leastVariance, revenueTest } from '@/lib/core/stats/revenue-bounds';
import type { Limits } from '@/lib/core/stats/sample';

/** Why the most an order can be worth gives no interval. */
export type CapReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'few-orders'; readonly smallest: number; readonly needed: number }
  /** The figures exceed what the cap allows, so it is not enforced: it is not believed. */
  | {
      readonly kind: 'cap-broken';
      readonly variationId: VariationId;
      readonly cap: number;
      readonly perOrder: number;
    };

export type RevenueJudgement =
  /** Figures only: the counts themselves may not be judged (yet). */
  | {
      readonly kind: 'withheld';
      readonly state: 'blocked' | 'not-applicable' | 'collecting';
    }
  | { readonly kind: 'no-orders' }
  /** Whatever the carts: `z` is the most, `p` (two-sided, one look) the least they can be. */
  | { readonly kind: 'cannot-be-significant'; readonly z: number; readonly p: number }
  /** The spread of the carts would have to be known. */
  | {
      readonly kind: 'undetermined';
      readonly z: number;
      readonly p: number;
      readonly cap: CapReading;
    }
  /** Conservative interval of the difference of revenue per visitor; holds at every look while the cap is enforced. */
  | {
      readonly kind: 'bounded';
      readonly claim: Claim;
      readonly interval: Limits;
      /** Of one comparison. */
      readonly alpha: number;
      readonly multiplier: number;
      readonly cap: number;
      /** Orders beyond the first of a buyer, both arms: they widen it. */
      readonly repeatOrders: number;
    };

/** Below so many buyers an arm, a few large orders make the interval too optimistic (statistics A4). */
export const NEEDED_ORDERS = 100;

/**
 * The lower bound first: with every cart at the average the test is as generous as it can be, so what it does not find
 * cannot be significant. What it finds is undetermined, unless a cap bounds the spread from above.
 */
export function judgeRevenue(
  analysis: Analysis,
  reference: ArmReading,
  arm: ArmReading,
  { state, reasons }: Comparison,
): RevenueJudgement {
  const plan = pairPlanOf(analysis, arm);
  const isExploratory = reasons.length === 1 && reasons[0]?.kind === 'exploratory';
  if (state === 'blocked' || (state === 'not-applicable' && !isExploratory) || plan === null)
    return { kind: 'withheld', state: state === 'blocked' ? 'blocked' : 'not-applicable' };
  const isWaiting = reasons.some(({ kind }) => kind === 'unit-unproven');
  if (isWaiting) return { kind: 'withheld', state: 'collecting' };

  const [a, b] = [toTotals(reference), toTotals(arm)];
  const z = twoSidedQuantile(plan.alpha);
  const most = revenueTest(a, b, [leastVariance(a), leastVariance(b)], z);
  if (most === null) return { kind: 'no-orders' };
  const cap = readCap(analysis.method.maxOrderValue, reference, arm);
  if (typeof cap !== 'number') {
    const kind = Math.abs(most.z) <= z ? 'cannot-be-significant' : 'undetermined';
    return kind === 'undetermined'
      ? { kind, z: most.z, p: most.p, cap }
      : { kind, z: most.z, p: most.p };
  }
  const { alpha, plannedVisitors } = plan.pair;
  const n = a.visitors + b.visitors;
  const multiplier = sequenceMultiplier(n, tuneRho2(alpha, plannedVisitors), alpha);
  const variances = [cappedVariance(reference, cap), cappedVariance(arm, cap)] as const;
  const bounded = revenueTest(a, b, variances, multiplier);
  if (bounded === null) return { kind: 'no-orders' };
  const { interval } = bounded;
  const claim = interval.lower > 0 ? 'higher' : interval.upper < 0 ? 'lower' : 'open';
  const repeatOrders = repeats(reference) + repeats(arm);
  return { kind: 'bounded', claim, interval, alpha, multiplier, cap, repeatOrders };
}

const toTotals = ({ visitors, converted, revenue }: ArmReading): RevenueTotals => ({
  visitors,
  purchases: converted,
  revenue: revenue ?? 0,
});

const repeats = ({
  conversions,
  converted,
}: Pick<RevenueCounts, 'conversions' | 'converted'>): number =>
  Math.max(0, conversions - converted);

/** The cap where it may be used, else why not. */
function readCap(cap: number | null, reference: ArmReading, arm: ArmReading): number | CapReading {
  if (cap === null) return { kind: 'none' };
  for (const { variationId, revenue, conversions } of [reference, arm]) {
    // A cent of rounding is no broken cap.
    if (revenue === null || revenue <= cap * conversions * (1 + 1e-9)) continue;
    return { kind: 'cap-broken', variationId, cap, perOrder: revenue / Math.max(1, conversions) };
  }
  const smallest = Math.min(reference.converted, arm.converted);
  return smallest < NEEDED_ORDERS ? { kind: 'few-orders', smallest, needed: NEEDED_ORDERS } : cap;
}

/**
 * The most the variance of revenue per visitor can be when no order is worth more than M. Where nobody bought twice that
 * is r (M - r) (Bhatia & Davis). With e orders beyond the first of a buyer all of them may be one person's, whose
 * revenue then reaches M (e + 1): the sum of squares is at most M R + M² e (e + 1), and never more than R².
 * Example: 48,000 of 600 buyers in 20,000 visitors, cap 500: 1,194.24; with 5 repeat orders 1,569.24.
 */
export function cappedVariance(
  { visitors, converted, conversions, revenue }: RevenueCounts,
  cap: number,
): number {
  const sum = revenue ?? 0;
  const extra = repeats({ converted, conversions });
  const squares = Math.min(sum * sum, cap * sum + cap * cap * extra * (extra + 1));
  return Math.max(0, squares / visitors - (sum / visitors) ** 2);
}

type RevenueCounts = Pick<ArmReading, 'visitors' | 'converted' | 'conversions' | 'revenue'>;
