'use client';

/** What both charts over time say: days, intervals, notes, and the words for having nothing to draw. */
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { createFigures } from '@/components/charts/figures';
import type { Figures } from '@/components/charts/figures';
import type { PlotInterval } from '@/components/charts/plot-data';
import type { Emptiness } from '@/components/experiment/chart-state';
import { isExploratory, isWithheld } from '@/components/experiment/chart-state';
import type { Reading } from '@/lib/core/live/reading';
import { isStale } from '@/lib/core/live/reading';
import { isolate } from '@/lib/core/words/reading-facts';

const DAY_MS = 86_400_000;

export type ChartTranslator = ReturnType<typeof useTranslations<'charts'>>;

export interface ChartWords {
  readonly t: ChartTranslator;
  readonly figures: Figures;
  /** "between +5.1% and +31.5%", or what an end without limit says. */
  readonly between: (interval: PlotInterval | null, format: (share: number) => string) => string;
  readonly range: (interval: PlotInterval | null, format: (share: number) => string) => string;
  readonly day: (atMs: number) => string;
}

export const dayOf = (atMs: number, launchMs: number): number =>
  Math.floor((atMs - launchMs) / DAY_MS);

export function useChartWords(reading: Reading, launchMs: number, timeZone: string): ChartWords {
  const t = useTranslations('charts');
  const locale = useLocale();
  const presentMs = reading.analysis?.asOfMs ?? launchMs;
  return useMemo(
    () => createChartWords(t, createFigures(locale, timeZone, presentMs), launchMs),
    [t, locale, timeZone, presentMs, launchMs],
  );
}

export function createChartWords(
  t: ChartTranslator,
  figures: Figures,
  launchMs: number,
): ChartWords {
  const ends = (interval: PlotInterval | null, format: (share: number) => string) => ({
    lower: interval?.lower == null ? '' : format(interval.lower),
    upper: interval?.upper == null ? '' : format(interval.upper),
  });
  return {
    t,
    figures,
    between: (interval, format) => t(`between.${kindOf(interval)}`, ends(interval, format)),
    range: (interval, format) => t(RANGE[kindOf(interval)], ends(interval, format)),
    day: (atMs) => (atMs < launchMs ? t('beforeLaunch') : t('day', { day: dayOf(atMs, launchMs) })),
  };
}

const RANGE = {
  both: 'table.range',
  lower: 'table.from',
  upper: 'table.upTo',
  none: 'table.unbounded',
} as const;

function kindOf(interval: PlotInterval | null): 'both' | 'lower' | 'upper' | 'none' {
  if (interval === null) return 'none';
  if (interval.lower !== null) return interval.upper === null ? 'lower' : 'both';
  return interval.upper === null ? 'none' : 'upper';
}

/** What a reader must know of these data beside the picture. */
export function toNote({ t, figures }: ChartWords, reading: Reading, nowMs: number): string | null {
  const { analysis } = reading;
  if (analysis === null) return null;
  if (analysis.verdict.state === 'blocked') return t('note.blocked');
  if (isExploratory(analysis)) return t('note.exploratory');
  if (isWithheld(analysis)) return t('note.notApplicable');
  // A reading that failed has its line above the panels; a second one here would only move the picture.
  return isStale(reading, nowMs)
    ? t('note.stale', { moment: figures.moment(analysis.asOfMs) })
    : null;
}

export function sayEmptiness({ t, figures }: ChartWords, empty: Emptiness, reading: Reading) {
  switch (empty.kind) {
    case 'waiting':
      return t('empty.waiting');
    case 'draft':
      return t('empty.draft');
    case 'no-people':
      return t('empty.noPeople');
    case 'no-conversions': {
      const since = reading.experiment.startedAtMs;
      return since === null
        ? t('empty.noConversionsPlain', { people: empty.people })
        : t('empty.noConversions', { people: empty.people, date: figures.date(since) });
    }
    case 'gate':
      return empty.missing === null
        ? t('empty.missingUnknown')
        : t('empty.missing', { missing: empty.missing });
    case 'no-reference':
      return t('empty.noReference');
    case 'not-comparable':
      return t('empty.notComparable');
  }
}

/** A name inside a plain sentence; right-to-left names cannot turn the words around them. */
export const plainName = (name: string): string => isolate(name);
