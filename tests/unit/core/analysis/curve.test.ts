import { describe, expect, it } from 'vitest';
import type { CurvePoint } from '@/lib/core/analysis/analysis';
import { toCurve } from '@/lib/core/analysis/curve';
import { decimateLooks } from '@/lib/core/analysis/decimate-looks';
import { toSparkline } from '@/lib/core/analysis/sparkline';
import { DEFAULT_METHOD } from '@/lib/core/experiment/question';
import { aLook, aSnapshot, analysed, anExperiment, armId, comparisonAt } from './builders';

const point = (atMs: number, lift: number | null): CurvePoint => ({
  atMs,
  source: 'live',
  visitors: 100,
  arms: [
    { variationId: armId(0), rate: 0.1, rateInterval: null, lift: null, liftInterval: null },
    {
      variationId: armId(1),
      rate: 0.1,
      rateInterval: null,
      lift,
      liftInterval: lift === null ? null : { lower: lift - 0.1, upper: null },
    },
  ],
});

describe('the curve', () => {
  it('shows at each look the interval that the page showed then, oldest first', () => {
    const arms = [
      [20_000, 1000],
      [20_000, 1200],
    ] as const;
    const few = [
      [50, 1],
      [50, 2],
    ] as const;
    const looks = [aLook(arms, 9), { ...aLook(few, 1), source: 'backfill' as const }];
    const curve = toCurve(anExperiment(2), looks, DEFAULT_METHOD);
    expect(curve.map(({ source, visitors }) => [source, visitors])).toEqual([
      ['backfill', 100],
      ['live', 40_000],
    ]);
    expect(curve[0]?.arms[1]).toMatchObject({ lift: null, liftInterval: null });
    const shown = comparisonAt(analysed(arms, { snapshot: aSnapshot(arms, 9) }), 1);
    expect(curve[1]?.arms[1]?.liftInterval).toEqual(shown.liftInterval);
  });
});

describe('decimation', () => {
  const points = Array.from({ length: 3000 }, (_, i) => point(i, Math.sin(i / 40) / 100));
  points[1234] = point(1234, 0.9);
  points[2222] = point(2222, -0.9);

  it('keeps the first, the last, the call and the extremes', () => {
    const kept = decimateLooks(points, 60, { leaderId: armId(1), calledAtMs: 777 });
    expect(kept.length).toBeLessThanOrEqual(60);
    for (const at of [0, 777, 1234, 2222, 2999]) expect(kept).toContain(points[at]);
    expect(kept.map(({ atMs }) => atMs)).toEqual(
      kept.map(({ atMs }) => atMs).toSorted((a, b) => a - b),
    );
  });

  it('never returns more than it may, and everything when there is room', () => {
    for (const max of [1, 2, 3, 4, 5, 17, 400])
      expect(decimateLooks(points, max, { calledAtMs: 5 }).length).toBeLessThanOrEqual(max);
    expect(decimateLooks(points.slice(0, 12), 12)).toHaveLength(12);
    expect(decimateLooks([], 10)).toEqual([]);
  });

  it('gives empty stretches of time no points, so that gaps stay gaps', () => {
    const gappy = [...points.slice(0, 500), ...points.slice(2500)];
    const kept = decimateLooks(gappy, 100, { leaderId: armId(1) });
    expect(kept.filter(({ atMs }) => atMs > 500 && atMs < 2500)).toEqual([]);
  });
});

describe('a sparkline', () => {
  it('holds the leader in few points, with null for no limit', () => {
    const points = Array.from({ length: 500 }, (_, i) => point(i, i < 10 ? null : 0.12));
    const { variationId, points: few } = toSparkline(points, armId(1));
    expect(variationId).toBe(armId(1));
    expect(few.length).toBeLessThanOrEqual(40);
    expect(few[0]).toEqual([0, null, null, null]);
    expect(few.at(-1)).toEqual([499, 0.12, 0.12 - 0.1, null]);
  });

  it('is empty without a leader', () => {
    expect(toSparkline([point(1, 0.1)], null)).toEqual({ variationId: null, points: [] });
  });
});
