/** A moment at which many tests are decided at once, and the time by which a look has seen it. */
export interface Jump {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface RangeOfTimes {
  readonly earliestMs: number;
  readonly medianMs: number;
  /** null: later than the end. */
  readonly latestMs: number | null;
}

/**
 * The range that holds `share` of a distribution of moments, as much left out before it as after it. Where an end falls
 * on the jump, the whole jump is inside and the other end is drawn in, so that the range holds no more than it must.
 * Null when the median lies past the end.
 */
export function toRange(
  chanceBy: (atMs: number) => number,
  share: number,
  startMs: number,
  endMs: number,
  jump: Jump | null,
): RangeOfTimes | null {
  const quantile = (chance: number): number | null => {
    if (chanceBy(endMs) < chance) return null;
    let [low, high] = [startMs, endMs];
    while (high - low > PRECISION_MS) {
      const middle = (low + high) / 2;
      if (chanceBy(middle) >= chance) high = middle;
      else low = middle;
    }
    return Math.round(high);
  };
  const isIn = (atMs: number): boolean => jump !== null && atMs >= jump.fromMs && atMs <= jump.toMs;
  const tail = (1 - share) / 2;
  const median = quantile(0.5);
  const first = quantile(tail);
  if (median === null || first === null) return null;
  const startOf = (atMs: number): number => (jump !== null && isIn(atMs) ? jump.fromMs : atMs);
  const chanceBefore = (atMs: number): number => chanceBy(isIn(atMs) ? atMs - PRECISION_MS : atMs);

  let earliestMs = startOf(first);
  let latestMs = quantile(chanceBefore(earliestMs) + share);
  if (jump !== null && latestMs !== null && isIn(latestMs)) {
    latestMs = jump.toMs;
    const drawn = quantile(chanceBy(latestMs) - share);
    if (drawn !== null) earliestMs = Math.max(earliestMs, startOf(drawn));
  }
  return { earliestMs, medianMs: median, latestMs };
}

const PRECISION_MS = 60 * 1000;
