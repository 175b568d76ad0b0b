import type { PlotRow } from '@/components/charts/plot-data';

interface Valued<T> {
  readonly row: PlotRow;
  readonly value: T;
}

/** Neighbouring rows that have a value: a gap in data is a gap in the picture. */
export function runsOf<T>(
  rows: readonly PlotRow[],
  read: (row: PlotRow) => T | null,
): readonly (readonly Valued<T>[])[] {
  const runs: Valued<T>[][] = [];
  let run: Valued<T>[] | null = null;
  for (const row of rows) {
    const value = read(row);
    if (value === null) run = null;
    else if (run === null) runs.push((run = [{ row, value }]));
    else run.push({ row, value });
  }
  return runs;
}
