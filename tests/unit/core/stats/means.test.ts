import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cuped } from '@/lib/core/stats/cuped';
import { dailyPaired } from '@/lib/core/stats/daily-paired';
import { marginalLikelihoods } from '@/lib/core/stats/marginal-likelihoods';
import { momentsOf, proportionMoments } from '@/lib/core/stats/moments';
import {
  averageOrder,
  leastVariance,
  mostVariance,
  revenuePerVisitor,
  revenueTest,
} from '@/lib/core/stats/revenue-bounds';
import { lnSplitBayesFactor } from '@/lib/core/stats/split-sequential';
import { meanLift, meanLiftFieller, welchTest } from '@/lib/core/stats/welch';

fc.configureGlobal({ numRuns: 100, seed: 20260302 });

const moments = (n: number, mean: number, variance: number | null) => ({ n, mean, variance });

describe("Welch's test", () => {
  const any = fc.record({
    n: fc.integer({ min: 2, max: 100_000 }),
    mean: fc.double({ min: -10, max: 10, noNaN: true }),
    variance: fc.double({ min: 0.01, max: 100, noNaN: true }),
  });

  it('mirrors when the arms are swapped, and has p <= alpha exactly when its interval excludes 0', () => {
    fc.assert(
      fc.property(any, any, fc.double({ min: 0.001, max: 0.3, noNaN: true }), (c, t, alpha) => {
        const [one, other] = [welchTest(c, t, alpha), welchTest(t, c, alpha)];
        expect(one?.p).toBeCloseTo(other?.p ?? NaN, 12);
        expect((one?.interval.lower ?? 0) + (other?.interval.upper ?? 0)).toBeCloseTo(0, 9);
        fc.pre(one !== null && Math.abs(one.p - alpha) > 1e-9);
        expect(one.interval.lower > 0 || one.interval.upper < 0).toBe(one.p <= alpha);
      }),
    );
  });

  it('is undefined with one unit, none, or no spread at all', () => {
    const sound = moments(10, 2, 1);
    expect(momentsOf({ n: 0, sum: 0, sumSquares: 0 })).toBeNull();
    expect(momentsOf({ n: 1, sum: 5, sumSquares: 25 })).toEqual(moments(1, 5, null));
    expect(welchTest(sound, moments(1, 5, null), 0.05)).toBeNull();
    expect(welchTest(moments(9, 2, 0), moments(9, 3, 0), 0.05)).toBeNull();
    expect(proportionMoments({ n: 0, x: 0 })).toBeNull();
  });

  it('gives a lift of a mean below 0 by its size, with an interval around it', () => {
    const [control, treatment] = [moments(1000, -2, 1), moments(1000, -1, 1)];
    expect(meanLift(control, treatment)?.lift).toBe(0.5);
    const interval = meanLiftFieller(control, treatment, 1.96);
    expect(interval?.lower).toBeGreaterThan(0.4);
    expect(interval?.lower).toBeLessThan(0.5);
    expect(interval?.upper).toBeGreaterThan(0.5);
    expect(interval?.upper).toBeLessThan(0.6);
  });

  it('gives a lift below -100 % where the treatment falls below 0', () => {
    const interval = meanLiftFieller(moments(1000, 2, 1), moments(1000, -1, 1), 1.96);
    expect(meanLift(moments(1000, 2, 1), moments(1000, -1, 1))?.lift).toBe(-1.5);
    expect(interval?.lower).toBeLessThan(-1.5);
    expect(interval?.lower).toBeGreaterThan(-1.6);
    expect(interval?.upper).toBeGreaterThan(-1.5);
    expect(interval?.upper).toBeLessThan(-1.4);
  });

  it('has no lift on a control of 0', () => {
    expect(meanLift(moments(10, 0, 1), moments(10, 1, 1))).toBeNull();
    expect(meanLiftFieller(moments(10, 0, 1), moments(10, 1, 1), 2)).toBeNull();
    expect(meanLift(moments(1, 2, null), moments(10, 1, 1))).toEqual({ lift: -0.5, error: null });
  });
});

describe('CUPED', () => {
  const arm = (n: number, shift: number) => {
    const sums = { n, y: 0, yy: 0, x: 0, xx: 0, xy: 0 };
    for (let i = 0; i < n; i += 1) {
      const [x, y] = [i % 10, 2 * (i % 10) + ((i * 7) % 3) + shift];
      sums.y += y;
      sums.yy += y * y;
      sums.x += x;
      sums.xx += x * x;
      sums.xy += x * y;
    }
    return sums;
  };

  it('takes the past out: the same difference, with less noise', () => {
    const test = cuped(arm(300, 0), arm(300, 1));
    expect(test?.theta).toBeCloseTo(2, 1);
    expect(test?.rawDifference).toBeCloseTo(1, 12);
    expect(test?.difference).toBeCloseTo(1, 12);
    expect(test?.varianceReduction).toBeGreaterThan(0.9);
  });

  it('is undefined where the past does not vary or an arm has one unit', () => {
    const flat = { ...arm(300, 0), x: 300, xx: 300, xy: arm(300, 0).y };
    expect(cuped(flat, flat)).toBeNull();
    expect(cuped(arm(1, 0), arm(300, 0))).toBeNull();
  });
});

