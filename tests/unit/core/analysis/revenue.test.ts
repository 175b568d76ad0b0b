import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '@/lib/core/analysis/analyse';
import type { Analysis } from '@/lib/core/analysis/analysis';
import { startHistory } from '@/lib/core/analysis/history';
import type { RevenueComparison } from '@/lib/core/analysis/revenue';
import { readRevenue } from '@/lib/core/analysis/revenue';
import { cappedVariance } from '@/lib/core/analysis/revenue-judgement';
import type { Settings } from '@/lib/core/analysis/settings';
import type { GoalId } from '@/lib/core/experiment/ids';
import { DEFAULT_METHOD } from '@/lib/core/experiment/question';
import type { GoalCounts, Snapshot } from '@/lib/core/experiment/snapshot';
import { GOAL, aSnapshot, anExperiment, armId } from './builders';

interface Sales {
  readonly visitors: number;
  readonly buyers: number;
  readonly orders?: number;
  readonly revenue: number | null;
}

const salesReport = (arms: readonly Sales[], unit: Snapshot['unit'] = 'visitors'): Snapshot => ({
  ...aSnapshot([]),
  unit,
  arms: arms.map(({ visitors, buyers, orders, revenue }, place) => {
    const goal: GoalCounts = {
      conversions: orders ?? buyers,
      converted: buyers,
      revenue,
      platform: { rate: null, lift: null, reliability: null },
    };
    const goals = { [GOAL]: goal } as Record<GoalId, GoalCounts>;
    return { variationId: armId(place), visitors, visits: visitors * 2, goals };
  }),
});

const analysisOf = (snapshot: Snapshot, settings: Partial<Settings> = {}): Analysis =>
  analyse({
    experiment: anExperiment(snapshot.arms.length),
    snapshot,
    proof: 'visitors',
    history: startHistory(),
    method: DEFAULT_METHOD,
    settings,
  });

const readingOf = (arms: readonly Sales[], settings: Partial<Settings> = {}) =>
  readRevenue(anExperiment(arms.length), analysisOf(salesReport(arms), settings));

function comparisonOf(arms: readonly Sales[], settings: Partial<Settings> = {}): RevenueComparison {
  const comparison = readingOf(arms, settings)?.arms[1]?.comparison;
  if (!comparison) throw new Error('nothing compared');
  return comparison;
}

const USUAL: readonly Sales[] = [
  { visitors: 20_000, buyers: 600, revenue: 48_000 },
  { visitors: 20_000, buyers: 640, revenue: 52_000 },
];
const LARGE: readonly Sales[] = [
  { visitors: 20_000, buyers: 600, revenue: 48_000 },
  { visitors: 20_000, buyers: 800, revenue: 70_000 },
];

describe('revenue without a second moment', () => {
  it('cannot be significant where even equal carts would not make it so', () => {
    const { judgement, lift, difference } = comparisonOf(USUAL);
    expect(judgement.kind).toBe('cannot-be-significant');
    if (judgement.kind !== 'cannot-be-significant') return;
    expect(judgement.z).toBeCloseTo(1.430891206743294, 9);
    expect(judgement.p).toBeCloseTo(0.1524613975809475, 9);
    expect(lift).toBeCloseTo(1 / 12, 12);
    expect(difference).toBeCloseTo(0.2, 12);
  });

  it('is undetermined, never significant, however large the effect is', () => {
    const { judgement } = comparisonOf(LARGE);
    expect(judgement).toMatchObject({ kind: 'undetermined', cap: { kind: 'none' } });
    if (judgement.kind === 'undetermined') expect(judgement.z).toBeCloseTo(7.0986950160717, 9);
  });

  it('says so too where one arm has sold nothing', () => {
    const { judgement, lift } = comparisonOf([
      { visitors: 500, buyers: 0, revenue: 0 },
      { visitors: 500, buyers: 3, revenue: 210 },
    ]);
    expect(judgement).toMatchObject({ kind: 'cannot-be-significant' });
    expect(lift).toBeNull();
  });

  it('gives points without uncertainty, and what the lift is made of', () => {
    const reading = readingOf([
      { visitors: 10_000, buyers: 500, orders: 600, revenue: 48_000 },
      { visitors: 10_000, buyers: 550, orders: 770, revenue: 53_900 },
    ]);
    expect(reading?.arms[1]).toMatchObject({ perVisitor: 5.39, perOrder: 70, orders: 770 });
    const parts = reading?.arms[1]?.comparison?.parts;
    expect(parts?.rate).toBeCloseTo(0.1, 12);
    expect(parts?.ordersPerBuyer).toBeCloseTo(1.4 / 1.2 - 1, 12);
    expect(parts?.perOrder).toBeCloseTo(70 / 80 - 1, 12);
  });

  it('judges the rate of buyers as what it is', () => {
    expect(comparisonOf(LARGE).rateState).toBe('winner');
    expect(comparisonOf(USUAL).rateState).toBe('inconclusive');
  });

  it('is not spoken of where the goal carries none', () => {
    const none = USUAL.map((arm) => ({ ...arm, revenue: 0 }));
    const unknown = USUAL.map((arm) => ({ ...arm, revenue: null }));
    expect(readingOf(none)).toBeNull();
    expect(readingOf(unknown)).toBeNull();
  });

  it('is withheld with the split', () => {
    const broken = [{ visitors: 16_000, buyers: 480, revenue: 40_000 }, ...LARGE.slice(1)];
    expect(comparisonOf(broken).judgement).toEqual({ kind: 'withheld', state: 'blocked' });
  });

  it('is withheld where people are not counted once', () => {
    const analysis = analysisOf(salesReport(LARGE, 'visits'));
    const reading = readRevenue(anExperiment(2), analysis);
    expect(reading?.arms[1]?.comparison?.judgement).toEqual({
      kind: 'withheld',
      state: 'not-applicable',
    });
  });
});

