'use client';

/** "Lift over time": the signature chart. Rules in the design's section 5; the drawing is in components/charts. */
import { useMemo } from 'react';
import { toLiftDomain } from '@/components/charts/domains';
import { TimeChart } from '@/components/charts/time-chart';
import { findLiftEmptiness } from '@/components/experiment/chart-state';
import { toNote, useChartWords } from '@/components/experiment/chart-words';
import type { ChartWords } from '@/components/experiment/chart-words';
import { toFirmFromMs, toLiftLabels, toMarkers } from '@/components/experiment/lift-marks';
import { toLiftRows, toLiftSeries } from '@/components/experiment/lift-rows';
import { toLiftTicks, toLiftWords } from '@/components/experiment/lift-words';
import {
  dataKeyOf,
  EmptyTimePanel,
  firstSelectedOf,
  launchOf,
} from '@/components/experiment/time-panel';
import type { TimePanelProps } from '@/components/experiment/time-panel';
import type { Analysis } from '@/lib/core/analysis/analysis';
import type { Curve, Reading } from '@/lib/core/live/reading';
import { lastCountedMs } from '@/lib/core/experiment/last-counted';

export function LiftPanel({ reading, curve, nowMs, timeZone }: TimePanelProps) {
  const launchMs = launchOf(reading, curve);
  const words = useChartWords(reading, launchMs, timeZone);
  const empty = findLiftEmptiness(reading);
  if (empty !== null || reading.analysis === null)
    return (
      <EmptyTimePanel
        title={words.t('lift.title')}
        words={words}
        empty={empty ?? { kind: 'waiting' }}
        reading={reading}
      />
    );
  return (
    <LiftChart
      reading={reading}
      analysis={reading.analysis}
      curve={curve}
      words={words}
      launchMs={launchMs}
      note={toNote(words, reading, nowMs)}
    />
  );
}

interface LiftChartProps {
  readonly reading: Reading;
  readonly analysis: Analysis;
  readonly curve: Curve | undefined;
  readonly words: ChartWords;
  readonly launchMs: number;
  readonly note: string | null;
}

function LiftChart({ reading, analysis, curve, words, launchMs, note }: LiftChartProps) {
  const untilMs = lastCountedMs(reading.experiment, analysis.asOfMs);
  const rows = useMemo(() => toLiftRows(curve, analysis, untilMs), [curve, analysis, untilMs]);
  const chart = useMemo(() => {
    const series = toLiftSeries(analysis);
    const context = { words, analysis, experiment: reading.experiment, launchMs, series, rows };
    return {
      series,
      toValueTicks: toLiftTicks(context),
      toMarkers: toMarkers(context),
      toLabels: toLiftLabels(context),
      toFirmFromMs: toFirmFromMs(context),
      toWords: toLiftWords({ ...context, note }),
    };
  }, [analysis, reading.experiment, words, launchMs, rows, note]);

  return (
    <TimeChart
      {...chart}
      rows={rows}
      launchMs={launchMs}
      firstSelectedId={firstSelectedOf(analysis)}
      fit={toLiftDomain}
      dataKey={dataKeyOf(reading, curve)}
    />
  );
}
