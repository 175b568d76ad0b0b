import type { Analysis, ArmReading } from '@/lib/core/analysis/analysis';
import type { Family, PairPlan } from '@/lib/core/analysis/family';
import { comparisonAlpha, planPair } from '@/lib/core/analysis/family';
import { toAlpha } from '@/lib/core/analysis/read-look';
import { DEFAULT_SETTINGS } from '@/lib/core/analysis/settings';

/** At which levels, and tuned to how many people, an analysis holds one variation against its reference. */
export interface ComparisonPlan {
  /** Of the whole family. */
  readonly alpha: number;
  /** Variations held against the reference. */
  readonly comparisons: number;
  /** Of one comparison, before an end that was planned splits it. */
  readonly ownAlpha: number;
  readonly pair: PairPlan;
}

/**
 * The plan an analysis was made with, read back from what it tells of itself.
 * Example: three arms at 95 % without a planned end: own alpha 0.025, N* 10,000. Null without such a comparison.
 */
export function pairPlanOf(
  analysis: Analysis,
  { variationId }: Pick<ArmReading, 'variationId'>,
): ComparisonPlan | null {
  const tested = analysis.arms.filter(({ weight }) => weight !== 0);
  const place = (id: string | null): number => tested.findIndex((arm) => arm.variationId === id);
  const [reference, other] = [place(analysis.referenceId), place(variationId)];
  if (reference < 0 || other < 0 || reference === other) return null;
  const { plannedEnd, plannedVisitors, better } = analysis.method;
  const family: Family = {
    ids: tested.map((arm) => arm.variationId),
    reference,
    weights: tested.map(({ weight }) => weight),
    alpha: toAlpha(analysis.confidenceLevel),
    better,
    startedAtMs: 0,
    settings: { ...DEFAULT_SETTINGS, plannedEnd, plannedVisitors },
  };
  const ownAlpha = comparisonAlpha(family);
  return {
    alpha: family.alpha,
    comparisons: tested.length - 1,
    ownAlpha,
    pair: planPair(family, reference, other, ownAlpha),
  };
}
