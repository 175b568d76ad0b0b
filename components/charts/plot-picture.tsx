'use client';

/**
 * The data marks of a picture over time: bands, lines, dots. Only this file draws with Recharts; it is loaded apart,
 * after the frame with its axes stands.
 */
import { memo, useMemo } from 'react';
import { Area, ComposedChart, Line, XAxis, YAxis } from 'recharts';
import type { DotItemDotProps } from 'recharts';
import { keptDots } from '@/components/charts/dots';
import { withGaps } from '@/components/charts/gaps';
import type { Domain, PlotRow, PlotSeries } from '@/components/charts/plot-data';
import { toBands } from '@/components/charts/bands';
import { createScale } from '@/components/charts/scale';
import { seriesLook } from '@/components/charts/series-look';
import type { Box } from '@/components/charts/use-box';

/** Overhang on both sides, so that the first and the last dot are whole. */
export const OVERHANG_PX = 6;

export interface PlotPictureProps {
  readonly rows: readonly PlotRow[];
  readonly series: readonly PlotSeries[];
  readonly selected: number;
  readonly time: Domain;
  readonly values: Domain;
  readonly box: Box;
  /** From here on the band is firm; null: it is not. */
  readonly firmFromMs: number | null;
}

export const PlotPicture = memo(function PlotPicture(props: PlotPictureProps) {
  const { rows, series, selected, time, values, box, firmFromMs } = props;
  const data = useMemo(() => withGaps(rows), [rows]);
  const bands = useMemo(
    () => toBands(data, selected, values, firmFromMs),
    [data, selected, values, firmFromMs],
  );
  const dots = useMemo(
    () => keptDots(data, selected, createScale(box.width, 1, time, values).toX, firmFromMs),
    [data, selected, box.width, time, values, firmFromMs],
  );
  const look = seriesLook(series[selected]?.place ?? 0);
  const band = { type: 'linear', fill: look.color, stroke: look.color, strokeWidth: 1 } as const;
  const still = { isAnimationActive: false, activeDot: false } as const;
  // Left to itself, the library puts a dot of its own on whatever has a single look.
  const noDots = data.length === 1 ? noDot : false;
  const order = [...series.keys()].filter((at) => at !== selected).concat(selected);

  return (
    <ComposedChart
      width={box.width + 2 * OVERHANG_PX}
      height={box.height}
      data={[...data]}
      margin={{ top: 0, right: 0, bottom: 0, left: 0 }}
      accessibilityLayer={false}
    >
      <XAxis
        hide
        type="number"
        dataKey="atMs"
        domain={[...time]}
        padding={{ left: OVERHANG_PX, right: OVERHANG_PX }}
        allowDataOverflow
      />
      <YAxis hide type="number" domain={[...values]} width={0} allowDataOverflow />
      {(['open', 'firm'] as const).map((kind) => (
        <Area
          key={kind}
          {...band}
          {...still}
          dataKey={(row: PlotRow) => bands.get(row)?.[kind] ?? null}
          fillOpacity={kind === 'open' ? 'var(--band-open)' : 'var(--band-called)'}
          strokeOpacity={0.5}
          dot={noDots}
        />
      ))}
      {order.map((at) => {
        const { color, dash } = seriesLook(series[at]?.place ?? 0);
        return (
          <Line
            key={series[at]?.id ?? at}
            {...still}
            type="linear"
            dataKey={(row: PlotRow) => row.values[at]?.value ?? null}
            stroke={color}
            strokeWidth={at === selected ? 2.25 : 1.75}
            strokeOpacity={at === selected ? 1 : 0.9}
            {...(dash === '' ? {} : { strokeDasharray: dash })}
            dot={at === selected ? (dot) => lookDot(dot, dots, color) : noDots}
          />
        );
      })}
    </ComposedChart>
  );
});

const noDot = ({ index }: DotItemDotProps) => <g key={index} />;

/** Filled for a look kept as it happened, hollow for one read back later. */
function lookDot(
  { cx, cy, index, payload }: DotItemDotProps,
  kept: ReadonlySet<number>,
  color: string,
) {
  if (!kept.has(index) || cx === undefined || cy === undefined || cy === null)
    return <g key={index} />;
  const isHollow = (payload as PlotRow).source === 'backfill';
  return (
    <circle
      key={index}
      cx={cx}
      cy={cy}
      r={2.5}
      fill={isHollow ? 'var(--surface)' : color}
      stroke={color}
      strokeWidth={isHollow ? 1.25 : 0}
    />
  );
}
