import type { Analysis } from '@/lib/core/analysis/analysis';
import type { TrafficPoint } from '@/lib/core/analysis/outlook/traffic-steps';
import type { Look } from '@/lib/core/experiment/snapshot';

const HOUR_MS = 60 * 60 * 1000;

/**
 * Running totals of people up to an analysis, oldest first, from looks that count the same since the same moment: totals
 * of another beginning or another unit are no part of them.
 */
export function toPoints(
  analysis: Analysis,
  looks: readonly Look[],
): { readonly sinceMs: number | null; readonly points: readonly TrafficPoint[] } {
  const own = looks
    .map(({ snapshot }) => snapshot)
    .filter(({ unit, asOfMs }) => unit === analysis.unit && asOfMs <= analysis.asOfMs)
    .toSorted((a, b) => a.asOfMs - b.asOfMs);
  const sinceMs = own.at(-1)?.sinceMs ?? null;
  const points = own
    .filter((snapshot) => (snapshot.sinceMs ?? null) === sinceMs)
    .map(({ asOfMs, arms }) => ({
      atMs: asOfMs,
      people: arms.reduce((sum, { visitors }) => sum + visitors, 0),
    }));
  if (points.at(-1)?.atMs !== analysis.asOfMs)
    points.push({
      atMs: analysis.asOfMs,
      people: analysis.arms.reduce((sum, { visitors }) => sum + visitors, 0),
    });
  return { sinceMs, points };
}

/** How far apart looks have been of late (the middle of the last twenty), an hour where nobody knows; at most a day. */
export function toLookEveryMs(points: readonly TrafficPoint[]): number {
  const last = points.slice(-21);
  const gaps = last
    .slice(1)
    .map(({ atMs }, i) => atMs - (last[i]?.atMs ?? atMs))
    .toSorted((a, b) => a - b);
  return Math.min(24 * HOUR_MS, gaps[gaps.length >> 1] ?? HOUR_MS);
}
