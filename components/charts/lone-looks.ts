import type { PlotRow } from '@/components/charts/plot-data';

/** A band narrower than this is a hair that nobody sees. */
const NARROWEST_PX = 12;

/**
 * Looks whose interval must be drawn by itself: the newest of every stretch of looks that lie too close together for a
 * band to have a width, one look alone above all. Else its estimate would stand there as if it were certain.
 */
export function loneLooks(
  rows: readonly PlotRow[],
  series: number,
  toX: (atMs: number) => number,
): readonly PlotRow[] {
  const stretches: PlotRow[][] = [];
  let open: PlotRow[] = [];
  for (const row of rows) {
    if (row.values[series]?.interval == null) {
      open = [];
      continue;
    }
    if (open.length === 0) stretches.push(open);
    open.push(row);
  }
  return stretches.flatMap((stretch) => {
    const [first, last] = [stretch[0], stretch.at(-1)];
    if (first === undefined || last === undefined) return [];
    return toX(last.atMs) - toX(first.atMs) < NARROWEST_PX ? [last] : [];
  });
}
