import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_SLICES, toSlices } from '@/lib/core/analysis/slices';
import type { SliceCounts, SliceMethod } from '@/lib/core/analysis/slices';
import { ORIGINAL } from '@/lib/core/experiment/ids';
import type { Unit } from '@/lib/core/experiment/snapshot';
import { anExperiment, GOAL } from '@/tests/unit/server/live/fake-client';

const experiment = anExperiment(1);
const [, blue] = experiment.variations;
const METHOD: SliceMethod = {
  goalId: GOAL,
  referenceId: ORIGINAL,
  confidenceLevel: 0.95,
  plannedVisitors: 10_000,
  neededCounts: 25,
  countsPeople: true,
  sinceMs: null,
};

/** `[people, converted]` of the original and of blue. */
const slice = (
  value: string,
  counts: readonly (readonly [number, number])[],
  unit: Unit = 'visitors',
): SliceCounts => ({
  value,
  snapshot: {
    experimentId: experiment.id,
    asOfMs: 1_000,
    unit,
    arms: experiment.variations.map(({ id }, at) => {
      const [n, converted] = counts[at] ?? [0, 0];
      const platform = { rate: null, lift: null, reliability: null };
      const goal = { conversions: converted, converted, revenue: null, platform };
      return { variationId: id, visitors: n, visits: n, goals: { [GOAL]: goal } };
    }),
  },
});

const big = slice('DESKTOP', [
  [10_000, 500],
  [10_000, 700],
]);
const small = slice('PHONE', [
  [4_000, 200],
  [4_000, 190],
]);
const blueOf = (slices: ReturnType<typeof toSlices>, at: number) =>
  slices.slices[at]?.arms.find(({ variationId }) => variationId === blue?.id);

describe('slices', () => {
  it('come largest first, each variation against the reference', () => {
    const made = toSlices('k', experiment, [small, big], METHOD);
    expect(made.slices.map(({ value, n }) => [value, n])).toEqual([
      ['DESKTOP', 20_000],
      ['PHONE', 8_000],
    ]);
    const arm = blueOf(made, 0);
    expect(arm).toMatchObject({ n: 10_000, converted: 700, rate: 0.07 });
    expect(arm?.lift).toBeCloseTo(0.4, 12);
    expect(made.slices[0]?.arms[0]).toMatchObject({ isReference: true, lift: null });
  });

  it('share one error among all that is shown: the more slices, the wider each interval', () => {
    const alone = blueOf(toSlices('k', experiment, [big], METHOD), 0)?.liftInterval;
    const amongTwo = blueOf(toSlices('k', experiment, [big, small], METHOD), 0)?.liftInterval;
    expect(amongTwo?.lower).toBeLessThan(alone?.lower ?? Infinity);
    expect(amongTwo?.upper).toBeGreaterThan(alone?.upper ?? -Infinity);
  });

  it('have no interval where visits are counted, or where nobody has shown that people are', () => {
    const visits = toSlices(
      'k',
      experiment,
      [
        slice(
          'X',
          [
            [9e3, 500],
            [9e3, 600],
          ],
          'visits',
        ),
      ],
      METHOD,
    );
    expect(visits).toMatchObject({ unit: 'visits', level: null, withheld: 'visits' });
    expect(blueOf(visits, 0)).toMatchObject({ liftInterval: null });
    expect(blueOf(visits, 0)?.lift).toBeCloseTo(0.2, 12);
    const unproven = toSlices('k', experiment, [big], { ...METHOD, countsPeople: false });
    expect(unproven).toMatchObject({ level: null, withheld: 'unit' });
    expect(blueOf(unproven, 0)?.liftInterval).toBeNull();
  });

  it('show no lift below the counts, for more converted than counted, or without a reference', () => {
    for (const counts of [
      [
        [500, 10],
        [500, 14],
      ],
      [
        [900, 400],
        [300, 310],
      ],
    ] as const)
      expect(blueOf(toSlices('k', experiment, [slice('X', counts)], METHOD), 0)?.lift).toBeNull();
    const alone = toSlices('k', experiment, [big], { ...METHOD, referenceId: null });
    expect(blueOf(alone, 0)).toMatchObject({ lift: null, rate: 0.07 });
  });

  it('give no interval of a lift where the reference converted nobody', () => {
    const counts = [
      [50, 0],
      [360, 205],
    ] as const;
    const arm = blueOf(toSlices('k', experiment, [slice('X', counts)], METHOD), 0);
    expect(arm).toMatchObject({ rate: 205 / 360, lift: null, liftInterval: null });
  });

  it('leave out who nobody was in, and the smallest beyond a dozen, and say how many', () => {
    const many = Array.from({ length: MOST_SLICES + 3 }, (_, n) =>
      slice(`C${n}`, [
        [100 + n, 1],
        [100, 1],
      ]),
    );
    const made = toSlices('k', experiment, [...many, slice('EMPTY', [])], METHOD);
    expect(made.slices).toHaveLength(MOST_SLICES);
    expect(made.left).toBe(3);
    expect(made.slices.at(-1)?.n).toBe(203);
    expect(toSlices('k', experiment, [], METHOD)).toMatchObject({ slices: [], left: 0 });
  });

  it('name no interval that excludes zero among equal slices more often than the level says', () => {
    let random = 1;
    const uniform = (): number => (random = (random * 48_271) % 2_147_483_647) / 2_147_483_647;
    const normal = (): number =>
      Math.sqrt(-2 * Math.log(uniform())) * Math.cos(6.283185307 * uniform());
    const converted = (n: number): number =>
      Math.round(n * 0.06 + Math.sqrt(n * 0.0564) * normal());
    let strayed = 0;
    const RUNS = 600;
    for (let run = 0; run < RUNS; run += 1) {
      const cut = Array.from({ length: 8 }, (_, at) =>
        slice(`S${at}`, [
          [9e3, converted(9e3)],
          [9e3, converted(9e3)],
        ]),
      );
      const { slices } = toSlices('k', experiment, cut, METHOD);
      const intervals = slices.flatMap(({ arms }) =>
        arms.flatMap(({ liftInterval }) => liftInterval ?? []),
      );
      expect(intervals).toHaveLength(8);
      if (intervals.some(({ lower, upper }) => (lower ?? -1) > 0 || (upper ?? 1) < 0)) strayed += 1;
    }
    expect(strayed / RUNS).toBeLessThan(0.05);
  });

  it('give finite figures for any counts', () => {
    const count = fc.integer({ min: 0, max: 1e7 });
    fc.assert(
      fc.property(fc.array(fc.tuple(count, count, count, count), { maxLength: 20 }), (rows) => {
        const cut = rows.map(([a, b, c, d], at) =>
          slice(`S${at}`, [
            [a, b],
            [c, d],
          ]),
        );
        for (const { arms } of toSlices('k', experiment, cut, METHOD).slices)
          for (const { rate, lift, liftInterval } of arms) {
            for (const figure of [rate, lift, liftInterval?.lower, liftInterval?.upper])
              expect(figure == null || Number.isFinite(figure)).toBe(true);
            if (liftInterval) expect(lift).not.toBeNull();
          }
      }),
    );
  });
});
