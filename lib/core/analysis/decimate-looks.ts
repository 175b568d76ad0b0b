import type { CurvePoint } from '@/lib/core/analysis/analysis';
import type { VariationId } from '@/lib/core/experiment/ids';

export interface DecimateOptions {
  /** Whose lift's extremes are kept; null: the first arm that has a lift. */
  readonly leaderId?: VariationId | null;
  /** Moment of the call: the point there is kept. */
  readonly calledAtMs?: number | null;
}

/**
 * At most `max` points that still tell the story: the first, the last, the call, and of each stretch of time the lowest
 * and the highest lift of the leader. Never every k-th point, which would lose the extremes. Points come oldest first.
 * Example: 5,000 looks, max 400: first, last, call and up to 2 of each of 198 stretches.
 */
export function decimateLooks(
  points: readonly CurvePoint[],
  max: number,
  { leaderId = null, calledAtMs = null }: DecimateOptions = {},
): CurvePoint[] {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length <= max) return [...points];
  const keep = new Set<CurvePoint>(max > 1 ? [first, last] : [last]);
  const call = calledAtMs === null ? undefined : points.find(({ atMs }) => atMs >= calledAtMs);
  if (call !== undefined && keep.size < max) keep.add(call);

  const leader = leaderId ?? firstWithLift(points);
  const buckets = Math.floor((max - keep.size) / 2);
  const span = Math.max(1, last.atMs - first.atMs);
  const extremes = new Map<number, { low: CurvePoint; high: CurvePoint }>();
  for (const point of buckets > 0 ? points : []) {
    const at = Math.min(buckets - 1, Math.floor(((point.atMs - first.atMs) / span) * buckets));
    const known = extremes.get(at);
    const lift = liftAt(point, leader);
    if (known === undefined) extremes.set(at, { low: point, high: point });
    else if (lift !== null) {
      const low = liftAt(known.low, leader);
      const high = liftAt(known.high, leader);
      extremes.set(at, {
        low: low === null || lift < low ? point : known.low,
        high: high === null || lift > high ? point : known.high,
      });
    }
  }
  for (const { low, high } of extremes.values()) keep.add(low).add(high);
  return points.filter((point) => keep.has(point));
}

const liftAt = (point: CurvePoint, leaderId: VariationId | null): number | null =>
  point.arms.find(({ variationId }) => variationId === leaderId)?.lift ?? null;

function firstWithLift(points: readonly CurvePoint[]): VariationId | null {
  const arms = points.at(-1)?.arms ?? [];
  return arms.find(({ lift }) => lift !== null)?.variationId ?? null;
}
