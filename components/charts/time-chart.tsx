'use client';

/** A whole chart over time in its panel: which line is selected, a range that holds still, axes, picture, table twin. */
import { memo, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { ChartFrame } from '@/components/charts/chart-frame';
import { ChartLegend } from '@/components/charts/chart-legend';
import { useCrosshair } from '@/components/charts/crosshair';
import { toTimeDomain } from '@/components/charts/domains';
import { EndList } from '@/components/charts/end-labels';
import type { EndLabel } from '@/components/charts/end-labels';
import type { PlotMarker } from '@/components/charts/markers';
import type { ValueTick } from '@/components/charts/plot-axes';
import { lacksPast } from '@/components/charts/plot-data';
import type { Domain, PlotRow, PlotSeries } from '@/components/charts/plot-data';
import { ReadOut } from '@/components/charts/read-out';
import type { TwinTable } from '@/components/charts/rows-table';
import { gridTicks, weekTicks } from '@/components/charts/ticks';
import { TimePlot } from '@/components/charts/time-plot';
import { useKeptDomain } from '@/components/charts/use-kept-domain';

/** Everything a chart says, for the line that is selected. */
export interface TimeChartWords {
  readonly title: string;
  readonly about: ReactNode;
  readonly aboutShort: ReactNode;
  readonly alternative: string;
  readonly note: string | null;
  readonly slider: string;
  readonly ends: string;
  readonly legend: Readonly<Record<'live' | 'backfill' | 'select' | 'pending', string>>;
  readonly table: { readonly show: string; readonly hide: string };
  readonly describe: (row: PlotRow) => string;
  readonly dayTick: (atMs: number, day: number) => { label: string; shortLabel: string };
  readonly makeTable: () => TwinTable;
}

export interface TimeChartProps {
  readonly rows: readonly PlotRow[];
  readonly series: readonly PlotSeries[];
  /** Selected until the reader picks another. */
  readonly firstSelectedId: string;
  readonly launchMs: number;
  /** The range wanted for a selected line. */
  readonly fit: (rows: readonly PlotRow[], selected: number) => Domain | null;
  /** Changes when older parts of the data do: then the range is taken anew. */
  readonly dataKey: string;
  readonly toValueTicks: (ticks: readonly number[]) => readonly ValueTick[];
  /** null: this chart never has any, and keeps no room for them. */
  readonly toMarkers: ((selected: PlotSeries) => readonly PlotMarker[]) | null;
  readonly toLabels: (series: readonly PlotSeries[]) => readonly EndLabel[];
  readonly toFirmFromMs: (selected: PlotSeries) => number | null;
  readonly toWords: (selected: PlotSeries, at: number) => TimeChartWords;
}

/** Drawn anew when its data or words change, not when the page's clock steps. */
export const TimeChart = memo(function TimeChart(props: TimeChartProps) {
  const { rows, series, launchMs, fit, dataKey, toValueTicks, toWords } = props;
  const crosshair = useCrosshair();
  const [first] = useState(props.firstSelectedId);
  const [pickedId, pick] = useState<string | null>(null);
  const wantedId = pickedId ?? (series.some(({ id }) => id === first) ? first : series[0]?.id);
  const selected = Math.max(
    0,
    series.findIndex(({ id }) => id === wantedId),
  );
  const line = series[selected];

  const wanted = useMemo(() => fit(rows, selected), [fit, rows, selected]);
  const values = useKeptDomain(
    `${dataKey} ${line?.id ?? ''}`,
    wanted,
    rows.at(-1)?.values[selected],
  );
  const time = useMemo(() => toTimeDomain(rows, launchMs), [rows, launchMs]);
  const words = useMemo(
    () => (line === undefined ? null : toWords(line, selected)),
    [toWords, line, selected],
  );
  const valueTicks = useMemo(
    () => (values === null ? [] : toValueTicks(gridTicks(values))),
    [values, toValueTicks],
  );
  if (line === undefined || values === null || words === null) return null;

  const labels = props.toLabels(series);
  const timeTicks = weekTicks(time).map(({ atMs, day }) => ({
    atMs,
    ...words.dayTick(atMs, day),
  }));
  const has = (source: PlotRow['source']) => rows.some((row) => row.source === source);
  const select = { labels, selectedId: line.id, label: words.ends, onSelect: pick };

  return (
    <ChartFrame
      title={words.title}
      about={words.about}
      aboutShort={words.aboutShort}
      note={words.note}
      alternative={words.alternative}
      table={{ ...words.table, make: words.makeTable }}
      readOut={<ReadOut crosshair={crosshair} rows={rows} describe={words.describe} />}
      footer={
        <>
          <EndList {...select} />
          <ChartLegend
            place={line.place}
            live={has('live') ? words.legend.live : null}
            backfill={has('backfill') ? words.legend.backfill : null}
            hint={series.length > 1 ? words.legend.select : null}
            pending={lacksPast(rows, launchMs) ? words.legend.pending : null}
          />
        </>
      }
    >
      <TimePlot
        {...select}
        rows={rows}
        series={series}
        selected={selected}
        time={time}
        values={values}
        timeTicks={timeTicks}
        valueTicks={valueTicks}
        markers={props.toMarkers?.(line) ?? []}
        hasMarkerRoom={props.toMarkers !== null}
        firmFromMs={props.toFirmFromMs(line)}
        crosshair={crosshair}
        sliderLabel={words.slider}
        describe={words.describe}
      />
    </ChartFrame>
  );
});
