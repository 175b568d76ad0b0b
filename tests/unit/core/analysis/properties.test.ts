import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparePair } from '@/lib/core/analysis/compare-pair';
import type { PairPlan } from '@/lib/core/analysis/family';
import { sequenceMultiplier, tuneRho2 } from '@/lib/core/stats/confidence-sequence';
import type { Sample } from '@/lib/core/stats/sample';
import { standardErrors } from '@/lib/core/stats/standard-error';
import type { Arm } from './builders';
import { analysed, anExperiment, armId, withWeights } from './builders';

const RUNS = { numRuns: 400, seed: 20260302 };

/** From 1 to 1e8 people, evenly over magnitudes; none now and then. */
const visitors = fc.oneof(
  {
    arbitrary: fc.double({ min: 0, max: 8, noNaN: true }).map((e) => Math.round(10 ** e)),
    weight: 9,
  },
  { arbitrary: fc.constantFrom(0, 1, 2, 25, 1e8), weight: 1 },
);
/** Any share converted, 0 % and 100 % among them. */
const share = fc.oneof(
  fc.constantFrom(0, 1, 0.5),
  fc.double({ min: -6, max: 0, noNaN: true }).map((e) => 10 ** e),
);
const anyArm = fc.tuple(visitors, share).map(([n, p]): Arm => [n, Math.min(n, Math.round(n * p))]);
const anyArms = fc.array(anyArm, { minLength: 2, maxLength: 8 });

/** Arms whose rates lie close together, so that every state comes up. */
const closeArms = fc
  .tuple(
    fc.double({ min: 2.5, max: 7, noNaN: true }),
    fc.double({ min: -2.5, max: -0.1, noNaN: true }),
    fc.array(
      fc.tuple(
        fc.double({ min: 0.2, max: 1, noNaN: true }),
        fc.double({ min: -0.3, max: 0.3, noNaN: true }),
      ),
      {
        minLength: 2,
        maxLength: 8,
      },
    ),
  )
  .map(([size, rate, arms]) =>
    arms.map(([part, effect]): Arm => {
      const n = Math.round(10 ** size * part);
      return [n, Math.min(n, Math.round(n * 10 ** rate * (1 + effect)))];
    }),
  );

/** With unknown weights the split cannot block, whatever the visitors are. */
const judged = (arms: readonly Arm[]) =>
  analysed(arms, { experiment: withWeights(anExperiment(arms.length), []) });

const sample = ([n, x]: Arm): Sample => ({ n, x });

function everyNumber(value: unknown, visit: (number: number) => void): void {
  if (typeof value === 'number') visit(value);
  else if (value !== null && typeof value === 'object')
    for (const inner of Object.values(value)) everyNumber(inner, visit);
}

const atLevel = (alpha: number): PairPlan => ({
  alpha,
  finalAlpha: null,
  plannedVisitors: 10_000,
  neededCounts: 25,
});

describe('an analysis of any counts', () => {
  it('holds no NaN and no infinity', () => {
    const weights = fc.array(fc.constantFrom(0, 0.01, 0.1, 0.5, 1, null), {
      minLength: 8,
      maxLength: 8,
    });
    fc.assert(
      fc.property(fc.oneof(anyArms, closeArms), weights, (arms, shares) => {
        const experiment = withWeights(anExperiment(arms.length), shares);
        for (const analysis of [judged(arms), analysed(arms), analysed(arms, { experiment })])
          everyNumber(analysis, (number) => {
            if (!Number.isFinite(number)) throw new Error(`${number} in an analysis`);
          });
      }),
      RUNS,
    );
  });

  it('holds none for counts that cannot be', () => {
    const wild = fc.tuple(
      fc.constantFrom(NaN, Infinity, -5, 0, 10),
      fc.constantFrom(NaN, -1, 0, 3, 500),
    );
    fc.assert(
      fc.property(fc.array(wild, { minLength: 2, maxLength: 4 }), (arms) => {
        everyNumber(judged(arms), (number) => {
          if (!Number.isFinite(number)) throw new Error(`${number} in an analysis`);
        });
      }),
      RUNS,
    );
  });
});

describe('picture and verdict', () => {
  it('agree: interval, lift interval, p and state exclude 0 together', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.oneof(closeArms, anyArms), (arms) => {
        for (const { comparison } of judged(arms).arms) {
          if (!comparison?.differenceInterval || comparison.difference === null) continue;
          const {
            state,
            p,
            differenceInterval: range,
            liftInterval: lift,
            difference,
          } = comparison;
          const half = difference - (range.lower ?? NaN);
          if (Math.abs(Math.abs(difference) / half - 1) < 1e-9) continue;
          const isUp = (range.lower ?? NaN) > 0;
          const isDown = (range.upper ?? NaN) < 0;
          seen.add(state);
          expect(state === 'winner').toBe(isUp);
          expect(state === 'loser').toBe(isDown);
          expect((p ?? NaN) <= 0.05).toBe(isUp || isDown);
          expect((lift?.lower ?? -1) > 0).toBe(isUp);
          expect((lift?.upper ?? 1) < 0).toBe(isDown);
          if (comparison.lift !== null) {
            expect(lift?.lower ?? -Infinity).toBeLessThanOrEqual(comparison.lift);
            expect(lift?.upper ?? Infinity).toBeGreaterThanOrEqual(comparison.lift);
          }
        }
      }),
      RUNS,
    );
    expect([...seen].toSorted()).toEqual(
      expect.arrayContaining(['inconclusive', 'loser', 'no-difference', 'winner']),
    );
  });

  it('follow |d| > c SE_max, the largest standard error, and nothing else', () => {
    fc.assert(
      fc.property(closeArms, fc.constantFrom(0.2, 0.05, 0.01, 0.004), ([a, b], alpha) => {
        if (!a || !b) return;
        const figures = comparePair(sample(a), sample(b), atLevel(alpha));
        const errors = standardErrors(sample(a), sample(b));
        if (figures.kind !== 'ready' || errors === null) return;
        const n = a[0] + b[0];
        const c = sequenceMultiplier(n, tuneRho2(alpha, 10_000), alpha);
        const ratio = Math.abs(figures.difference) / (c * Math.max(errors.pooled, errors.unpooled));
        if (Math.abs(ratio - 1) < 1e-9) return;
        expect(figures.direction !== 'open').toBe(ratio > 1);
        expect(figures.p <= alpha).toBe(ratio > 1);
      }),
      RUNS,
    );
  });
});

