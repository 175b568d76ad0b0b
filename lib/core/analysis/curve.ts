import type { CurvePoint } from '@/lib/core/analysis/analysis';
import { analyse } from '@/lib/core/analysis/analyse';
import { startHistory } from '@/lib/core/analysis/history';
import type { Settings } from '@/lib/core/analysis/settings';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { Method } from '@/lib/core/experiment/question';
import type { Look, UnitProof } from '@/lib/core/experiment/snapshot';

/**
 * The curve of all kept looks, oldest first: each point's intervals are those `analyse` showed at that look. Intervals do
 * not depend on earlier looks, so no history is folded; the proof matters only where it is `visits`.
 */
export const toCurve = (
  experiment: Experiment,
  looks: readonly Look[],
  method: Method,
  proof: UnitProof = 'unproven',
  settings: Partial<Settings> = {},
): CurvePoint[] =>
  looks
    .toSorted((a, b) => a.snapshot.asOfMs - b.snapshot.asOfMs)
    .map((look) => toCurvePoint(experiment, look, method, proof, settings));

/** One look as a point: what a live curve appends. */
export function toCurvePoint(
  experiment: Experiment,
  { snapshot, source }: Look,
  method: Method,
  proof: UnitProof = 'unproven',
  settings: Partial<Settings> = {},
): CurvePoint {
  const history = startHistory();
  const { arms } = analyse({ experiment, snapshot, proof, history, method, settings });
  return {
    atMs: snapshot.asOfMs,
    source,
    visitors: arms.reduce((sum, arm) => sum + arm.visitors, 0),
    arms: arms.map(({ variationId, rate, rateInterval, comparison }) => ({
      variationId,
      rate,
      rateInterval,
      lift: comparison?.lift ?? null,
      liftInterval: comparison?.liftInterval ?? null,
    })),
  };
}