describe('revenue with a cap on orders', () => {
  it('has a conservative interval at every look, which may exclude 0', () => {
    const { judgement } = comparisonOf(LARGE, { maxOrderValue: 150 });
    expect(judgement).toMatchObject({ kind: 'bounded', claim: 'higher', alpha: 0.05, cap: 150 });
    if (judgement.kind !== 'bounded') return;
    // 1.1 -+ 3.42 sqrt((2.4 * 147.6 + 3.5 * 146.5)/20,000)
    const error = Math.sqrt((2.4 * 147.6 + 3.5 * 146.5) / 20_000);
    expect(judgement.interval.lower).toBeCloseTo(1.1 - judgement.multiplier * error, 9);
    expect(judgement.multiplier).toBeGreaterThan(3);
  });

  it('is wider the more an order may be worth, and leaves open what it cannot tell', () => {
    expect(comparisonOf(LARGE, { maxOrderValue: 5000 }).judgement).toMatchObject({
      kind: 'bounded',
      claim: 'open',
    });
  });

  it('is not believed where the figures exceed it', () => {
    const { judgement } = comparisonOf(LARGE, { maxOrderValue: 85 });
    expect(judgement).toMatchObject({
      kind: 'undetermined',
      cap: { kind: 'cap-broken', variationId: armId(1), cap: 85, perOrder: 87.5 },
    });
  });

  it('waits for a hundred buyers an arm', () => {
    const few = [
      { visitors: 20_000, buyers: 99, revenue: 2000 },
      { visitors: 20_000, buyers: 300, revenue: 9000 },
    ];
    const { judgement } = comparisonOf(few, { maxOrderValue: 150 });
    expect(judgement).toMatchObject({
      kind: 'undetermined',
      cap: { kind: 'few-orders', smallest: 99, needed: 100 },
    });
  });

  it('splits the level over three variations and with a planned end', () => {
    const arms = [...LARGE, ...LARGE.slice(1), ...LARGE.slice(1)];
    const plain = comparisonOf(arms, { maxOrderValue: 150 }).judgement;
    const planned = comparisonOf(arms, { maxOrderValue: 150, plannedEnd: 200_000 }).judgement;
    expect(plain).toMatchObject({ kind: 'bounded' });
    if (plain.kind !== 'bounded' || planned.kind !== 'bounded') return;
    expect(plain.alpha).toBeCloseTo(0.05 / 3, 12);
    expect(planned.alpha).toBeCloseTo(0.02 / 3, 12);
  });

  it('is widened by people who bought more than once', () => {
    const arm = { visitors: 20_000, converted: 600, conversions: 600, revenue: 48_000 };
    expect(cappedVariance(arm, 500)).toBeCloseTo(1194.24, 9);
    expect(cappedVariance({ ...arm, conversions: 605 }, 500)).toBeCloseTo(1569.24, 9);
  });
});

describe('whatever was bought', () => {
  const people = fc.array(
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 0, maxLength: 4 }),
    { minLength: 2, maxLength: 40 },
  );

  it('no spread of carts within the cap exceeds the bound', () => {
    fc.assert(
      fc.property(people, fc.integer({ min: 1, max: 500 }), (carts, cap) => {
        const sums = carts.map((orders) => orders.reduce((sum, share) => sum + share * cap, 0));
        const revenue = sums.reduce((sum, value) => sum + value, 0);
        const mean = revenue / sums.length;
        const variance = sums.reduce((sum, value) => sum + (value - mean) ** 2, 0) / sums.length;
        const bound = cappedVariance(
          {
            visitors: carts.length,
            converted: carts.filter((orders) => orders.length > 0).length,
            conversions: carts.reduce((sum, orders) => sum + orders.length, 0),
            revenue,
          },
          cap,
        );
        expect(variance).toBeLessThanOrEqual(bound * (1 + 1e-9) + 1e-9);
      }),
      { numRuns: 500 },
    );
  });

  const aSale = fc
    .record({
      visitors: fc.integer({ min: 1, max: 100_000 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      cart: fc.double({ min: 0.01, max: 200, noNaN: true }),
    })
    .map(({ visitors, share, cart }): Sales => {
      const buyers = Math.round(visitors * share);
      return { visitors, buyers, revenue: buyers * cart };
    });

  it('what cannot be significant without a cap is never called with one', () => {
    fc.assert(
      fc.property(aSale, aSale, (one, two) => {
        const reading = readingOf([one, two]);
        if (reading === null) return;
        const without = comparisonOf([one, two]).judgement;
        const capped = comparisonOf([one, two], { maxOrderValue: 200 }).judgement;
        if (without.kind === 'cannot-be-significant' && capped.kind === 'bounded')
          expect(capped.claim).toBe('open');
        expect(['bounded', 'significant']).not.toContain(without.kind);
      }),
      { numRuns: 300 },
    );
  });

  it('turns its sign with the arms', () => {
    fc.assert(
      fc.property(aSale, aSale, (one, two) => {
        if (readingOf([one, two]) === null) return;
        const settings = { maxOrderValue: 200 };
        const there = comparisonOf([one, two], settings);
        const back = comparisonOf([two, one], settings);
        expect(back.judgement.kind).toBe(there.judgement.kind);
        expect(back.difference ?? 0).toBeCloseTo(-(there.difference ?? 0), 9);
      }),
      { numRuns: 100 },
    );
  });
});
