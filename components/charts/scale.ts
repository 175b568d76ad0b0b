import type { Domain, PlotRow } from '@/components/charts/plot-data';

export interface PlotScale {
  readonly width: number;
  readonly height: number;
  readonly toX: (atMs: number) => number;
  readonly toY: (value: number) => number;
  readonly toMs: (x: number) => number;
}

/** Share of a domain, 0 at its low end: what places axis labels before any pixel is known. */
export const shareOf = ([low, high]: Domain, value: number): number =>
  high === low ? 0.5 : (value - low) / (high - low);

export function createScale(
  width: number,
  height: number,
  time: Domain,
  values: Domain,
): PlotScale {
  return {
    width,
    height,
    toX: (atMs) => shareOf(time, atMs) * width,
    toY: (value) => (1 - shareOf(values, value)) * height,
    toMs: (x) => time[0] + (x / width) * (time[1] - time[0]),
  };
}

/** The series whose line passes nearest to a point, within `reach` pixels; -1 when none does. */
export function nearestSeries(
  row: PlotRow | undefined,
  y: number,
  toY: (value: number) => number,
  reach = 14,
): number {
  let nearest = -1;
  let best = reach;
  row?.values.forEach((value, at) => {
    const distance = value === null ? Infinity : Math.abs(toY(value.value) - y);
    if (distance > best) return;
    best = distance;
    nearest = at;
  });
  return nearest;
}

export const clamp = (value: number, low: number, high: number): number =>
  Math.max(low, Math.min(high, value));
