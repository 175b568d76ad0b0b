/** One scale for all interval bars of a table. */
import type { Domain, PlotInterval, PlotValue } from '@/components/charts/plot-data';
import { gridTicks } from '@/components/charts/ticks';

export interface IntervalScale {
  readonly domain: Domain;
  /** Never fewer than three, zero among them; zero alone when there is no interval to read. */
  readonly ticks: readonly number[];
}

/** A lift cannot fall below −100 %; beyond +200 % only an estimate stretches the scale, never an interval's end. */
const LOWEST = -1;
const HIGHEST = 2;
const ROOM = 0.06;
const NOTHING: Domain = [-0.1, 0.1];

export function toIntervalScale(values: readonly PlotValue[]): IntervalScale {
  let low = 0;
  let high = 0;
  for (const { value, interval } of values) {
    low = Math.min(low, value, Math.max(interval?.lower ?? value, LOWEST));
    high = Math.max(high, value, Math.min(interval?.upper ?? value, HIGHEST));
  }
  if (low === high) return { domain: NOTHING, ticks: [0] };
  // An end without limit needs room for its arrow.
  const span = high - low;
  const isOpen = (end: keyof PlotInterval) =>
    values.some(({ interval }) => interval !== null && interval[end] === null);
  return withThreeTicks([
    low - span * (isOpen('lower') ? 0.25 : ROOM),
    high + span * (isOpen('upper') ? 0.25 : ROOM),
  ]);
}

/** Stretches the longer side until a third round value fits. */
function withThreeTicks(domain: Domain): IntervalScale {
  const ticks = gridTicks(domain);
  const step = (ticks[1] ?? 0) - (ticks[0] ?? 0);
  if (ticks.length >= 3 || step === 0) return { domain, ticks };
  const [low, high] = domain;
  return high >= -low
    ? withThreeTicks([low, (ticks.at(-1) ?? 0) + step])
    : withThreeTicks([(ticks[0] ?? 0) - step, high]);
}

export interface BarShape {
  /** Shares of the scale, 0 to 1. */
  readonly from: number;
  readonly to: number;
  readonly at: number;
  /** The interval goes on beyond the drawn end. */
  readonly isOpenLow: boolean;
  readonly isOpenHigh: boolean;
}

/** Where a bar stands on the scale; null without an interval. */
export function toBarShape(
  { value, interval }: PlotValue,
  { domain }: IntervalScale,
): BarShape | null {
  if (interval === null) return null;
  const [low, high] = domain;
  const share = (x: number) => Math.max(0, Math.min(1, (x - low) / (high - low)));
  return {
    from: interval.lower === null ? 0 : share(interval.lower),
    to: interval.upper === null ? 1 : share(interval.upper),
    at: share(value),
    isOpenLow: interval.lower === null || interval.lower < low,
    isOpenHigh: interval.upper === null || interval.upper > high,
  };
}

/** Width of the plot where the column is narrowest, and of one character of 12 px, with the room between two labels. */
const NARROW_PX = 180;
const CHARACTER_PX = 7.5;
const BETWEEN_PX = 6;

/** Ticks whose words have room in the narrow column: zero first, then outward on both sides. */
export function narrowTicks(
  { domain, ticks }: IntervalScale,
  tickLabel: (value: number) => string,
): ReadonlySet<number> {
  const box = (value: number) => {
    const middle = ((value - domain[0]) / (domain[1] - domain[0])) * NARROW_PX;
    const half = (tickLabel(value).length * CHARACTER_PX) / 2;
    return { from: middle - half, to: middle + half };
  };
  const kept: number[] = [];
  for (const value of ticks.toSorted((a, b) => Math.abs(a) - Math.abs(b))) {
    const { from, to } = box(value);
    const isFree = kept.every((other) => {
      const taken = box(other);
      return from >= taken.to + BETWEEN_PX || to <= taken.from - BETWEEN_PX;
    });
    if (isFree) kept.push(value);
  }
  return new Set(kept);
}
