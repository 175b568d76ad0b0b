import type { PlotRow } from '@/components/charts/plot-data';

const SHORTEST_GAP_MS = 36 * 3_600_000;

/**
 * Breaks the line where looks are missing, by a row without values between them. Looks read back later lie far apart by
 * design, so only a silence that ends in a live look, long by itself and against the usual pace, is a gap.
 */
export function withGaps(rows: readonly PlotRow[]): readonly PlotRow[] {
  const longest = Math.max(SHORTEST_GAP_MS, 4 * usualPace(rows));
  return rows.flatMap((row, at) => {
    const before = rows[at - 1];
    if (before === undefined || before.source !== 'live' || row.source !== 'live') return [row];
    if (row.atMs - before.atMs <= longest) return [row];
    return [{ ...row, atMs: (before.atMs + row.atMs) / 2, values: [] }, row];
  });
}

/** Median distance of neighbouring looks. */
function usualPace(rows: readonly PlotRow[]): number {
  const paces = rows.slice(1).map((row, at) => row.atMs - (rows[at]?.atMs ?? row.atMs));
  return paces.toSorted((a, b) => a - b)[Math.floor(paces.length / 2)] ?? 0;
}
