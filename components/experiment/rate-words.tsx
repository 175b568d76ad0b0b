import type { EndLabel } from '@/components/charts/end-labels';
import type { ValueTick } from '@/components/charts/plot-axes';
import type { PlotRow, PlotSeries } from '@/components/charts/plot-data';
import { tickDecimals } from '@/components/charts/ticks';
import type { TimeChartWords } from '@/components/charts/time-chart';
import { plainName } from '@/components/experiment/chart-words';
import type { ChartWords } from '@/components/experiment/chart-words';
import { toEndLabels } from '@/components/experiment/lift-marks';
import { isolated, toCommonWords, toTwin } from '@/components/experiment/lift-words';
import type { Analysis } from '@/lib/core/analysis/analysis';
import type { Reading } from '@/lib/core/live/reading';
import { armOf } from '@/lib/core/words/reading-facts';

interface RateContext {
  readonly words: ChartWords;
  readonly reading: Reading;
  readonly analysis: Analysis;
  readonly launchMs: number;
  readonly series: readonly PlotSeries[];
  readonly rows: readonly PlotRow[];
  readonly note: string | null;
}

export const toRateTicks =
  ({ words: { figures } }: RateContext) =>
  (ticks: readonly number[]): readonly ValueTick[] => {
    const decimals = tickDecimals(ticks);
    return ticks.map((value) => ({
      value,
      label: figures.rateTick(value, decimals),
      zero: null,
    }));
  };

export const toRateLabels =
  ({ words: { t, figures }, rows }: RateContext) =>
  (series: readonly PlotSeries[]): readonly EndLabel[] =>
    toEndLabels(rows, series, {
      value: figures.rate,
      atMost: (value) => t('label.atMost', { value: figures.rate(value) }),
      atLeast: (value) => t('label.atLeast', { value: figures.rate(value) }),
      noUpper: '',
      noLower: '',
    });

export const toRateWords =
  (context: RateContext) =>
  (selected: PlotSeries, at: number): TimeChartWords => {
    const { words, reading, analysis, launchMs, series, rows, note } = context;
    const { t, figures, between, day } = words;
    const name = selected.name;
    const goal =
      reading.experiment.goals.find(({ id }) => id === analysis.goalId)?.name ??
      t('variations.mainGoal');
    const newest = rows.at(-1)?.values[at] ?? null;
    const reference = armOf(analysis, analysis.referenceId);
    const title = t('rate.title');
    const now = {
      name: plainName(name),
      rate: newest === null ? '' : figures.rate(newest.value),
      between: between(newest?.interval ?? null, figures.rate),
    };
    return {
      ...toCommonWords(words, launchMs),
      title,
      about: t.rich('rate.about', { ...isolated, name, goal }),
      aboutShort: t.rich('rate.aboutShort', { ...isolated, name, goal }),
      note,
      slider: t('lift.slider', { title }),
      alternative:
        reference === null || reference.variationId === selected.id
          ? t('rate.pictureAlone', now)
          : t('rate.picture', { ...now, reference: plainName(reference.name) }),
      describe: (row) => {
        const value = row.values[at];
        const place = { day: day(row.atMs), moment: figures.moment(row.atMs), people: row.people };
        if (value == null) return t('lift.readOutEarly', place);
        return t('rate.readOut', {
          ...place,
          rate: figures.rate(value.value),
          between: between(value.interval, figures.rate),
        });
      },
      makeTable: () => toTwin(words, title, series, rows, t('table.rate'), figures.rate),
    };
  };
