'use client';

/**
 * Pointer and keyboard over a picture. As a slider over moments it announces the read-out when the reader moves it,
 * and stays silent when live figures arrive.
 */
import type { KeyboardEvent, PointerEvent } from 'react';
import { useCrosshairMs } from '@/components/charts/crosshair';
import type { Crosshair } from '@/components/charts/crosshair';
import { nearestRow } from '@/components/charts/plot-data';
import type { PlotRow } from '@/components/charts/plot-data';
import { clamp, nearestSeries } from '@/components/charts/scale';
import type { PlotScale } from '@/components/charts/scale';
import styles from '@/components/charts/time-plot.module.css';

interface CrosshairLayerProps {
  readonly crosshair: Crosshair;
  readonly rows: readonly PlotRow[];
  readonly selected: number;
  readonly color: string;
  readonly scale: PlotScale;
  readonly label: string;
  readonly describe: (row: PlotRow) => string;
  readonly onSelect: (series: number) => void;
}

const WEEK_MS = 7 * 86_400_000;

export function CrosshairLayer(props: CrosshairLayerProps) {
  const { crosshair, rows, selected, color, scale, label, describe, onSelect } = props;
  const atMs = useCrosshairMs(crosshair);
  const at = atMs === null ? rows.length - 1 : nearestRow(rows, atMs);
  const row = rows[at];
  const moveTo = (index: number) =>
    crosshair.move(rows[clamp(index, 0, rows.length - 1)]?.atMs ?? null);
  const rowUnder = (event: PointerEvent | React.MouseEvent) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return {
      index: nearestRow(rows, scale.toMs(event.clientX - left)),
      y: event.clientY - top,
    };
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = nextIndex(event.key, at, rows);
    if (next === null) return;
    event.preventDefault();
    moveTo(next);
  };
  const value = row?.values[selected];
  const x = row === undefined ? 0 : scale.toX(row.atMs);
  const y = value == null ? null : scale.toY(value.value);

  return (
    <div
      className={styles.hit}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, rows.length - 1)}
      aria-valuenow={Math.max(0, at)}
      aria-valuetext={row === undefined ? '' : describe(row)}
      onKeyDown={onKeyDown}
      onFocus={() => atMs === null && moveTo(rows.length - 1)}
      onBlur={() => crosshair.move(null)}
      onPointerMove={(event) => moveTo(rowUnder(event).index)}
      onPointerLeave={() => crosshair.move(null)}
      onClick={(event) => {
        const { index, y: under } = rowUnder(event);
        const series = nearestSeries(rows[index], under, scale.toY);
        if (series !== -1) onSelect(series);
      }}
    >
      {atMs !== null && (
        <svg className={styles.layer} aria-hidden="true" focusable="false">
          <line x1={x} x2={x} y1={0} y2={scale.height} className={styles.crosshair} />
          {y !== null && y >= 0 && y <= scale.height && (
            <circle cx={x} cy={y} r={4} fill={color} className={styles.crosshairDot} />
          )}
        </svg>
      )}
    </div>
  );
}

/** Arrows step from look to look, page keys by a week, Home and End to the ends. */
export function nextIndex(key: string, at: number, rows: readonly PlotRow[]): number | null {
  const atMs = rows[at]?.atMs ?? 0;
  if (key === 'ArrowLeft') return at - 1;
  if (key === 'ArrowRight') return at + 1;
  if (key === 'Home') return 0;
  if (key === 'End') return rows.length - 1;
  if (key === 'PageUp') return nearestRow(rows, atMs + WEEK_MS);
  if (key === 'PageDown') return nearestRow(rows, atMs - WEEK_MS);
  return null;
}
