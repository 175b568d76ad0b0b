import { createTranslator } from 'use-intl/core';
import { createFigures } from '@/components/charts/figures';
import { createChartWords } from '@/components/experiment/chart-words';
import type { ChartTranslator } from '@/components/experiment/chart-words';
import { toStatement } from '@/components/experiment/take-away/as-sentence';
import type { TakenInput } from '@/components/experiment/take-away/to-take-away';
import type { CurvePoint } from '@/lib/core/analysis/analysis';
import type { Reading } from '@/lib/core/live/reading';
import { formatsFor } from '@/lib/core/words/formats';
import { messagesFor } from '@/lib/core/words/messages';
import { createPlainWords } from '@/lib/core/words/say';
import { aCurve, NOW_MS, START_MS } from '@/tests/builders/reading';

export const ADDRESS = 'https://verdict.example/experiments/188400?level=0.9';
export const plain = createPlainWords('en');
export const formats = formatsFor('en', 'Europe/Paris');
const t = createTranslator({
  locale: 'en',
  messages: messagesFor('en'),
  namespace: 'charts',
}) as unknown as ChartTranslator;
export const words = createChartWords(t, createFigures('en', 'Europe/Paris', NOW_MS), START_MS);

/** One older point, of every variation of the reading. */
export const aPointOf = (reading: Reading, atMs: number, lift: number): CurvePoint => ({
  atMs,
  source: 'backfill',
  visitors: 81_234,
  arms: (reading.analysis?.arms ?? []).map(({ variationId, isReference }) => ({
    variationId,
    rate: 0.0398,
    rateInterval: { lower: 0.037, upper: 0.042 },
    lift: isReference ? null : lift,
    liftInterval: isReference ? null : { lower: lift - 0.2, upper: null },
  })),
});

export const taken = (reading: Reading, points: readonly CurvePoint[] = []): TakenInput => ({
  reading,
  curve: aCurve({ points }),
  nowMs: NOW_MS,
  timeZone: 'Europe/Paris',
  address: ADDRESS,
  words,
  statement: toStatement({ reading, nowMs: NOW_MS, formats, plain }),
});
