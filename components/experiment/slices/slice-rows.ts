/** A closer look as rows: values in words, figures written, bars placed on one scale for all slices. */
import { toBarShape, toIntervalScale } from '@/components/charts/interval-scale';
import type { BarShape, IntervalScale } from '@/components/charts/interval-scale';
import type { ChartWords } from '@/components/experiment/chart-words';
import { toLiftValue } from '@/components/experiment/lift-value';
import type { SliceArm, Slices } from '@/lib/core/analysis/slices';
import type { useTranslations } from 'use-intl';

export type SliceTranslator = ReturnType<typeof useTranslations<'slices'>>;

export interface SliceArmRow {
  readonly id: string;
  readonly name: string;
  readonly place: number;
  readonly isReference: boolean;
  readonly rate: string;
  readonly lift: string;
  readonly interval: string;
  readonly bar: BarShape | null;
}

export interface SliceRow {
  readonly key: string;
  readonly title: string;
  readonly size: string;
  readonly share: string;
  readonly arms: readonly SliceArmRow[];
}

export interface SlicesModel {
  readonly scale: IntervalScale;
  readonly rows: readonly SliceRow[];
  /** Comparisons that share the error; 0 where there are no intervals. */
  readonly comparisons: number;
}

export function toSliceRows(
  slices: Slices,
  words: ChartWords,
  t: SliceTranslator,
  locale: string,
): SlicesModel {
  const arms = slices.slices.flatMap((slice) => slice.arms);
  const scale = toIntervalScale(arms.flatMap((arm) => toLiftValue(arm) ?? []));
  const all = slices.slices.reduce((sum, { n }) => sum + n, 0);
  const { figures } = words;
  return {
    scale,
    comparisons: slices.level === null ? 0 : arms.filter(({ isReference }) => !isReference).length,
    rows: slices.slices.map(({ value, n, arms: own }) => ({
      key: value ?? '',
      title: value === null ? t('all') : sayValue(value, t, locale),
      size: t('size', { unit: slices.unit, n }),
      share: value === null ? '' : t('share', { share: figures.rateTick(n / all, 0) }),
      arms: own.map((arm) => toArmRow(arm, scale, words, t, slices.level !== null)),
    })),
  };
}

function toArmRow(
  arm: SliceArm,
  scale: IntervalScale,
  { figures, range }: ChartWords,
  t: SliceTranslator,
  hasIntervals: boolean,
): SliceArmRow {
  const value = toLiftValue(arm);
  return {
    id: arm.variationId,
    name: arm.name,
    place: arm.place,
    isReference: arm.isReference,
    rate:
      arm.rate === null
        ? t('noRate')
        : t('rate', {
            rate: figures.rate(arm.rate),
            converted: figures.count(arm.converted),
            n: figures.count(arm.n),
          }),
    lift: arm.isReference
      ? t('reference')
      : value !== null
        ? figures.change(value.value)
        : hasIntervals
          ? t('early')
          : '',
    interval: value === null ? '' : range(value.interval, figures.change),
    bar: value === null ? null : toBarShape(value, scale),
  };
}

const KNOWN = {
  DESKTOP: 'value.desktop',
  PHONE: 'value.phone',
  TABLET: 'value.tablet',
  NEW: 'value.new',
  RETURNING: 'value.returning',
} as const;

/** As the API names it, but for what has a word: its own enums, and countries by their code. */
export function sayValue(value: string, t: SliceTranslator, locale: string): string {
  const known = KNOWN[value as keyof typeof KNOWN];
  if (known !== undefined) return t(known);
  if (!/^[A-Z]{2}$/.test(value)) return value;
  return new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' }).of(value) ?? value;
}
