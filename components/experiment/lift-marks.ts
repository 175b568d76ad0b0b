/** What stands beside the lift lines: from where the band is firm, and the labels at the line ends. */
import type { EndLabel } from '@/components/charts/end-labels';
import { findNewest } from '@/components/charts/plot-data';
import type { PlotRow, PlotSeries } from '@/components/charts/plot-data';
import { callOf } from '@/components/experiment/chart-state';
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
  /** What people noted, each at its moment. */
  readonly notes?: readonly ChartNote[];
}

export interface ChartNote {
  readonly id: string;
  readonly atMs: number;
}

export const toFirmFromMs =
  ({ analysis, rows }: LiftContext) =>
  (selected: PlotSeries): number | null =>
    withinData(rows, callOf(analysis, selected.id)?.calledAtMs ?? null);

/** What is over may be read, called and confirmed later: the picture marks that at the end of its data. */
export const withinData = <At extends number | null>(
  rows: readonly PlotRow[],
  atMs: At,
): At | number => (atMs === null ? atMs : Math.min(atMs, rows.at(-1)?.atMs ?? atMs));

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
