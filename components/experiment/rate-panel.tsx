'use client';

/** "Conversion rate over time": every variation's rate, the interval of one "at this moment". */
import { useMemo } from 'react';
import { toRateDomain } from '@/components/charts/domains';
import { TimeChart } from '@/components/charts/time-chart';
import { findRateEmptiness } from '@/components/experiment/chart-state';
import { dataKeyOf, firstSelectedOf, TimePanel } from '@/components/experiment/time-panel';
import type { OverTimeProps, TimePanelProps } from '@/components/experiment/time-panel';
import { toRateRows, toRateSeries } from '@/components/experiment/lift-rows';
import { toRateLabels, toRateTicks, toRateWords } from '@/components/experiment/rate-words';
import { lastCountedMs } from '@/lib/core/experiment/last-counted';

export const RatePanel = (props: TimePanelProps) => (
  <TimePanel {...props} title="rate.title" findEmptiness={findRateEmptiness} Chart={RateChart} />
);

const none = () => null;

function RateChart({ reading, analysis, curve, words, launchMs, note }: OverTimeProps) {
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
