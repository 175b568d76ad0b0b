import { DAY_MS, HOUR_MS } from '@/lib/sandbox/clock';
import type { Interval } from './interval-set';

export const BUCKET_UNITS = ['HOUR', 'DAY', 'WEEK', 'MONTH', 'YEAR'] as const;
export type BucketUnit = (typeof BUCKET_UNITS)[number];

export interface Bucket extends Interval {
  /** Start of the bucket, ISO without a zone (UTC), such as 2026-05-21T00:00:00. */
  readonly key: string;
}

/** The buckets (cut in UTC, weeks from Monday) that meet any of the intervals, in order. */
export function toBuckets(intervals: readonly Interval[], unit: BucketUnit): Bucket[] {
  const buckets: Bucket[] = [];
  for (const { startMs, endMs } of intervals) {
    let atMs = Math.max(toBucketStart(startMs, unit), buckets.at(-1)?.endMs ?? -Infinity);
    while (atMs < endMs) {
      const nextMs = toNextStart(atMs, unit);
      buckets.push({ key: toZonelessSecond(atMs), startMs: atMs, endMs: nextMs });
      atMs = nextMs;
    }
  }
  return buckets;
}

/** Epoch ms as the API prints dates: UTC, to the second, no zone. */
export function toZonelessSecond(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19);
}

function toBucketStart(ms: number, unit: BucketUnit): number {
  const date = new Date(ms);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const dayMs = Math.floor(ms / DAY_MS) * DAY_MS;
  switch (unit) {
    case 'HOUR':
      return Math.floor(ms / HOUR_MS) * HOUR_MS;
    case 'DAY':
      return dayMs;
    case 'WEEK':
      return dayMs - ((date.getUTCDay() + 6) % 7) * DAY_MS;
    case 'MONTH':
      return Date.UTC(year, month, 1);
    case 'YEAR':
      return Date.UTC(year, 0, 1);
  }
}

function toNextStart(startMs: number, unit: BucketUnit): number {
  const date = new Date(startMs);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  switch (unit) {
    case 'HOUR':
      return startMs + HOUR_MS;
    case 'DAY':
      return startMs + DAY_MS;
    case 'WEEK':
      return startMs + 7 * DAY_MS;
    case 'MONTH':
      return Date.UTC(year, month + 1, 1);
    case 'YEAR':
      return Date.UTC(year + 1, 0, 1);
  }
}
