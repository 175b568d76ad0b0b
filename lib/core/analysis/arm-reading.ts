import type { ArmReading, Comparison } from '@/lib/core/analysis/analysis';
import type { ArmInput } from '@/lib/core/analysis/read-counts';
import type { Better } from '@/lib/core/analysis/settings';
import type { VariationId } from '@/lib/core/experiment/ids';
import { twoSidedQuantile } from '@/lib/core/stats/normal-quantile';
import { rateOf } from '@/lib/core/stats/sample';
import { wilson } from '@/lib/core/stats/wilson';

/** Rate intervals are "at this moment", 95 % whatever the method (statistics A12.9). */
const RATE_Z = twoSidedQuantile(0.05);

/** One row of the table: counts, rate and how it compares. */
export function toArmReading(
  arm: ArmInput,
  referenceId: VariationId | null,
  comparison: Comparison | null,
): ArmReading {
  const { variation, place, visitors, visits, converted, conversions, revenue, platform, sample } =
    arm;
  return {
    variationId: variation.id,
    name: variation.name,
    isReference: variation.id === referenceId,
    isOriginal: variation.isOriginal,
    place,
    weight: variation.weight,
    visitors,
    visits,
    converted,
    conversions,
    revenue,
    rate: sample && rateOf(sample),
    rateInterval: sample && wilson(sample, RATE_Z),
    platform,
    comparison,
  };
}

/** The best lift is the best rate, which is known even where the reference has no conversions. */
export function findLeader(arms: readonly ArmReading[], better: Better): VariationId | null {
  const shown = arms.filter(({ comparison, rate }) => comparison?.liftInterval && rate !== null);
  if (shown.length === 0) return null;
  const way = better === 'higher' ? 1 : -1;
  const merit = (arm: ArmReading): number => way * (arm.rate ?? 0);
  return shown.reduce((best, arm) => (merit(arm) > merit(best) ? arm : best)).variationId;
}
