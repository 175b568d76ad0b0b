import { describe, expect, it } from 'vitest';
import { toBands } from '@/components/charts/bands';
import { keptDots } from '@/components/charts/dots';
import {
  leavesDomain,
  toLiftDomain,
  toRateDomain,
  toTimeDomain,
} from '@/components/charts/domains';
import { withGaps } from '@/components/charts/gaps';
import { separateLabels } from '@/components/charts/label-layout';
import { toMarkerLabels } from '@/components/charts/markers';
import type { PlotMarker } from '@/components/charts/markers';
import { nearestRow } from '@/components/charts/plot-data';
import type { PlotRow, PlotSource } from '@/components/charts/plot-data';
import { createScale, nearestSeries } from '@/components/charts/scale';
import { gridTicks, roundTicks, tickDecimals, weekTicks } from '@/components/charts/ticks';
import { truncate } from '@/components/charts/truncate';
import { nextDomain } from '@/components/charts/use-kept-domain';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const row = (
  atMs: number,
  value: number | null = 0.1,
  [lower, upper]: readonly [number | null, number | null] = [-0.1, 0.3],
  source: PlotSource = 'live',
): PlotRow => ({
  atMs,
  source,
  people: 100,
  values: [value === null ? null : { value, interval: { lower, upper } }],
});

describe('vertical range', () => {
  const early = row(0, 3, [-0.9, 9]);
  const later = [1, 2, 3, 4].map((day) => row(day * DAY_MS, 0.1, [0.05, 0.2]));

  it('fits the last three quarters of the run, so that the first days do not flatten the rest', () => {
    const [low, high] = toLiftDomain([early, ...later], 0) ?? [0, 0];
    expect(high).toBeLessThan(0.3);
    expect(low).toBeLessThanOrEqual(0);
  });

  it('always holds zero for a lift', () => {
    const [low, high] = toLiftDomain([row(0, -0.3, [-0.4, -0.2])], 0) ?? [1, 1];
    expect(low).toBeLessThan(-0.4);
    expect(high).toBeGreaterThan(0);
  });

  it('never leaves 0 to 100 % for a rate, and stays near a rate of 98.5 %', () => {
    const [low, high] = toRateDomain([row(0, 0.985, [0.98, 0.999])], 0) ?? [0, 0];
    expect(low).toBeGreaterThan(0.9);
    expect(high).toBeLessThanOrEqual(1);
    expect(toRateDomain([row(0, 0, [0, 0.01])], 0)?.[0]).toBe(0);
  });

  it('is not stretched by an end without limit', () => {
    const [, high] = toLiftDomain([row(0, 0.5, [-0.1, null])], 0) ?? [0, 9];
    expect(high).toBeLessThan(1);
  });

  it('is nothing where nothing can be drawn', () => {
    expect(toLiftDomain([row(0, null)], 0)).toBeNull();
  });

  it('holds still while new looks stay inside, and only widens when one leaves it', () => {
    const kept = { key: 'a', domain: [-0.2, 0.4] as const };
    const inside = nextDomain(kept, 'a', [-0.1, 0.3], row(0, 0.1, [0, 0.3]).values[0]);
    expect(inside).toBe(kept);
    const left = nextDomain(kept, 'a', [-0.1, 0.6], row(0, 0.5, [0.3, 0.55]).values[0]);
    expect(left.domain).toEqual([-0.2, 0.6]);
    expect(nextDomain(kept, 'b', [-0.1, 0.1], null).domain).toEqual([-0.1, 0.1]);
  });

  it('does not take an end without limit for a value that left', () => {
    expect(leavesDomain([-1, 1], { value: 0.2, interval: { lower: -0.1, upper: null } })).toBe(
      false,
    );
  });
});

describe('time axis', () => {
  it('names day 7 even on day 2', () => {
    const time = toTimeDomain([row(2 * DAY_MS)], 0);
    expect(weekTicks(time).map(({ day }) => day)).toEqual([0, 7]);
  });

  it('counts in weeks, and in more weeks for long runs', () => {
    expect(weekTicks([0, 22 * DAY_MS]).map(({ day }) => day)).toEqual([0, 7, 14, 21]);
    expect(weekTicks([0, 60 * DAY_MS]).map(({ day }) => day)).toEqual([0, 14, 28, 42, 56]);
    expect(weekTicks([0, 400 * DAY_MS]).length).toBeLessThanOrEqual(5);
  });
});

describe('ticks', () => {
  it('are round and hold zero', () => {
    expect(roundTicks([-0.25, 0.55])).toEqual([-0.2, 0, 0.2, 0.4]);
    expect(roundTicks([-0.011, 0.012])).toEqual([-0.01, 0, 0.01]);
  });

  it('are never so few that a height cannot be read', () => {
    for (const high of [0.013, 0.04, 0.07, 0.11, 0.19, 0.33, 0.52, 0.78, 1.4, 6])
      for (const low of [-0.01, -0.06, -0.2, -0.5]) {
        const ticks = gridTicks([low, high]);
        expect(ticks).toContain(0);
        expect(ticks.length).toBeGreaterThanOrEqual(3);
        expect(ticks.length).toBeLessThanOrEqual(5);
      }
  });

  it('carry the decimals that tell them apart', () => {
    expect(tickDecimals([0, 0.2])).toBe(0);
    expect(tickDecimals([0.98, 0.985])).toBe(1);
    expect(tickDecimals([0, 0.0025])).toBe(2);
  });
});

