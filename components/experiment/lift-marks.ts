/** What stands beside and above the lift lines: the call, a split change, the labels at the line ends. */
import type { EndLabel } from '@/components/charts/end-labels';
import type { PlotMarker } from '@/components/charts/markers';
import { findNewest } from '@/components/charts/plot-data';
import type { PlotRow, PlotSeries } from '@/components/charts/plot-data';
import { callOf } from '@/components/experiment/chart-state';
import { dayOf } from '@/components/experiment/chart-words';
import type { ChartWords } from '@/components/experiment/chart-words';
import type { Analysis } from '@/lib/core/analysis/analysis';
import type { Experiment } from '@/lib/core/experiment/experiment';

export interface LiftContext {
  readonly words: ChartWords;
  readonly analysis: Analysis;
  readonly experiment: Experiment;
  readonly launchMs: number;
  readonly series: readonly PlotSeries[];
  readonly rows: readonly PlotRow[];
}

export const toFirmFromMs =
  ({ analysis, rows }: LiftContext) =>
  (selected: PlotSeries): number | null =>
    withinData(rows, callOf(analysis, selected.id)?.calledAtMs ?? null);

/** What is over may be read, called and confirmed later: the picture marks that at the end of its data. */
const withinData = <At extends number | null>(rows: readonly PlotRow[], atMs: At): At | number =>
  atMs === null ? atMs : Math.min(atMs, rows.at(-1)?.atMs ?? atMs);

export const toMarkers =
  (context: LiftContext) =>
  (selected: PlotSeries): readonly PlotMarker[] =>
    [toCallMarker(context, selected), toChangeMarker(context)].filter((marker) => marker !== null);

function toCallMarker(
  { words: { t, figures }, analysis, launchMs, series, rows }: LiftContext,
  selected: PlotSeries,
): PlotMarker | null {
  const call = callOf(analysis, selected.id);
  if (call === null) return null;
  const moment = figures.moment(call.calledAtMs);
  const { confirmedAtMs } = call;
  const isCrossing = leavesZeroAt(
    rows,
    series.indexOf(selected),
    withinData(rows, call.calledAtMs),
  );
  const called = t('call.called', { day: call.day });
  return {
    key: 'call',
    kind: 'call',
    atMs: withinData(rows, call.calledAtMs),
    title:
      confirmedAtMs === null
        ? called
        : t('call.confirmed', { day: call.day, confirmed: dayOf(confirmedAtMs, launchMs) }),
    shortTitle: called,
    detail:
      call.state === 'no-difference'
        ? t('call.within', { moment })
        : isCrossing
          ? t('call.leavesZero', { moment })
          : moment,
    shortDetail: moment,
    hasRing: isCrossing,
    tickAtMs: withinData(rows, confirmedAtMs),
  };
}

/**
 * Whether the band held zero just before a moment and no longer does: a winner of the first week is called later than
 * its band left zero, and then the picture must not say otherwise.
 */
export function leavesZeroAt(rows: readonly PlotRow[], series: number, atMs: number): boolean {
  const drawn = rows.filter((row) => row.values[series] != null);
  const at = drawn.findIndex((row) => row.atMs >= atMs);
  const holdsZero = (row: PlotRow | undefined): boolean => {
    const interval = row?.values[series]?.interval;
    return interval != null && (interval.lower ?? -1) <= 0 && (interval.upper ?? 1) >= 0;
  };
  return at > 0 && holdsZero(drawn[at - 1]) && !holdsZero(drawn[at]);
}

function toChangeMarker({ words: { t, figures }, experiment }: LiftContext): PlotMarker | null {
  const atMs = experiment.splitChangedAtMs;
  if (atMs === null) return null;
  return {
    key: 'change',
    kind: 'change',
    atMs,
    title: t('change.title'),
    shortTitle: t('change.short'),
    detail: figures.moment(atMs),
    shortDetail: figures.moment(atMs),
    hasRing: false,
    tickAtMs: null,
  };
}

export const toLiftLabels =
  ({ words: { t, figures }, rows }: LiftContext) =>
  (series: readonly PlotSeries[]): readonly EndLabel[] =>
    toEndLabels(rows, series, {
      value: figures.change,
      atMost: (value) => t('label.atMost', { value: figures.change(value) }),
      atLeast: (value) => t('label.atLeast', { value: figures.change(value) }),
      noUpper: t('label.noUpper'),
      noLower: t('label.noLower'),
    });

interface LabelWords {
  readonly value: (share: number) => string;
  readonly atMost: (share: number) => string;
  readonly atLeast: (share: number) => string;
  readonly noUpper: string;
  readonly noLower: string;
}

/** One label for each line that has an end. */
export const toEndLabels = (
  rows: readonly PlotRow[],
  series: readonly PlotSeries[],
  words: LabelWords,
): readonly EndLabel[] =>
  series.flatMap((line, at) => {
    const newest = findNewest(rows, at)?.values[at];
    if (newest == null) return [];
    const { value, interval } = newest;
    const upper = interval?.upper ?? null;
    const lower = interval?.lower ?? null;
    return [
      {
        series: line,
        value,
        valueText: words.value(value),
        upper,
        upperText: upper === null ? words.noUpper : words.atMost(upper),
        lower,
        lowerText: lower === null ? words.noLower : words.atLeast(lower),
      },
    ];
  });