describe('at the very edge', () => {
  /** Random counts hardly ever lie between two standard errors or two levels, so the edge is sought out. */
  const settings = fc.record({
    n: fc.integer({ min: 4000, max: 400_000 }),
    ratio: fc.constantFrom(0.1, 0.25, 1, 4),
    rate: fc.double({ min: 0.02, max: 0.6, noNaN: true }),
    k: fc.integer({ min: 2, max: 5 }),
    sign: fc.constantFrom(1, -1),
  });

  it('one conversion more turns state, intervals and p together, at alpha / (k - 1) and SE = max', () => {
    let edges = 0;
    fc.assert(
      fc.property(settings, ({ n, ratio, rate, k, sign }) => {
        const base: Sample = { n, x: Math.round(n * rate) };
        const size = Math.round(n * ratio);
        const alpha = 0.05 / (k - 1);
        const overEdge = (x: number): number => {
          const errors = standardErrors(base, { n: size, x });
          const c = sequenceMultiplier(n + size, tuneRho2(alpha, 10_000), alpha);
          const d = sign * (x / size - base.x / n);
          return errors === null ? NaN : d / (c * Math.max(errors.pooled, errors.unpooled));
        };
        let inside = Math.round(size * rate);
        let outside = sign > 0 ? size : 0;
        if (!(overEdge(outside) > 1)) return;
        while (Math.abs(outside - inside) > 1) {
          const middle = Math.round((inside + outside) / 2);
          if (overEdge(middle) > 1) outside = middle;
          else inside = middle;
        }
        for (const [x, isOut] of [
          [inside, false],
          [outside, true],
        ] as const) {
          if (Math.abs(overEdge(x) - 1) < 1e-9) continue;
          const rest = Array.from({ length: k - 2 }, (): Arm => [n, base.x]);
          const { arms } = judged([[n, base.x], [size, x], ...rest]);
          const comparison = arms[1]?.comparison;
          if (!comparison?.liftInterval) continue;
          edges += 1;
          const out = sign > 0 ? 'winner' : 'loser';
          expect(comparison.state === out).toBe(isOut);
          expect((comparison.p ?? NaN) <= 0.05).toBe(isOut);
          const { lower, upper } = comparison.liftInterval;
          expect(sign > 0 ? (lower ?? -1) > 0 : (upper ?? 1) < 0).toBe(isOut);
        }
      }),
      RUNS,
    );
    expect(edges).toBeGreaterThan(400);
  });
});

describe('symmetry', () => {
  it('permuting the variations permutes the result', () => {
    const drawn = closeArms.chain((arms) =>
      fc.tuple(
        fc.constant(arms),
        fc.shuffledSubarray(
          arms.slice(1).map((_, i) => i + 1),
          { minLength: arms.length - 1 },
        ),
      ),
    );
    fc.assert(
      fc.property(drawn, ([arms, order]) => {
        const before = judged(arms);
        const places = [0, ...order];
        const after = judged(places.map((place) => arms[place] ?? [0, 0]));
        places.forEach((from, to) => {
          expect(after.arms[to]?.comparison).toEqual(before.arms[from]?.comparison);
        });
        const best = before.verdict.variationId;
        expect(after.verdict.state).toBe(before.verdict.state);
        expect(after.verdict.variationId).toBe(
          best === null ? null : armId(places.findIndex((from) => armId(from) === best)),
        );
      }),
      RUNS,
    );
  });

  it('swapping two arms turns the difference round', () => {
    fc.assert(
      fc.property(closeArms, ([a, b]) => {
        if (!a || !b) return;
        const there = comparePair(sample(a), sample(b), atLevel(0.05));
        const back = comparePair(sample(b), sample(a), atLevel(0.05));
        expect(back.kind).toBe(there.kind);
        if (there.kind !== 'ready' || back.kind !== 'ready') return;
        expect(back.difference).toBeCloseTo(-there.difference, 14);
        expect(back.differenceInterval.lower).toBeCloseTo(-there.differenceInterval.upper, 14);
      }),
      RUNS,
    );
  });

  it('the same rates with more people give the same lift and a narrower interval', () => {
    fc.assert(
      fc.property(closeArms, fc.integer({ min: 2, max: 50 }), ([a, b], times) => {
        if (!a || !b) return;
        const scaled = (arm: Arm): Sample => ({ n: arm[0] * times, x: arm[1] * times });
        const few = comparePair(sample(a), sample(b), atLevel(0.05));
        const many = comparePair(scaled(a), scaled(b), atLevel(0.05));
        if (few.kind !== 'ready' || many.kind !== 'ready') return;
        expect(many.difference).toBeCloseTo(few.difference, 12);
        expect(many.differenceInterval.upper).toBeLessThan(few.differenceInterval.upper);
        expect(many.differenceInterval.lower).toBeGreaterThan(few.differenceInterval.lower);
      }),
      RUNS,
    );
  });
});
