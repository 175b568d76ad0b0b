/** What the picture is drawn from: the band and the lift chart of the page, with the same words. */
import { toLiftDomain, toTimeDomain } from '@/components/charts/domains';
import { gridTicks, weekTicks } from '@/components/charts/ticks';
import { findLiftEmptiness, isWithheld } from '@/components/experiment/chart-state';
import { toNote } from '@/components/experiment/chart-words';
import { toMarkers } from '@/components/experiment/lift-markers';
import type { ChartNote } from '@/components/experiment/lift-marks';
import { toFirmFromMs, toLiftLabels } from '@/components/experiment/lift-marks';
import { toLiftRows, toLiftSeries } from '@/components/experiment/lift-rows';
import { toCommonWords, toLiftTicks } from '@/components/experiment/lift-words';
import type { PictureModel } from '@/components/experiment/take-away/picture';
import type { PictureChartProps } from '@/components/experiment/take-away/picture-chart';
import type { TakenInput } from '@/components/experiment/take-away/to-take-away';
import { toStamp } from '@/components/experiment/take-away/to-stamp';
import { firstSelectedOf, launchOf } from '@/components/experiment/time-panel';
import { lastCountedMs } from '@/lib/core/experiment/last-counted';
import { toBand } from '@/lib/core/words/band';
import type { Formats } from '@/lib/core/words/formats';
import { toHealthLine } from '@/lib/core/words/health-line';
import { armOf, isolate } from '@/lib/core/words/reading-facts';
import type { PlainWords } from '@/lib/core/words/say';

export type PictureInput = TakenInput & {
  readonly formats: Formats;
  readonly plain: PlainWords;
  /** What people noted: flags on the chart. */
  readonly notes?: readonly ChartNote[] | undefined;
};

export function toPicture(input: PictureInput): PictureModel {
  const { reading, nowMs, formats, plain, address } = input;
  const band = toBand(reading, nowMs, formats);
  const health = toHealthLine(reading, formats, nowMs);
  const stamp = toStamp(reading, nowMs, formats).map(plain);
  return {
    name: isolate(reading.experiment.name),
    tags: band.tags.map(({ shape, tone, words, progress }) => ({
      shape,
      tone,
      progress,
      words: plain(words),
    })),
    fill: band.fill,
    headline: [band.headlineInFull, band.asked, band.asOf]
      .flatMap((phrase) => (phrase === null ? [] : [plain(phrase)]))
      .join(' '),
    sentence: band.sentence === null ? '' : plain(band.sentence),
    health: [health.word, ...health.parts].map(plain).join(' · '),
    stamp: [...stamp, address],
    chart: toChart(input),
  };
}

function toChart({ reading, curve, words, nowMs, notes }: PictureInput): PictureChartProps | null {
  const { analysis, experiment } = reading;
  if (analysis === null || findLiftEmptiness(reading) !== null) return null;
  const launchMs = launchOf(reading, curve);
  const rows = toLiftRows(curve, analysis, lastCountedMs(experiment, analysis.asOfMs));
  const series = toLiftSeries(analysis);
  const firstId = firstSelectedOf(analysis);
  const selected = Math.max(
    0,
    series.findIndex(({ id }) => id === firstId),
  );
  const line = series[selected];
  const values = toLiftDomain(rows, selected);
  if (line === undefined || values === null) return null;
  const context = { words, analysis, experiment, launchMs, series, rows, ...(notes && { notes }) };
  const time = toTimeDomain(rows, launchMs);
  const { dayTick } = toCommonWords(words, launchMs);
  const common = {
    name: isolate(line.name),
    reference: isolate(armOf(analysis, analysis.referenceId)?.name ?? ''),
    level: words.figures.level(analysis.confidenceLevel),
    n: (chunks: string) => chunks,
  };
  const note = toNote(words, reading, nowMs);
  return {
    title: words.t('lift.title'),
    about: words.t.markup(isWithheld(analysis) ? 'lift.aboutUnjudged' : 'lift.about', common),
    rows,
    series,
    selected,
    time,
    values,
    timeTicks: weekTicks(time).map(({ atMs, day }) => ({ atMs, label: dayTick(atMs, day).label })),
    valueTicks: toLiftTicks(context)(gridTicks(values)),
    markers: toMarkers(context)(line),
    labels: toLiftLabels(context)(series),
    firmFromMs: toFirmFromMs(context)(line),
    note,
  };
}
