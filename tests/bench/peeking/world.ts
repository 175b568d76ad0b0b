import { binomial, multinomial } from '@/tests/bench/peeking/binomial';
import type { Random } from '@/tests/bench/peeking/random';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** A Monday, 00:00 UTC. */
export const START_MS = Date.UTC(2026, 2, 2);

/** Cumulative people and converted people of one arm. */
export interface Counts {
  n: number;
  x: number;
}

/** A truth that unfolds look by look, and when it is looked at. */
export interface World {
  /** Configured shares, the reference first; they sum to 1. */
  readonly weights: readonly number[];
  /** True rates in the long run, for coverage. */
  readonly rates: readonly number[];
  readonly looks: number;
  readonly atMs: (look: number) => number;
  /** One experiment: a function that adds what happened before each look, in order. */
  readonly start: (random: Random) => (look: number, totals: Counts[]) => void;
}

export interface PlainWorld {
  readonly weights: readonly number[];
  readonly rates: readonly number[];
  readonly looks: number;
  /** People of the whole experiment who arrive before each look. */
  readonly visitorsPerLook: number | ((look: number) => number);
  /** Rates of a look, where they drift. */
  readonly ratesAt?: (look: number) => readonly number[];
  /** Shares of a look, where they are changed. */
  readonly weightsAt?: (look: number) => readonly number[];
  readonly atMs?: (look: number) => number;
}

/** Every look lies past the seventh day, so that nothing but the sequence protects. */
const afterTheGate =
  (everyMs: number) =>
  (look: number): number =>
    START_MS + 8 * DAY_MS + look * everyMs;

/** Visitors by multinomial over the split, conversions by binomial within each arm. */
export function plainWorld(plain: PlainWorld): World {
  const { weights, rates, looks, visitorsPerLook, ratesAt, weightsAt } = plain;
  const visitorsAt = typeof visitorsPerLook === 'number' ? () => visitorsPerLook : visitorsPerLook;
  return {
    weights,
    rates,
    looks,
    atMs: plain.atMs ?? afterTheGate(6 * HOUR_MS),
    start: (random) => (look, totals) => {
      const arrived = multinomial(random, visitorsAt(look), weightsAt?.(look) ?? weights);
      const rateOf = ratesAt?.(look) ?? rates;
      totals.forEach((arm, place) => {
        const n = arrived[place] ?? 0;
        arm.n += n;
        arm.x += binomial(random, n, rateOf[place] ?? 0);
      });
    },
  };
}

/** People before each look, at `perDay` a day on average: a week that swings by `swing` either way, and quiet nights. */
export const weeklyTraffic =
  (perDay: number, looksPerDay: number, swing: number) =>
  (look: number): number => {
    const day = Math.floor(look / looksPerDay) % 7;
    const ofWeek = 1 + swing * Math.cos((2 * Math.PI * (day - 2)) / 7);
    const hour = ((look % looksPerDay) * 24) / looksPerDay;
    const ofDay = looksPerDay === 1 ? 1 : 1 + 0.8 * Math.cos((2 * Math.PI * (hour - 15)) / 24);
    return Math.round((perDay / looksPerDay) * ofWeek * ofDay);
  };
