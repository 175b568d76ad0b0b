import type { Domain, PlotRow, PlotValue } from '@/components/charts/plot-data';

/** Room above and below, so that what is current stays clear of the 16 px in which excess fades. */
const ROOM = 0.1;
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

/**
 * Time axis: from launch to the newest look and a hair more, never less than 7 days, so that a short run names the
 * first day on which a call is possible.
 */
export function toTimeDomain(rows: readonly PlotRow[], launchMs: number): Domain {
  const last = rows.at(-1)?.atMs ?? launchMs;
  const end = Math.max(last, launchMs + WEEK_MS);
  return [launchMs, end + (end - launchMs) * 0.015];
}

/** Rows of the last three quarters of the run: the first quarter's width is excess and may fade out. */
const settled = (rows: readonly PlotRow[]): readonly PlotRow[] => {
  const first = rows[0]?.atMs ?? 0;
  const last = rows.at(-1)?.atMs ?? 0;
  return rows.filter((row) => row.atMs >= first + (last - first) / 4);
};

/** Every number that must be seen: all estimates, and the interval ends of the selected series. */
function extent(rows: readonly PlotRow[], selected: number): Domain | null {
  let low = Infinity;
  let high = -Infinity;
  const see = (value: number | null | undefined) => {
    if (value == null || !Number.isFinite(value)) return;
    low = Math.min(low, value);
    high = Math.max(high, value);
  };
  for (const row of rows) {
    for (const value of row.values) see(value?.value);
    see(row.values[selected]?.interval?.lower);
    see(row.values[selected]?.interval?.upper);
  }
  return low <= high ? [low, high] : null;
}

/** Lift axis: fits the last three quarters, always holds zero. `null` without anything to draw. */
export function toLiftDomain(rows: readonly PlotRow[], selected: number): Domain | null {
  const seen = extent(settled(rows), selected);
  if (seen === null) return null;
  const low = Math.min(seen[0], 0);
  const high = Math.max(seen[1], 0);
  const span = high - low || 0.02;
  return [low - span * ROOM, high + span * ROOM];
}

/** Rate axis: fits the last three quarters and never leaves 0 to 100 %, so that 98.5 % against 98.7 % can be read. */
export function toRateDomain(rows: readonly PlotRow[], selected: number): Domain | null {
  const seen = extent(settled(rows), selected);
  if (seen === null) return null;
  const span = seen[1] - seen[0] || 0.01;
  return [Math.max(0, seen[0] - span * ROOM), Math.min(1, seen[1] + span * ROOM)];
}

/** Whether a newest value cannot be seen any more. An interval end without limit is outside by nature. */
export function leavesDomain(domain: Domain, newest: PlotValue | null | undefined): boolean {
  if (newest == null) return false;
  const inside = (value: number | null | undefined) =>
    value == null || (value >= domain[0] && value <= domain[1]);
  return !(
    inside(newest.value) &&
    inside(newest.interval?.lower) &&
    inside(newest.interval?.upper)
  );
}

export const widen = (kept: Domain, wanted: Domain): Domain => [
  Math.min(kept[0], wanted[0]),
  Math.max(kept[1], wanted[1]),
];
