/** Curve and live reading as rows that can be drawn. The newest row always is the current analysis. */
import type { PlotRow, PlotSeries, PlotValue } from '@/components/charts/plot-data';
import type { Analysis, ArmReading, CurvePoint } from '@/lib/core/analysis/analysis';
import type { Interval } from '@/lib/core/analysis/reason';
import type { Curve } from '@/lib/core/live/reading';
import { findReason } from '@/lib/core/words/reading-facts';

/** Variations that are held against the reference. */
export const toLiftSeries = (analysis: Analysis): readonly PlotSeries[] =>
  analysis.arms.flatMap((arm) =>
    arm.comparison === null ? [] : [{ id: arm.variationId, name: arm.name, place: arm.place }],
  );

/** Every variation, the reference among them. */
export const toRateSeries = (analysis: Analysis): readonly PlotSeries[] =>
  analysis.arms.map((arm) => ({ id: arm.variationId, name: arm.name, place: arm.place }));

/** `untilMs` is where the data end: the reading, or the end of an experiment that is over. */
export function toLiftRows(
  curve: Curve | undefined,
  analysis: Analysis,
  untilMs = analysis.asOfMs,
): readonly PlotRow[] {
  const frozen = new Map(analysis.arms.map((arm) => [arm.variationId, toFrozen(arm)]));
  return toRows(withNewest(curve, analysis, untilMs), toLiftSeries(analysis), (arm, atMs) => {
    const final = frozen.get(arm.variationId) ?? null;
    return final !== null && atMs >= final.fromMs
      ? final.value
      : toValue(arm.lift, arm.liftInterval);
  });
}

/**
 * What the final look decided is drawn from there on, as the band above says it: a curve that went on with the interval
 * of every look would contradict it. null where no final look decides.
 */
function toFrozen({ comparison }: ArmReading): { fromMs: number; value: PlotValue | null } | null {
  if (comparison === null || comparison.basis !== 'final') return null;
  const fromMs = findReason(comparison.reasons, 'planned-end')?.atMs ?? null;
  return fromMs === null
    ? null
    : { fromMs, value: toValue(comparison.lift, comparison.liftInterval) };
}

export const toRateRows = (
  curve: Curve | undefined,
  analysis: Analysis,
  untilMs = analysis.asOfMs,
): readonly PlotRow[] =>
  toRows(withNewest(curve, analysis, untilMs), toRateSeries(analysis), (arm) =>
    toValue(arm.rate, arm.rateInterval),
  );

type CurveArm = CurvePoint['arms'][number];

function toRows(
  points: readonly CurvePoint[],
  series: readonly PlotSeries[],
  read: (arm: CurveArm, atMs: number) => PlotValue | null,
): readonly PlotRow[] {
  return points.map((point) => ({
    atMs: point.atMs,
    source: point.source,
    people: point.visitors,
    values: series.map(({ id }) => {
      const arm = point.arms.find(({ variationId }) => variationId === id);
      return arm === undefined ? null : read(arm, point.atMs);
    }),
  }));
}

/** The curve is fetched now and then, the analysis is pushed: what is newer than the last point is the last point. */
function withNewest(
  curve: Curve | undefined,
  analysis: Analysis,
  untilMs: number,
): readonly CurvePoint[] {
  const older = curve?.points.filter((point) => point.atMs < untilMs) ?? [];
  const newest: CurvePoint = {
    atMs: untilMs,
    source: 'live',
    visitors: analysis.arms.reduce((sum, arm) => sum + arm.visitors, 0),
    arms: analysis.arms.map((arm) => ({
      variationId: arm.variationId,
      rate: arm.rate,
      rateInterval: arm.rateInterval,
      lift: arm.comparison?.lift ?? null,
      liftInterval: arm.comparison?.liftInterval ?? null,
    })),
  };
  return [...older, newest];
}

/** An estimate is never drawn without its interval. */
const toValue = (value: number | null, interval: Interval | null): PlotValue | null =>
  value === null || interval === null ? null : { value, interval };
