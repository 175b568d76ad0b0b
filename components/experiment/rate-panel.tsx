'use client';

/** "Conversion rate over time": every variation's rate, the interval of one "at this moment". */
import { useMemo } from 'react';
import { toRateDomain } from '@/components/charts/domains';
import { TimeChart } from '@/components/charts/time-chart';
import { findRateEmptiness } from '@/components/experiment/chart-state';
import { toNote, useChartWords } from '@/components/experiment/chart-words';
import type { ChartWords } from '@/components/experiment/chart-words';
import {
  dataKeyOf,
  EmptyTimePanel,
  firstSelectedOf,
  launchOf,
} from '@/components/experiment/time-panel';
import type { TimePanelProps } from '@/components/experiment/time-panel';
import { toRateRows, toRateSeries } from '@/components/experiment/lift-rows';
import { toRateLabels, toRateTicks, toRateWords } from '@/components/experiment/rate-words';
import type { Analysis } from '@/lib/core/analysis/analysis';
import type { Curve, Reading } from '@/lib/core/live/reading';
import { lastCountedMs } from '@/lib/core/experiment/last-counted';

export function RatePanel({ reading, curve, nowMs, timeZone }: TimePanelProps) {
  const launchMs = launchOf(reading, curve);
  const words = useChartWords(reading, launchMs, timeZone);
  const empty = findRateEmptiness(reading);
  if (empty !== null || reading.analysis === null)
    return (
      <EmptyTimePanel
        title={words.t('rate.title')}
        words={words}
        empty={empty ?? { kind: 'waiting' }}
        reading={reading}
      />
    );
  return (
    <RateChart
      reading={reading}
      analysis={reading.analysis}
      curve={curve}
      words={words}
      launchMs={launchMs}
      note={toNote(words, reading, nowMs)}
    />
  );
}

interface RateChartProps {
  readonly reading: Reading;
  readonly analysis: Analysis;
  readonly curve: Curve | undefined;
  readonly words: ChartWords;
  readonly launchMs: number;
  readonly note: string | null;
}

const none = () => null;

function RateChart({ reading, analysis, curve, words, launchMs, note }: RateChartProps) {
  const untilMs = lastCountedMs(reading.experiment, analysis.asOfMs);
  const rows = useMemo(() => toRateRows(curve, analysis, untilMs), [curve, analysis, untilMs]);
  const chart = useMemo(() => {
    const series = toRateSeries(analysis);
    const context = { words, reading, analysis, launchMs, series, rows, note };
    return {
      series,
      toValueTicks: toRateTicks(context),
      toLabels: toRateLabels(context),
      toWords: toRateWords(context),
    };
  }, [analysis, reading, words, launchMs, rows, note]);

  return (
    <TimeChart
      {...chart}
      rows={rows}
      launchMs={launchMs}
      firstSelectedId={firstSelectedOf(analysis)}
      fit={toRateDomain}
      dataKey={dataKeyOf(reading, curve)}
      toMarkers={null}
      toFirmFromMs={none}
    />
  );
}
