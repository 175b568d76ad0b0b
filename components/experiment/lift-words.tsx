import type { ReactNode } from 'react';
import type { ValueTick } from '@/components/charts/plot-axes';
import type { PlotRow, PlotSeries } from '@/components/charts/plot-data';
import type { TwinTable } from '@/components/charts/rows-table';
import { tickDecimals } from '@/components/charts/ticks';
import type { TimeChartWords } from '@/components/charts/time-chart';
import { callOf, callsOf, isUnjudged, isWithheld } from '@/components/experiment/chart-state';
import { dayOf, plainName } from '@/components/experiment/chart-words';
import type { ChartWords } from '@/components/experiment/chart-words';
import type { LiftContext } from '@/components/experiment/lift-marks';
import { truncate } from '@/components/charts/truncate';
import { armOf } from '@/lib/core/words/reading-facts';

const LONGEST_AXIS_NAME = 9;

export const isolated = { n: (chunks: ReactNode) => <bdi>{chunks}</bdi> };
const bare = { n: (chunks: string) => chunks };

/** Signed percents, and zero under the reference's name. */
export const toLiftTicks =
  ({ words: { t, figures }, analysis }: LiftContext) =>
  (ticks: readonly number[]): readonly ValueTick[] => {
    const name = armOf(analysis, analysis.referenceId)?.name ?? '';
    const zero = {
      name: t('axis.reference', { name: truncate(name, LONGEST_AXIS_NAME) }),
      full: t('axis.reference', { name }),
    };
    const decimals = tickDecimals(ticks);
    return ticks.map((value) => ({
      value,
      label: figures.changeTick(value, decimals),
      zero: value === 0 ? zero : null,
    }));
  };

/** What both charts over time say in the same words. */
export function toCommonWords(
  { t, figures }: ChartWords,
  launchMs: number,
): Pick<TimeChartWords, 'ends' | 'legend' | 'table' | 'dayTick'> {
  return {
    ends: t('label.ends'),
    legend: {
      live: t('legend.live'),
      backfill: t('legend.backfill'),
      select: t('legend.select'),
      pending: t('legend.pending'),
    },
    table: { show: t('table.show'), hide: t('table.hide') },
    dayTick: (atMs, day) => {
      const date = figures.date(atMs);
      return atMs === launchMs
        ? { label: t('axis.launch', { date }), shortLabel: t('axis.launchShort') }
        : { label: t('axis.day', { day, date }), shortLabel: t('axis.dayShort', { day }) };
    },
  };
}

export const toLiftWords =
  (context: LiftContext & { readonly note: string | null }) =>
  (selected: PlotSeries, at: number): TimeChartWords => {
    const { words, analysis, launchMs, rows, note } = context;
    const { t, figures, between, day } = words;
    const name = selected.name;
    const reference = armOf(analysis, analysis.referenceId)?.name ?? '';
    const level = figures.level(analysis.confidenceLevel);
    const newest = rows.at(-1)?.values[at] ?? null;
    const title = t('lift.title');
    return {
      ...toCommonWords(words, launchMs),
      title,
      about: t.rich(isWithheld(analysis) ? 'lift.aboutUnjudged' : 'lift.about', {
        ...isolated,
        name,
        reference,
        level,
      }),
      aboutShort: t.rich('lift.aboutShort', { ...isolated, name, reference, level }),
      note,
      slider: t('lift.slider', { title }),
      alternative: t.markup('lift.picture', {
        ...bare,
        reference: plainName(reference),
        name: plainName(name),
        stands: t(analysis.leaderId === selected.id ? 'stands.leads' : 'stands.shown'),
        lift: newest === null ? '' : figures.change(newest.value),
        between: between(newest?.interval ?? null, figures.change),
        call: sayCall(context, selected),
      }),
      describe: (row) => {
        const value = row.values[at];
        const place = { day: day(row.atMs), moment: figures.moment(row.atMs), people: row.people };
        if (value == null) return t('lift.readOutEarly', place);
        return t('lift.readOut', {
          ...place,
          lift: figures.change(value.value),
          between: between(value.interval, figures.change),
        });
      },
      makeTable: () => toTwin(words, title, context.series, rows, t('table.lift'), figures.change),
    };
  };

function sayCall({ words: { t }, analysis, launchMs }: LiftContext, selected: PlotSeries): string {
  if (analysis.verdict.state === 'blocked') return t('call.blocked');
  if (isUnjudged(analysis)) return t('call.unjudged');
  const call = callOf(analysis, selected.id);
  if (call === null) {
    const last = callsOf(analysis, selected.id).at(-1);
    if (last?.withdrawn == null) return t('call.none');
    const withdrawn = dayOf(last.withdrawn.atMs, launchMs);
    return t('call.withdrawnSentence', { day: last.day, withdrawn });
  }
  if (call.isFinal) return t('call.finalSentence', { day: call.day });
  if (call.shakenAtMs !== null)
    return t('call.shakenSentence', { day: call.day, shaken: dayOf(call.shakenAtMs, launchMs) });
  if (call.confirmedAtMs === null) return t('call.calledSentence', { day: call.day });
  return t('call.confirmedSentence', {
    day: call.day,
    confirmed: dayOf(call.confirmedAtMs, launchMs),
  });
}

/** The rows as a table, newest first: moment, kind of look, people, and two columns for each line. */
export function toTwin(
  { t, figures, range, day }: ChartWords,
  title: string,
  series: readonly PlotSeries[],
  rows: readonly PlotRow[],
  valueWord: string,
  format: (share: number) => string,
): TwinTable {
  return {
    label: t('table.label', { title }),
    moment: t('table.moment', { zone: figures.timeZone }),
    series,
    parts: [valueWord, t('table.interval')],
    tails: [t('table.people'), t('table.source')],
    rows: rows.toReversed().map((row) => ({
      key: String(row.atMs),
      cells: [
        `${day(row.atMs)}, ${figures.moment(row.atMs)}`,
        ...series.flatMap((_, at) => {
          const value = row.values[at];
          if (value == null) return ['', ''];
          return [format(value.value), range(value.interval, format)];
        }),
        figures.count(row.people),
        t(`legend.${row.source}`),
      ],
    })),
  };
}
