/**
 * What is on screen as one document of plain values: rates, lifts and shares are fractions, times epoch milliseconds.
 * Nothing in it that the page does not show: no winner where nothing is judged, no lift without its interval.
 */
import type { PlotRow, PlotSeries } from '@/components/charts/plot-data';
import {
  findLiftEmptiness,
  findRateEmptiness,
  isUnjudged,
} from '@/components/experiment/chart-state';
import type { ChartWords } from '@/components/experiment/chart-words';
import {
  toLiftRows,
  toLiftSeries,
  toRateRows,
  toRateSeries,
} from '@/components/experiment/lift-rows';
import { toVariations } from '@/components/experiment/variations-rows';
import { READING } from '@/components/experiment/variations-table';
import type { Analysis } from '@/lib/core/analysis/analysis';
import { lastCountedMs } from '@/lib/core/experiment/last-counted';
import type { Curve, Reading } from '@/lib/core/live/reading';
import { isStale } from '@/lib/core/live/reading';
import { countedSinceMs } from '@/lib/core/words/counted-since';

export interface TakenInput {
  readonly reading: Reading;
  readonly curve: Curve | undefined;
  /** Upstream time. */
  readonly nowMs: number;
  readonly timeZone: string;
  /** Where the page is, whole. */
  readonly address: string;
  readonly words: ChartWords;
  /** Headline and sentence of the band. */
  readonly statement: string;
}

export interface TakenVariation {
  readonly id: string;
  readonly name: string;
  readonly isReference: boolean;
  readonly configuredShare: number | null;
  readonly visitors: number;
  readonly conversions: number;
  readonly rate: number | null;
  readonly lift: number | null;
  readonly liftLower: number | null;
  readonly liftUpper: number | null;
  readonly platformReliability: number | null;
  /** The words of the page; empty for the reference. */
  readonly reading: string;
}

export interface TakenPoint {
  readonly atMs: number;
  readonly source: 'live' | 'backfill';
  readonly people: number;
  readonly variations: readonly TakenPointArm[];
}

export interface TakenPointArm {
  readonly id: string;
  readonly name: string;
  readonly rate: number | null;
  readonly rateLower: number | null;
  readonly rateUpper: number | null;
  readonly lift: number | null;
  readonly liftLower: number | null;
  readonly liftUpper: number | null;
}

export type TakeAway = ReturnType<typeof toTakeAway>;

export function toTakeAway(input: TakenInput) {
  const { reading, nowMs, timeZone, address, words, statement } = input;
  const { experiment, analysis, freshness } = reading;
  const { asOfMs } = freshness;
  const goalId = analysis?.goalId ?? experiment.mainGoalId;
  const goal = experiment.goals.find(({ id }) => id === goalId) ?? null;
  const reference = experiment.variations.find(({ id }) => id === analysis?.referenceId) ?? null;
  return {
    format: 'verdict-experiment',
    version: 1,
    taken: {
      address,
      atMs: nowMs,
      dataAsOfMs: asOfMs,
      ageMs: asOfMs === null ? null : Math.max(0, nowMs - asOfMs),
      isStale: isStale(reading, nowMs),
    },
    experiment: {
      id: experiment.id,
      name: experiment.name,
      project: experiment.project.name,
      status: experiment.status,
    },
    settings: {
      question: reading.questionKey,
      goal: goal && { id: goal.id, name: goal.name, isMain: goal.id === experiment.mainGoalId },
      reference: reference && { id: reference.id, name: reference.name },
      confidenceLevel: analysis?.confidenceLevel ?? null,
      unit: analysis?.unit ?? null,
      countedFromMs: countedSinceMs(reading) ?? experiment.startedAtMs,
      countedUntilMs: asOfMs === null ? null : lastCountedMs(experiment, asOfMs),
      timeZone,
    },
    method: analysis && {
      intervals: 'confidence sequence, corrected for the number of variations',
      isDecidedAtPlannedEnd: isOfPlannedEnd(analysis),
      ...analysis.method,
    },
    health: analysis?.health.state ?? null,
    statement,
    variations: analysis === null ? [] : toTakenVariations(analysis, words),
    curve: analysis === null ? [] : toTakenCurve(input, analysis),
  } as const;
}

export const isOfPlannedEnd = (analysis: Analysis): boolean =>
  analysis.arms.some(({ comparison }) => comparison?.basis === 'final');

function toTakenVariations(analysis: Analysis, words: ChartWords): readonly TakenVariation[] {
  const { rows } = toVariations(analysis, words);
  return analysis.arms.map((arm, at) => {
    const row = rows[at];
    const state = row?.state ?? null;
    // What is not judged carries no word of a call, whatever a single comparison says.
    const shown = state !== null && isUnjudged(analysis) && isCall(state) ? 'blocked' : state;
    const interval = arm.comparison?.liftInterval ?? null;
    return {
      id: arm.variationId,
      name: arm.name,
      isReference: arm.isReference,
      configuredShare: arm.weight,
      visitors: arm.visitors,
      conversions: arm.converted,
      rate: arm.rate,
      lift: interval === null ? null : (arm.comparison?.lift ?? null),
      liftLower: interval?.lower ?? null,
      liftUpper: interval?.upper ?? null,
      platformReliability: arm.isReference ? null : arm.platform.reliability,
      reading: shown === null ? '' : words.t(READING[shown].word),
    };
  });
}

const isCall = (state: keyof typeof READING): boolean =>
  state === 'winner' || state === 'loser' || state === 'no-difference';

/** The points of both pictures, moment by moment; what a picture does not draw is null. */
function toTakenCurve({ reading, curve }: TakenInput, analysis: Analysis): readonly TakenPoint[] {
  const untilMs = lastCountedMs(reading.experiment, analysis.asOfMs);
  const hasRates = findRateEmptiness(reading) === null;
  if (!hasRates) return [];
  const hasLifts = findLiftEmptiness(reading) === null;
  const lifts = hasLifts ? toLiftRows(curve, analysis, untilMs) : [];
  const liftSeries = toLiftSeries(analysis);
  const rateSeries = toRateSeries(analysis);
  return toRateRows(curve, analysis, untilMs).map((row, at) => ({
    atMs: row.atMs,
    source: row.source,
    people: row.people,
    variations: rateSeries.map(({ id, name }) => {
      const rate = valueOf(row, rateSeries, id);
      const lift = valueOf(lifts[at], liftSeries, id);
      return {
        id,
        name,
        rate: rate?.value ?? null,
        rateLower: rate?.interval?.lower ?? null,
        rateUpper: rate?.interval?.upper ?? null,
        lift: lift?.value ?? null,
        liftLower: lift?.interval?.lower ?? null,
        liftUpper: lift?.interval?.upper ?? null,
      };
    }),
  }));
}

const valueOf = (row: PlotRow | undefined, series: readonly PlotSeries[], id: string) =>
  row?.values[series.findIndex((line) => line.id === id)] ?? null;
