import type { CurvePoint } from '@/lib/core/analysis/analysis';
import { decimateLooks } from '@/lib/core/analysis/decimate-looks';
import type { VariationId } from '@/lib/core/experiment/ids';
import type { Sparkline } from '@/lib/core/live/reading';

/**
 * The leader's curve in at most `max` points, its extremes kept. Without a leader there is nothing to draw.
 * Example: a point of +12 % within [+3 %, no limit] becomes [atMs, 0.12, 0.03, null].
 */
export function toSparkline(
  points: readonly CurvePoint[],
  leaderId: VariationId | null,
  max = 40,
): Sparkline {
  if (leaderId === null) return { variationId: null, points: [] };
  return {
    variationId: leaderId,
    points: decimateLooks(points, max, { leaderId }).map(({ atMs, arms }) => {
      const arm = arms.find(({ variationId }) => variationId === leaderId);
      const { lower, upper } = arm?.liftInterval ?? { lower: null, upper: null };
      return [atMs, arm?.lift ?? null, lower, upper] as const;
    }),
  };
}
