import { DAY_MS } from '@/lib/core/analysis/decide';

/** People counted since the start, as known at a moment. */
export interface TrafficPoint {
  readonly atMs: number;
  readonly people: number;
}

/** People who came between two moments, about whole days apart where the looks allow it. */
export interface TrafficStep {
  readonly fromMs: number;
  readonly toMs: number;
  readonly people: number;
}

/** So far from a whole day the hour of the day hardly shows. */
const NEAR_DAY_MS = 3 * 60 * 60 * 1000;

/**
 * Cuts running totals into steps of a day where looks lie so, into longer ones over gaps. Points may be unordered,
 * irregular, backfilled or thinned. The newest total is taken as true: an earlier one above it is left out. What is left
 * of a day at the end is left out too, unless nothing else is known: its hours are not a day's hours.
 * Example: hourly points over 2.5 days: two steps of 24 h.
 */
export function toTrafficSteps(
  points: readonly TrafficPoint[],
  startedAtMs: number | null,
): TrafficStep[] {
  const rising = toRising(points, startedAtMs);
  const steps: TrafficStep[] = [];
  let from = rising[0];
  let place = 1;
  while (from !== undefined && place < rising.length) {
    const next = nextDayPoint(rising, place, from.atMs);
    const to = rising[next];
    if (to === undefined) break;
    steps.push(toStep(from, to));
    from = to;
    place = next + 1;
  }
  const [first, last] = [rising[0], rising.at(-1)];
  if (steps.length === 0 && first !== undefined && last !== undefined && last.atMs > first.atMs)
    return [toStep(first, last)];
  return steps;
}

const toStep = (from: TrafficPoint, to: TrafficPoint): TrafficStep => ({
  fromMs: from.atMs,
  toMs: to.atMs,
  people: to.people - from.people,
});

/** The point nearest to a day after `fromMs`; beyond a gap the first that there is; -1 where less than a day is left. */
function nextDayPoint(points: readonly TrafficPoint[], place: number, fromMs: number): number {
  let best = -1;
  let bestOff = Infinity;
  for (let at = place; at < points.length; at += 1) {
    const off = (points[at]?.atMs ?? 0) - fromMs - DAY_MS;
    if (off < -NEAR_DAY_MS) continue;
    if (off > NEAR_DAY_MS) return best < 0 ? at : best;
    if (Math.abs(off) < bestOff) [best, bestOff] = [at, Math.abs(off)];
  }
  return best;
}

/** Oldest first, never falling, one point a moment, nobody at the start. */
function toRising(points: readonly TrafficPoint[], startedAtMs: number | null): TrafficPoint[] {
  const sorted = points
    .filter(({ atMs }) => startedAtMs === null || atMs > startedAtMs)
    .toSorted((a, b) => b.atMs - a.atMs);
  const kept: TrafficPoint[] = [];
  for (const point of sorted) {
    const later = kept.at(-1);
    if (later === undefined || (point.people <= later.people && point.atMs < later.atMs))
      kept.push(point);
  }
  if (startedAtMs !== null && kept.length > 0) kept.push({ atMs: startedAtMs, people: 0 });
  return kept.reverse();
}