describe('the test by days', () => {
  const day = (visitors: number, c: number, t: number) => ({
    control: { visitors, total: c },
    treatment: { visitors, total: t },
  });

  it('weighs a day by its visitors and leaves out one without any', () => {
    const days = [day(100, 100, 200), day(300, 300, 330), day(0, 0, 0)];
    expect(dailyPaired(days, 0.05)).toMatchObject({ degreesOfFreedom: 1 });
    expect(dailyPaired(days, 0.05)?.difference).toBeCloseTo(0.25 * 1 + 0.75 * 0.1, 12);
  });

  it('is undefined on one day, or when every day says the same', () => {
    expect(dailyPaired([day(100, 100, 200)], 0.05)).toBeNull();
    expect(dailyPaired([day(100, 100, 200), day(50, 50, 100)], 0.05)).toBeNull();
  });
});

describe('revenue without a second moment', () => {
  const orders = fc.array(fc.double({ min: 1, max: 500, noNaN: true }), {
    minLength: 2,
    maxLength: 50,
  });

  it('has its true variance between the bounds, whatever the orders were', () => {
    fc.assert(
      fc.property(orders, fc.integer({ min: 0, max: 1000 }), (values, idle) => {
        const visitors = values.length + idle;
        const revenue = values.reduce((sum, value) => sum + value, 0);
        const squares = values.reduce((sum, value) => sum + value * value, 0);
        const truth = squares / visitors - (revenue / visitors) ** 2;
        const totals = { visitors, purchases: values.length, revenue };
        expect(leastVariance(totals)).toBeLessThanOrEqual(truth * (1 + 1e-9) + 1e-9);
        expect(mostVariance(totals, 500)).toBeGreaterThanOrEqual(truth * (1 - 1e-9));
      }),
    );
  });

  it('never finds with the most variance what it does not find with the least', () => {
    const [c, t] = [
      { visitors: 20_000, purchases: 600, revenue: 48_000 },
      { visitors: 20_000, purchases: 800, revenue: 70_000 },
    ];
    const least = revenueTest(c, t, [leastVariance(c), leastVariance(t)], 1.96);
    const most = revenueTest(c, t, [mostVariance(c, 2000), mostVariance(t, 2000)], 1.96);
    expect(most?.p).toBeGreaterThan(least?.p ?? NaN);
    expect(most?.interval.lower).toBeLessThan(least?.interval.lower ?? NaN);
  });

  it('is undefined without visitors, without purchases, or where the totals break the cap', () => {
    const none = { visitors: 0, purchases: 0, revenue: 0 };
    const idle = { visitors: 500, purchases: 0, revenue: 0 };
    const some = { visitors: 500, purchases: 3, revenue: 210 };
    expect(revenuePerVisitor(none)).toBeNull();
    expect(averageOrder(idle)).toBeNull();
    expect(leastVariance(none)).toBeNull();
    expect(leastVariance(idle)).toBe(0);
    expect(mostVariance(some, 50)).toBeNull();
    expect(revenueTest(idle, idle, [0, 0], 1.96)).toBeNull();
    expect(revenueTest(idle, some, [leastVariance(idle), null], 1.96)).toBeNull();
  });
});

describe('the marginal likelihoods of a split', () => {
  it('differ by the ln Bayes factor of the totals, however these came', () => {
    const batches = [
      [20, 17, 9],
      [18, 21, 8],
      [4, 6, 4],
    ];
    const last = marginalLikelihoods(batches, [0.4, 0.4, 0.2], [40, 40, 20]).at(-1);
    const factor = lnSplitBayesFactor([42, 44, 21], [0.4, 0.4, 0.2], 100) ?? NaN;
    expect((last?.lnUnknown ?? NaN) - (last?.lnGiven ?? NaN)).toBeCloseTo(factor, 10);
  });

  it('are impossible where an arm without traffic got visitors', () => {
    expect(marginalLikelihoods([[5, 1]], [1, 0], [1, 1])[0]?.lnGiven).toBe(-Infinity);
    expect(marginalLikelihoods([[5, 0]], [1, 0], [1, 1])[0]?.lnGiven).toBe(0);
  });
});
