import type { Passage, Standing, Stretch } from '@/lib/core/analysis/outlook/first-passage';
import { normalDensity } from '@/lib/core/stats/one-sided-p';

/** Places between two neighbouring cuts. */
const PLACES = 32;
/** Farther out than so many standard deviations no path is looked for. */
const FAR = 5;

/**
 * Where the paths of a stretch stand at its end that reached no border: the density without borders, less that of the
 * paths that reached one before. `cuts` are places no cell may straddle, such as a border that opens there.
 */
export function survivorsOf(stretch: Stretch, passage: Passage, cuts: readonly number[]): Standing {
  const { from, fromN, toN, drift, upper, lower } = stretch;
  const sources: { mean: number; spread: number; chance: number }[] = [];
  const add = (place: number, passed: number, chance: number): void => {
    if (chance !== 0)
      sources.push({ mean: place + drift * passed, spread: Math.sqrt(passed), chance });
  };
  from.at.forEach((place, i) => add(place, toN - fromN, from.chance[i] ?? 0));
  const range = toRange(sources, upper?.(toN) ?? Infinity, lower?.(toN) ?? -Infinity);
  passage.middle.forEach((n, i) => {
    if (upper !== null) add(upper(n), toN - n, -(passage.upper[i] ?? 0));
    if (lower !== null) add(lower(n), toN - n, -(passage.lower[i] ?? 0));
  });

  const edges = [...new Set([...cuts, ...range])]
    .filter((edge) => edge >= range[0] && edge <= range[1])
    .toSorted((x, y) => x - y);
  const at: number[] = [];
  const chance: number[] = [];
  edges.slice(1).forEach((edge, i) => {
    const start = edges[i] ?? edge;
    const width = (edge - start) / PLACES;
    for (let place = 0; place < PLACES; place += 1) {
      const y = start + (place + 0.5) * width;
      let density = 0;
      for (const source of sources)
        density +=
          (source.chance * normalDensity((y - source.mean) / source.spread)) / source.spread;
      at.push(y);
      chance.push(Math.max(0, density) * width);
    }
  });
  return scaled({ at, chance }, sum(from.chance) - sum(passage.upper) - sum(passage.lower));
}

/** Splits a standing: those at or past the border on its side, and the others. */
export function cutAt(
  { at, chance }: Standing,
  border: number,
  side: 'upper' | 'lower',
): { readonly past: number; readonly rest: Standing } {
  const isPast = (place: number): boolean => (side === 'upper' ? place >= border : place <= border);
  let past = 0;
  const rest = { at: [] as number[], chance: [] as number[] };
  at.forEach((place, i) => {
    if (isPast(place)) past += chance[i] ?? 0;
    else {
      rest.at.push(place);
      rest.chance.push(chance[i] ?? 0);
    }
  });
  return { past, rest };
}

function toRange(
  sources: readonly { readonly mean: number; readonly spread: number }[],
  upper: number,
  lower: number,
): readonly [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const { mean, spread } of sources) {
    low = Math.min(low, mean - FAR * spread);
    high = Math.max(high, mean + FAR * spread);
  }
  return [Math.max(low, lower), Math.min(high, upper)];
}

/** Rounding of the grid is taken out: what did not reach a border is still there. */
function scaled({ at, chance }: Standing, total: number): Standing {
  const found = sum(chance);
  const scale = found > 0 ? Math.max(0, total) / found : 0;
  return { at, chance: chance.map((value) => value * scale) };
}

export const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);
