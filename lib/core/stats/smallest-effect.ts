import { planQuantiles } from '@/lib/core/stats/sample-size';

export interface EffectPlan {
  readonly baseline: number;
  readonly alpha: number;
  readonly power: number;
  readonly sides?: 1 | 2;
}

/**
 * Smallest increase that `perArm` people find with the power wanted, one look, as a difference of rates: the d > 0 that
 * solves d = (z_a + z_b) sqrt((p1 q1 + p2 q2)/n), p2 = p1 + d; the inverse of `sampleSizeUnpooled`. With
 * r = n/(z_a + z_b)² the positive root of (r + 1) d² - (1 - 2 p1) d - 2 p1 q1 = 0.
 * Null where no rate up to 100 % is enough.
 * Example: 5 %, 31,231 people per arm, alpha 0.05, power 0.8: 0.00499997.
 */
export function smallestDifference(plan: EffectPlan, perArm: number): number | null {
  const { baseline } = plan;
  const z = planQuantiles(plan);
  const r = perArm / (z.level + z.power) ** 2;
  const slope = 1 - 2 * baseline;
  const root = Math.sqrt(slope * slope + 8 * baseline * (1 - baseline) * (r + 1));
  const d = (slope + root) / (2 * (r + 1));
  return perArm > 0 && d > 0 && baseline + d <= 1 ? d : null;
}

/**
 * The same with the baseline's spread in both arms: (z_a + z_b) sqrt(2 p1 q1/n).
 * Example: 5 %, 31,231 people per arm, alpha 0.05, power 0.8: 0.00488622.
 */
export function smallestDifferenceSimple(plan: EffectPlan, perArm: number): number | null {
  const z = planQuantiles(plan);
  const spread = plan.baseline * (1 - plan.baseline);
  return perArm > 0 ? (z.level + z.power) * Math.sqrt((2 * spread) / perArm) : null;
}
