import type { PlotRow } from '@/components/charts/plot-data';

const CLOSEST_PX = 6;

/**
 * Which looks of a series get a dot: none nearer than 6 px to the one before; the first, the last and the look of the
 * call stay whatever stands beside them. Gives indexes into `rows`.
 */
export function keptDots(
  rows: readonly PlotRow[],
  series: number,
  toX: (atMs: number) => number,
  callAtMs: number | null,
): ReadonlySet<number> {
  const drawn = rows.flatMap((row, at) => (row.values[series] == null ? [] : [at]));
  const first = drawn[0];
  const last = drawn.at(-1);
  const call = callAtMs === null ? undefined : drawn.find((at) => atMsOf(rows, at) >= callAtMs);
  const musts = [first, call, last].filter((at) => at !== undefined);
  const kept = new Set(musts);
  let previous = -Infinity;
  for (const at of drawn) {
    const x = toX(atMsOf(rows, at));
    if (kept.has(at)) {
      previous = x;
      continue;
    }
    const crowdsMust = musts.some((must) => Math.abs(toX(atMsOf(rows, must)) - x) < CLOSEST_PX);
    if (crowdsMust || x - previous < CLOSEST_PX) continue;
    kept.add(at);
    previous = x;
  }
  return kept;
}

const atMsOf = (rows: readonly PlotRow[], at: number): number => rows[at]?.atMs ?? 0;
