import { normalCdf } from '@/lib/core/stats/one-sided-p';

/** A level that may be reached, as a function of n; null: none on this side. */
export type Border = ((n: number) => number) | null;

/** Where a path may stand: places with their chances, which need not sum to 1. */
export interface Standing {
  readonly at: readonly number[];
  readonly chance: readonly number[];
}

export interface Stretch {
  readonly from: Standing;
  readonly fromN: number;
  readonly toN: number;
  /** Mean change of a path per unit of n; its variance per unit of n is 1. */
  readonly drift: number;
  readonly upper: Border;
  readonly lower: Border;
  /** Steps of the grid in n. */
  readonly steps: number;
}

/** Chances that the upper or the lower border is the first one reached, step by step. */
export interface Passage {
  /** Ends of the steps, rising; the last is `toN`. */
  readonly n: readonly number[];
  /** Places at which the chance of each step is put. */
  readonly middle: readonly number[];
  readonly upper: readonly number[];
  readonly lower: readonly number[];
}

/**
 * First passage of a Brownian motion with drift through moving borders, by Fortet's equations: being past a border at n
 * is having reached some border first at an earlier n and being past it since,
 *   P(X_n >= a_n) = sum over s <= n of A(s) P(X_n >= a_n | X_s = a_s) + B(s) P(X_n >= a_n | X_s = b_s),
 * and likewise below. Solved step by step for the chances A and B with the middle of a step standing for it (Park and
 * Schuurmann 1976). Steps grow with the distance from the start, where borders may be near.
 * Example: start 0, no drift, upper border 1, up to n = 1: 0.3173 in all (twice the chance of X_1 >= 1).
 */
export function firstPassage(stretch: Stretch): Passage {
  const { from, fromN, drift, upper, lower } = stretch;
  const { n, middle } = toGrid(stretch);
  const a = upper === null ? null : middle.map(upper);
  const b = lower === null ? null : middle.map(lower);
  const up: number[] = [];
  const down: number[] = [];
  n.forEach((end, k) => {
    const above = upper?.(end) ?? Infinity;
    const below = lower?.(end) ?? -Infinity;
    let pastUpper = 0;
    let pastLower = 0;
    const add = (place: number, passed: number, chance: number, way: 1 | -1): void => {
      const mean = place + drift * passed;
      const spread = Math.sqrt(passed);
      if (upper !== null) pastUpper += way * chance * tail((mean - above) / spread);
      if (lower !== null) pastLower += way * chance * tail((below - mean) / spread);
    };
    from.at.forEach((place, i) => add(place, end - fromN, from.chance[i] ?? 0, 1));
    for (let i = 0; i < k; i += 1) {
      const passed = end - (middle[i] ?? 0);
      if (a !== null) add(a[i] ?? 0, passed, up[i] ?? 0, -1);
      if (b !== null) add(b[i] ?? 0, passed, down[i] ?? 0, -1);
    }
    // Within a step the other border is out of reach: each chance stands alone.
    const passed = end - (middle[k] ?? 0);
    const stay = (place: number, border: number, way: 1 | -1): number =>
      normalCdf((way * (place + drift * passed - border)) / Math.sqrt(passed));
    up.push(a === null ? 0 : Math.max(0, pastUpper / stay(a[k] ?? 0, above, 1)));
    down.push(b === null ? 0 : Math.max(0, pastLower / stay(b[k] ?? 0, below, -1)));
  });
  return { n, middle, upper: up, lower: down };
}

/** The normal distribution function, without work where nothing is left of it. */
const tail = (z: number): number => (z < -9 ? 0 : z > 9 ? 1 : normalCdf(z));

/** Steps that grow in proportion to the distance from the start. */
function toGrid({ fromN, toN, steps }: Stretch): { n: number[]; middle: number[] } {
  const growth = Math.log(1 + GROWTH);
  const at = (step: number): number =>
    fromN + ((toN - fromN) * Math.expm1((growth * step) / steps)) / GROWTH;
  const n = Array.from({ length: steps }, (_, k) => at(k + 1));
  return { n, middle: n.map((_, k) => (at(k) + at(k + 1)) / 2) };
}

/** How many times longer the last step is than the first. */
const GROWTH = 90;