describe('a gap in the data', () => {
  const looks = (hours: readonly number[], source: PlotSource = 'live') =>
    hours.map((hour) => row(hour * HOUR_MS, 0.1, [0, 0.2], source));

  it('is a gap in the line', () => {
    const rows = withGaps(looks([0, 6, 12, 18, 24, 90, 96]));
    expect(rows).toHaveLength(8);
    expect(rows[5]?.values).toEqual([]);
  });

  it('is not seen in a night without looks, nor between looks that were bought back far apart', () => {
    expect(withGaps(looks([0, 6, 12, 36, 42]))).toHaveLength(5);
    expect(withGaps(looks([0, 24, 96, 240], 'backfill'))).toHaveLength(4);
  });
});

describe('dots', () => {
  const rows = Array.from({ length: 101 }, (_, at) => row(at));

  it('stand at least 6 px apart; the first, the last and the call stay', () => {
    const kept = [...keptDots(rows, 0, (at) => at, 50)].toSorted((a, b) => a - b);
    expect(kept[0]).toBe(0);
    expect(kept).toContain(50);
    expect(kept.at(-1)).toBe(100);
    const apart = kept.slice(1).map((at, index) => at - (kept[index] ?? 0));
    expect(Math.min(...apart)).toBeGreaterThanOrEqual(6);
    expect(kept.length).toBeGreaterThan(12);
  });

  it('all stand when there is room', () => {
    expect(keptDots(rows, 0, (at) => at * 10, null).size).toBe(101);
  });

  it('leave out looks without a value', () => {
    expect([...keptDots([row(0), row(9, null), row(20)], 0, (at) => at, null)]).toEqual([0, 2]);
  });
});

describe('labels at the line ends', () => {
  const box = (key: string, y: number) => ({ key, y, height: 18 });

  it('stay where their line is when they do not collide', () => {
    const middles = separateLabels([box('a', 20), box('b', 60)], [0, 100]);
    expect(middles.get('a')).toBe(20);
    expect(middles.get('b')).toBe(60);
  });

  it('move apart by their height in the order of their values', () => {
    const middles = separateLabels([box('low', 52), box('high', 50), box('mid', 51)], [0, 100]);
    const ys = ['high', 'mid', 'low'].map((key) => middles.get(key) ?? NaN);
    expect((ys[1] ?? 0) - (ys[0] ?? 0)).toBeCloseTo(18);
    expect((ys[2] ?? 0) - (ys[1] ?? 0)).toBeCloseTo(18);
    expect(ys[1]).toBeCloseTo(51);
  });

  it('stay inside the picture, at both ends', () => {
    const middles = separateLabels([box('a', -30), box('b', -20), box('c', 99)], [0, 100]);
    expect(middles.get('a')).toBe(9);
    expect(middles.get('b')).toBe(27);
    expect(middles.get('c')).toBe(91);
  });
});

describe('marker words', () => {
  const marker = (key: string, atMs: number, kind: PlotMarker['kind']): PlotMarker => ({
    key,
    kind,
    atMs,
    title: `${key} title`,
    shortTitle: key,
    detail: `${key} detail`,
    shortDetail: key,
    onZero: null,
    tickAtMs: null,
  });

  it('are joined where they would stand within 80 px, under the title of the call', () => {
    const labels = toMarkerLabels(
      [marker('change', 300, 'change'), marker('call', 360, 'call')],
      (at) => at,
      [0, 800],
    );
    expect(labels).toHaveLength(1);
    expect(labels[0]?.title).toBe('call title');
    expect(labels[0]?.details).toEqual(['call detail', 'change title']);
  });

  it('never leave the picture', () => {
    const [label] = toMarkerLabels([marker('call', 799, 'call')], (at) => at, [0, 800]);
    expect((label?.x ?? 999) + (label?.width ?? 0) / 2).toBeLessThanOrEqual(800);
  });
});

describe('the band', () => {
  it('is open before the call and firm from its look on, meeting there', () => {
    const rows = [row(0), row(10), row(20)];
    const bands = rows.map((at) => toBands(rows, 0, [-1, 1], 10).get(at));
    expect(bands.map((band) => band?.open !== null)).toEqual([true, true, false]);
    expect(bands.map((band) => band?.firm !== null)).toEqual([false, true, true]);
  });

  it('runs out of the picture where the interval has no limit', () => {
    const rows = [row(0, 0.2, [-0.1, null])];
    const [low, high] = toBands(rows, 0, [-1, 1], null).get(rows[0] as PlotRow)?.open ?? [0, 0];
    expect(low).toBe(-0.1);
    expect(high).toBeGreaterThan(1);
  });
});

describe('pointing', () => {
  const rows = [row(0), row(100), row(300)];

  it('finds the look nearest in time', () => {
    expect([-5, 40, 60, 199, 201, 999].map((at) => nearestRow(rows, at))).toEqual([
      0, 0, 1, 1, 2, 2,
    ]);
    expect(nearestRow([], 5)).toBe(-1);
  });

  it('finds the line under the pointer, and none where there is none', () => {
    const two: PlotRow = {
      ...row(0),
      values: [
        { value: 0.5, interval: null },
        { value: 0.4, interval: null },
      ],
    };
    const { toY } = createScale(100, 100, [0, 1], [0, 1]);
    expect(nearestSeries(two, 58, toY)).toBe(1);
    expect(nearestSeries(two, 52, toY)).toBe(0);
    expect(nearestSeries(two, 5, toY)).toBe(-1);
  });
});

it('cuts names between letters, never through one', () => {
  expect(truncate('Original', 9)).toBe('Original');
  expect(truncate('👩‍👩‍👧 family form', 4)).toBe('👩‍👩‍👧 f…');
});
