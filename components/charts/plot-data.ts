/**
 * What a picture over time is drawn from. Charts know moments, values and places, never experiments.
 */
export interface PlotSeries {
  readonly id: string;
  readonly name: string;
  /** Place in the configuration: colour, marker and dash (never rank). */
  readonly place: number;
}

/** A value with its interval; an end that is null is "no limit" on that side. */
export interface PlotValue {
  readonly value: number;
  readonly interval: PlotInterval | null;
}

export interface PlotInterval {
  readonly lower: number | null;
  readonly upper: number | null;
}

export type PlotSource = 'live' | 'backfill';

/** One moment; `values` in the order of the series, null where there is nothing to draw. */
export interface PlotRow {
  readonly atMs: number;
  readonly source: PlotSource;
  readonly people: number;
  readonly values: readonly (PlotValue | null)[];
}

/** Low and high end of an axis, in the unit of its data. */
export type Domain = readonly [low: number, high: number];

/** The newest row in which a series has a value. */
export function findNewest(rows: readonly PlotRow[], series: number): PlotRow | undefined {
  return rows.findLast((row) => row.values[series] != null);
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Whether the first half of a run of more than a day has no look yet: its past is still to be read back. */
export function lacksPast(rows: readonly PlotRow[], launchMs: number): boolean {
  const spanMs = (rows.at(-1)?.atMs ?? launchMs) - launchMs;
  return spanMs > DAY_MS && (rows[0]?.atMs ?? launchMs) - launchMs > spanMs / 2;
}

/** Index of the row nearest in time; -1 without rows. Rows are oldest first. */
export function nearestRow(rows: readonly PlotRow[], atMs: number): number {
  let low = 0;
  let high = rows.length - 1;
  if (high < 0) return -1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.atMs ?? 0) < atMs) low = middle + 1;
    else high = middle;
  }
  const after = rows[low];
  const before = rows[low - 1];
  if (before !== undefined && after !== undefined && atMs - before.atMs < after.atMs - atMs)
    return low - 1;
  return low;
}
