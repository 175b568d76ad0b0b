/** The analysis as rows of the variations table: figures already written, bars already placed. */
import { toBarShape, toIntervalScale } from '@/components/charts/interval-scale';
import type { BarShape, IntervalScale } from '@/components/charts/interval-scale';
import type { PlotValue } from '@/components/charts/plot-data';
import { callOf, isUnjudged } from '@/components/experiment/chart-state';
import type { ChartWords } from '@/components/experiment/chart-words';
import { toLiftValue } from '@/components/experiment/lift-value';
import type { Analysis, ArmReading, VariationState } from '@/lib/core/analysis/analysis';
import { findReason } from '@/lib/core/words/reading-facts';

export interface VariationRow {
  readonly id: string;
  readonly name: string;
  readonly place: number;
  readonly isReference: boolean;
  /** Name and lift are bold: by weight and shape, never by colour alone. */
  readonly isWinner: boolean;
  readonly visitors: string;
  readonly conversions: string;
  readonly rate: string;
  readonly lift: string;
  readonly interval: string;
  readonly platform: string;
  readonly bar: BarShape | null;
  readonly isDecided: boolean;
  /** null for the reference, and where nothing is compared. */
  readonly state: VariationState | null;
  readonly more: string;
  /** Share of the counts or of the days reached: fills the ring of one that is too early. */
  readonly progress: number;
}

export interface VariationsModel {
  readonly scale: IntervalScale;
  readonly rows: readonly VariationRow[];
  readonly comparisons: number;
}

const DECIDED: readonly VariationState[] = ['winner', 'loser', 'no-difference'];

export function toVariations(analysis: Analysis, words: ChartWords): VariationsModel {
  const values = analysis.arms.flatMap((arm) => toValue(arm) ?? []);
  const scale = toIntervalScale(values);
  return {
    scale,
    rows: analysis.arms.map((arm) => toRow(arm, analysis, scale, words)),
    comparisons: analysis.arms.filter((arm) => arm.comparison !== null).length,
  };
}

function toRow(
  arm: ArmReading,
  analysis: Analysis,
  scale: IntervalScale,
  words: ChartWords,
): VariationRow {
  const { t, figures, range } = words;
  const value = toValue(arm);
  const state = arm.comparison?.state ?? null;
  const { reliability } = arm.platform;
  return {
    id: arm.variationId,
    name: arm.name,
    place: arm.place,
    isReference: arm.isReference,
    isWinner: state === 'winner' && !isUnjudged(analysis),
    visitors: figures.count(arm.visitors),
    conversions: figures.count(arm.converted),
    rate: arm.rate === null ? '' : figures.rate(arm.rate),
    lift: arm.isReference
      ? t('variations.reference')
      : value === null
        ? ''
        : figures.change(value.value),
    interval: value === null ? '' : range(value.interval, figures.change),
    platform: arm.isReference || reliability === null ? '' : figures.reliability(reliability),
    bar: value === null ? null : toBarShape(value, scale),
    isDecided: state !== null && DECIDED.includes(state) && !isUnjudged(analysis),
    state: state !== null && analysis.verdict.state === 'blocked' ? 'blocked' : state,
    more: sayMore(arm, analysis, words),
    progress: progressOf(arm),
  };
}

const toValue = ({ comparison }: ArmReading): PlotValue | null =>
  comparison && toLiftValue(comparison);

/** Of the gate its words name. */
function progressOf({ comparison }: ArmReading): number {
  if (comparison === null) return 0;
  const days = findReason(comparison.reasons, 'few-days');
  return days !== undefined && comparison.gateProgress >= 1
    ? Math.min(1, days.days / days.neededDays)
    : comparison.gateProgress;
}

/** What is still missing, or what the word leaves out. */
function sayMore(
  { comparison, variationId }: ArmReading,
  analysis: Analysis,
  { t, figures }: ChartWords,
): string {
  if (comparison === null) return '';
  const few = findReason(comparison.reasons, 'few-counts');
  if (few !== undefined && few.missing !== null)
    return t('variations.more.missing', { missing: few.missing });
  const days = findReason(comparison.reasons, 'few-days');
  if (days !== undefined)
    return t('variations.more.days', {
      days: figures.count(days.days),
      needed: figures.count(days.neededDays),
    });
  if (findReason(comparison.reasons, 'too-small-to-matter') !== undefined)
    return t('variations.more.small');
  if (findReason(comparison.reasons, 'no-conversions') !== undefined)
    return t('variations.more.noConversions');
  const call = callOf(analysis, variationId);
  if (call === null) return '';
  if (comparison.basis === 'final') return t('variations.more.final');
  if (call.shakenAtMs !== null)
    return t('variations.more.shaken', { day: figures.date(call.shakenAtMs) });
  return t('variations.more.stands', { day: figures.date(call.calledAtMs) });
}
