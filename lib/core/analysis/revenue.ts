import type { Analysis, ArmReading, VariationState } from '@/lib/core/analysis/analysis';
import type { RevenueJudgement } from '@/lib/core/analysis/revenue-judgement';
import { judgeRevenue } from '@/lib/core/analysis/revenue-judgement';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { GoalId, VariationId } from '@/lib/core/experiment/ids';

/**
 * A variation's revenue per visitor against the reference's. Points carry no uncertainty: a report gives sums and no
 * second moment (statistics A4).
 */
export interface RevenueComparison {
  /** Of revenue per visitor, money. */
  readonly difference: number | null;
  /** Of revenue per visitor, relative. */
  readonly lift: number | null;
  /** Relative: (1 + rate)(1 + ordersPerBuyer)(1 + perOrder) = 1 + lift. Only the rate has a judgement, `rateState`. */
  readonly parts: {
    readonly rate: number | null;
    readonly ordersPerBuyer: number | null;
    readonly perOrder: number | null;
  };
  readonly rateState: VariationState;
  readonly judgement: RevenueJudgement;
}

/** Money without a currency; everything per visitor or order is a point without uncertainty. */
export interface RevenueArm {
  readonly variationId: VariationId;
  readonly isReference: boolean;
  readonly revenue: number | null;
  /** People with at least one order. */
  readonly buyers: number;
  readonly orders: number;
  readonly perVisitor: number | null;
  /** Average order value. */
  readonly perOrder: number | null;
  /** null for the reference, and where nothing is compared or no revenue was given. */
  readonly comparison: RevenueComparison | null;
}

export interface RevenueReading {
  readonly goalId: GoalId;
  /** In the order of the analysis. */
  readonly arms: readonly RevenueArm[];
}

/**
 * What may be said of the judged goal's revenue (statistics A4): points, what they are made of, and never "significant"
 * unless the most an order can be worth is set and enforced. Null where the goal carries no revenue.
 */
export function readRevenue(
  { goals }: Pick<Experiment, 'goals'>,
  analysis: Analysis,
): RevenueReading | null {
  const goalId = goals.find(({ id }) => id === analysis.goalId)?.id;
  const carries = analysis.arms.some(({ revenue }) => revenue !== null && revenue > 0);
  if (goalId === undefined || !carries) return null;
  const reference = analysis.arms.find(({ isReference }) => isReference) ?? null;
  return {
    goalId,
    arms: analysis.arms.map((arm) => ({
      variationId: arm.variationId,
      isReference: arm.isReference,
      revenue: arm.revenue,
      buyers: arm.converted,
      orders: arm.conversions,
      perVisitor: ratio(arm.revenue, arm.visitors),
      perOrder: ratio(arm.revenue, arm.conversions),
      comparison: reference === null ? null : compareRevenue(analysis, reference, arm),
    })),
  };
}

function compareRevenue(
  analysis: Analysis,
  reference: ArmReading,
  arm: ArmReading,
): RevenueComparison | null {
  const { comparison } = arm;
  if (comparison === null || arm.revenue === null || reference.revenue === null) return null;
  const own = ratio(arm.revenue, arm.visitors);
  const base = ratio(reference.revenue, reference.visitors);
  const lift = (of: (one: ArmReading) => number | null): number | null => {
    const [from, to] = [of(reference), of(arm)];
    return from === null || to === null || !(from > 0) ? null : to / from - 1;
  };
  return {
    difference: own === null || base === null ? null : own - base,
    lift: lift(({ revenue, visitors }) => ratio(revenue, visitors)),
    parts: {
      rate: lift(({ converted, visitors }) => ratio(converted, visitors)),
      ordersPerBuyer: lift(({ conversions, converted }) => ratio(conversions, converted)),
      perOrder: lift(({ revenue, conversions }) => ratio(revenue, conversions)),
    },
    rateState: comparison.state,
    judgement: judgeRevenue(analysis, reference, arm, comparison),
  };
}

const ratio = (sum: number | null, count: number): number | null =>
  sum === null || !(count > 0) ? null : sum / count;
