'use client';

/** "Lift over time": the signature chart. Rules in the design's section 5; the drawing is in components/charts. */
import { useMemo } from 'react';
import { toLiftDomain } from '@/components/charts/domains';
import { TimeChart } from '@/components/charts/time-chart';
import { findLiftEmptiness } from '@/components/experiment/chart-state';
import { toMarkers } from '@/components/experiment/lift-markers';
import { toFirmFromMs, toLiftLabels } from '@/components/experiment/lift-marks';
import { toLiftRows, toLiftSeries } from '@/components/experiment/lift-rows';
import { toLiftTicks, toLiftWords } from '@/components/experiment/lift-words';
import { dataKeyOf, firstSelectedOf, TimePanel } from '@/components/experiment/time-panel';
import type { OverTimeProps, TimePanelProps } from '@/components/experiment/time-panel';
import { lastCountedMs } from '@/lib/core/experiment/last-counted';

export const LiftPanel = (props: TimePanelProps) => (
  <TimePanel {...props} title="lift.title" findEmptiness={findLiftEmptiness} Chart={LiftChart} />
);

function LiftChart({ reading, analysis, curve, words, launchMs, note, notes }: OverTimeProps) {
  const { experiment } = reading;
  const untilMs = lastCountedMs(experiment, analysis.asOfMs);
  const rows = useMemo(() => toLiftRows(curve, analysis, untilMs), [curve, analysis, untilMs]);
  const chart = useMemo(() => {
    const series = toLiftSeries(analysis);
    const context = {
      words,
      analysis,
      experiment,
      launchMs,
      series,
      rows,
      ...(notes && { notes }),
    };
    return {
      series,
      toValueTicks: toLiftTicks(context),
      toMarkers: toMarkers(context),
      toLabels: toLiftLabels(context),
      toFirmFromMs: toFirmFromMs(context),
      toWords: toLiftWords({ ...context, note }),
    };
  }, [analysis, experiment, words, launchMs, rows, note, notes]);

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
