import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  alwaysValidP,
  lnEValue,
  sequenceMultiplier,
  tuneRho2,
} from '@/lib/core/stats/confidence-sequence';
import { newcombe, wald } from '@/lib/core/stats/difference-interval';
import { fieller } from '@/lib/core/stats/fieller';
import { katzLift } from '@/lib/core/stats/lift';
import { twoSidedQuantile } from '@/lib/core/stats/normal-quantile';
import type { Sample } from '@/lib/core/stats/sample';
import { splitChiSquare } from '@/lib/core/stats/split-chi-square';
import { lnSplitBayesFactor } from '@/lib/core/stats/split-sequential';
import { standardErrors } from '@/lib/core/stats/standard-error';
import { twoProportionTest } from '@/lib/core/stats/two-proportion-test';
import { wilson } from '@/lib/core/stats/wilson';

/** The same draws every time; thousands of others were drawn when this was written. */
fc.configureGlobal({ numRuns: 100, seed: 20260302 });

const samples = (most = 1_000_000): fc.Arbitrary<Sample> =>
  fc
    .integer({ min: 1, max: most })
    .chain((n) => fc.record({ n: fc.constant(n), x: fc.integer({ min: 0, max: n }) }));
const alphas = fc.double({ min: 1e-6, max: 0.5, noNaN: true });
const pairs = fc.tuple(samples(), samples());

const estimate = ({ n, x }: Sample) => ({ rate: x / n, variance: ((x / n) * (1 - x / n)) / n });
/** Within rounding of the border, either side may be said. */
const isClear = (value: number, border: number) =>
  Math.abs(value - border) > 1e-9 * Math.max(1, Math.abs(border));

describe('two arms', () => {
  it('swapped mirror each other: the difference, its intervals and z', () => {
    fc.assert(
      fc.property(pairs, alphas, ([c, t], alpha) => {
        const z = twoSidedQuantile(alpha);
        for (const interval of [wald, newcombe]) {
          const [one, other] = [interval(c, t, z), interval(t, c, z)];
          expect((one?.lower ?? 0) + (other?.upper ?? 0)).toBeCloseTo(0, 12);
          expect((one?.upper ?? 0) + (other?.lower ?? 0)).toBeCloseTo(0, 12);
        }
        const [one, other] = [twoProportionTest(c, t), twoProportionTest(t, c)];
        expect((one?.z ?? 0) + (other?.z ?? 0)).toBeCloseTo(0, 9);
        expect(one?.p ?? null).toEqual(other?.p ?? null);
      }),
    );
  });

  it('swapped invert the ratio of a log-scale lift', () => {
    fc.assert(
      fc.property(pairs, alphas, ([c, t], alpha) => {
        const z = twoSidedQuantile(alpha);
        const [one, other] = [katzLift(c, t, z), katzLift(t, c, z)];
        fc.pre(one !== null && other !== null);
        const product = (1 + one.lower) * (1 + other.upper);
        fc.pre(Number.isFinite(product) && product > 0);
        expect(product).toBeCloseTo(1, 6);
      }),
    );
  });

  it('read as non-conversions mirror each other too', () => {
    const turn = ({ n, x }: Sample): Sample => ({ n, x: n - x });
    fc.assert(
      fc.property(pairs, ([c, t]) => {
        const [one, other] = [standardErrors(c, t), standardErrors(turn(c), turn(t))];
        expect(one?.max ?? 0).toBeCloseTo(other?.max ?? 0, 12);
        const [w, v] = [wilson(c, 2), wilson(turn(c), 2)];
        expect((w?.lower ?? 0) + (v?.upper ?? 0)).toBeCloseTo(1, 12);
      }),
    );
  });

  it('with ten times the counts have narrower intervals', () => {
    const tenfold = ({ n, x }: Sample): Sample => ({ n: 10 * n, x: 10 * x });
    const width = (limits: { lower: number; upper: number } | null) =>
      limits === null ? 0 : limits.upper - limits.lower;
    fc.assert(
      fc.property(pairs, ([c, t]) => {
        expect(width(newcombe(tenfold(c), tenfold(t), 2))).toBeLessThan(width(newcombe(c, t, 2)));
        expect(width(wilson(tenfold(c), 2))).toBeLessThan(width(wilson(c, 2)));
      }),
    );
  });
});

describe('the confidence sequence', () => {
  const plans = fc.integer({ min: 100, max: 10_000_000 });

  it('has p <= alpha exactly when its interval excludes 0', () => {
    fc.assert(
      fc.property(pairs, alphas, plans, ([c, t], alpha, plannedVisitors) => {
        const se = standardErrors(c, t)?.max ?? 0;
        fc.pre(se > 0);
        const n = c.n + t.n;
        const rho2 = tuneRho2(alpha, plannedVisitors);
        const d = Math.abs(t.x / t.n - c.x / c.n);
        const half = sequenceMultiplier(n, rho2, alpha) * se;
        fc.pre(isClear(d / half, 1));
        expect(alwaysValidP(lnEValue(d / se, n, rho2)) <= alpha).toBe(d > half);
      }),
    );
  });

  it('is wider than the fixed interval at every sample size and plan', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 1e9 }), plans, alphas, (n, plannedVisitors, alpha) => {
        const multiplier = sequenceMultiplier(n, tuneRho2(alpha, plannedVisitors), alpha);
        expect(multiplier).toBeGreaterThan(twoSidedQuantile(alpha));
      }),
    );
  });
});

describe("Fieller's lift interval", () => {
  it('excludes 0 exactly when the interval of the difference does', () => {
    fc.assert(
      fc.property(pairs, fc.double({ min: 0.5, max: 9, noNaN: true }), ([c, t], m) => {
        const [from, to] = [estimate(c), estimate(t)];
        const half = m * Math.sqrt(from.variance + to.variance);
        const d = to.rate - from.rate;
        // Without a conversion of the control there is no lift at all.
        fc.pre(c.x > 0 && half > 0 && isClear(Math.abs(d) / half, 1));
        const set = fieller(from, to, m);
        const excludes =
          set !== null &&
          ((set.lower !== null && set.lower > 0) || (set.upper !== null && set.upper < 0));
        expect(excludes).toBe(Math.abs(d) > half);
      }),
    );
  });
});

describe('the split tests', () => {
  const traffic = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 1, max: 100 })),
    { minLength: 2, maxLength: 6 },
  );

  it('do not care in which order the arms come, nor in what unit the weights are', () => {
    fc.assert(
      fc.property(traffic, fc.integer({ min: 1, max: 1000 }), (arms, unit) => {
        const [counts, weights] = [arms.map(([n]) => n), arms.map(([, w]) => w)];
        const turned = [...arms].reverse();
        const [back, other] = [turned.map(([n]) => n), turned.map(([, w]) => w * unit)];
        const [one, two] = [lnSplitBayesFactor(counts, weights), lnSplitBayesFactor(back, other)];
        expect(Math.abs((one ?? NaN) - (two ?? NaN))).toBeLessThan(
          1e-9 * Math.max(1, Math.abs(one ?? 0)),
        );
        const [chi, ihc] = [splitChiSquare(counts, weights), splitChiSquare(back, other)];
        const lnP = chi?.lnP ?? 0;
        expect(Math.abs(lnP - (ihc?.lnP ?? 0))).toBeLessThan(1e-9 * Math.max(1, Math.abs(lnP)));
      }),
    );
  });
});
