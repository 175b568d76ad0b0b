import type { Ask } from '@/tests/bench/arrival/world';

/** How often what was said came true. */
export interface Coverage {
  /** Ranges said. */
  readonly said: number;
  /** Decided within the range, before it, after it; shares of `said`. */
  readonly within: number;
  readonly early: number;
  readonly late: number;
  /** Asked, and no range was said. */
  readonly without: number;
}

/** Counts over all asks that pass. A test that was never decided is late, unless the range had no end. */
export function toCoverage(asks: readonly Ask[]): Coverage {
  let [early, late, said] = [0, 0, 0];
  for (const { arrival, decidedAtMs } of asks) {
    if (arrival.kind !== 'range') continue;
    said += 1;
    const at = decidedAtMs ?? Infinity;
    if (at < arrival.earliestMs) early += 1;
    else if (at > (arrival.latestMs ?? Infinity)) late += 1;
  }
  const share = (count: number): number => (said === 0 ? NaN : count / said);
  return {
    said,
    within: share(said - early - late),
    early: share(early),
    late: share(late),
    without: asks.length - said,
  };
}
