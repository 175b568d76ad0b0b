'use client';

import { useCrosshairMs } from '@/components/charts/crosshair';
import type { Crosshair } from '@/components/charts/crosshair';
import { nearestRow } from '@/components/charts/plot-data';
import type { PlotRow } from '@/components/charts/plot-data';
import styles from '@/components/charts/chart-frame.module.css';

interface ReadOutProps {
  readonly crosshair: Crosshair;
  readonly rows: readonly PlotRow[];
  readonly describe: (row: PlotRow) => string;
}

/** One line at one place for all moments; without a crosshair it tells the newest. */
export function ReadOut({ crosshair, rows, describe }: ReadOutProps) {
  const atMs = useCrosshairMs(crosshair);
  const row = atMs === null ? rows.at(-1) : rows[nearestRow(rows, atMs)];
  return (
    <p className={atMs === null ? styles.readOut : styles.readOutActive}>
      {row === undefined ? '' : describe(row)}
    </p>
  );
}
