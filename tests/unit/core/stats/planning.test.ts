import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sequenceMultiplier, tuneRho2 } from '@/lib/core/stats/confidence-sequence';
import { normalQuantile } from '@/lib/core/stats/normal-quantile';
import {
  sampleSizeArcsine,
  sampleSizePooled,
  sampleSizeUnequal,
  sampleSizeUnpooled,
} from '@/lib/core/stats/sample-size';
import {
  powerAtLook,
  sequenceSampleSize,
  smallestLiftNow,
} from '@/lib/core/stats/sequence-planning';
import { smallestDifference, smallestDifferenceSimple } from '@/lib/core/stats/smallest-effect';

/** The same draws every time; thousands of others were drawn when this was written. */
fc.configureGlobal({ numRuns: 100, seed: 20260302 });

const rates = fc.double({ min: 0.001, max: 0.8, noNaN: true });
const lifts = fc.double({ min: 0.01, max: 0.2, noNaN: true });
const levels = fc.record({
  alpha: fc.double({ min: 0.001, max: 0.2, noNaN: true }),
  power: fc.double({ min: 0.5, max: 0.99, noNaN: true }),
});
const plans = fc
  .tuple(rates, lifts, levels)
  .map(([baseline, lift, level]) => ({ baseline, target: baseline * (1 + lift), ...level }));

describe('sample sizes and the effects they find', () => {
  it('invert each other', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const perArm = sampleSizeUnpooled(plan) ?? NaN;
        const found = smallestDifference(plan, perArm) ?? NaN;
        expect(found / (plan.target - plan.baseline)).toBeCloseTo(1, 9);
      }),
    );
  });

  it('fall as the effect grows and rise with the power', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const size = sampleSizePooled(plan) ?? NaN;
        const larger = { ...plan, target: plan.target + 0.01 };
        const surer = { ...plan, power: plan.power + (1 - plan.power) / 2 };
        expect(sampleSizePooled(larger)).toBeLessThan(size);
        expect(sampleSizePooled(surer)).toBeGreaterThan(size);
        expect(sampleSizePooled({ ...plan, sides: 1 })).toBeLessThan(size);
      }),
    );
  });

  it('agree among formulas to a few per cent at small effects', () => {
    const plan = { baseline: 0.05, target: 0.0525, alpha: 0.05, power: 0.8 };
    const pooled = sampleSizePooled(plan) ?? NaN;
    expect((sampleSizeArcsine(plan) ?? NaN) / pooled).toBeCloseTo(1, 2);
    expect((sampleSizeUnpooled(plan) ?? NaN) / pooled).toBeCloseTo(1, 3);
  });

  it('need the fewest people at about equal arms', () => {
    const plan = { baseline: 0.05, target: 0.055, alpha: 0.05, power: 0.8 };
    const total = (ratio: number) => {
      const sizes = sampleSizeUnequal(plan, ratio);
      return sizes === null ? NaN : sizes.control + sizes.treatment;
    };
    expect(total(1)).toBeLessThan(total(2));
    expect(total(1)).toBeLessThan(total(1 / 9));
  });

  it('are undefined where there is nothing to find, or no rate is high enough', () => {
    const plan = { baseline: 0.05, target: 0.05, alpha: 0.05, power: 0.8 };
    expect(sampleSizePooled(plan)).toBeNull();
    expect(sampleSizeUnpooled(plan)).toBeNull();
    expect(sampleSizeArcsine(plan)).toBeNull();
    expect(sequenceSampleSize({ ...plan, plannedVisitors: 10_000 })).toBeNull();
    expect(smallestDifference({ baseline: 0.9, alpha: 0.05, power: 0.8 }, 5)).toBeNull();
    expect(smallestDifference({ baseline: 0.9, alpha: 0.05, power: 0.8 }, 0)).toBeNull();
    expect(smallestDifferenceSimple({ baseline: 0.9, alpha: 0.05, power: 0.8 }, 0)).toBeNull();
  });
});

describe('planning a confidence sequence', () => {
  it('gives the sample at which that very effect is just found', () => {
    fc.assert(
      fc.property(plans, fc.integer({ min: 1000, max: 10_000_000 }), (plan, plannedVisitors) => {
        const { baseline, target, alpha, power } = plan;
        const n = sequenceSampleSize({ ...plan, plannedVisitors }) ?? NaN;
        const error = Math.sqrt((2 * (baseline * (1 - baseline) + target * (1 - target))) / n);
        const lift = smallestLiftNow(
          { n, error, controlRate: baseline },
          { alpha, power, plannedVisitors },
        );
        expect((lift ?? NaN) / (target / baseline - 1)).toBeCloseTo(1, 8);
        const multiplier = sequenceMultiplier(n, tuneRho2(alpha, plannedVisitors), alpha);
        expect(powerAtLook(target - baseline, error, multiplier)).toBeCloseTo(power, 4);
      }),
    );
  });

  it('costs 1.9 to 2.4 times the fixed sample at the usual levels, tuned to itself', () => {
    const plan = { baseline: 0.05, target: 0.055, alpha: 0.05, power: 0.8 };
    const ratio =
      (sequenceSampleSize({ ...plan, plannedVisitors: null }) ?? NaN) /
      (2 * (sampleSizeUnpooled(plan) ?? NaN));
    expect(ratio).toBeGreaterThan(1.85);
    expect(ratio).toBeLessThan(2.4);
  });

  it('is symmetric in the arms where they convert alike', () => {
    const plan = { baseline: 0.5, target: 0.5 + 1e-6, alpha: 0.05, power: 0.8 };
    const [few, many] = [1 / 9, 9].map(
      (ratio) => sequenceSampleSize({ ...plan, plannedVisitors: null, ratio }) ?? NaN,
    );
    expect((few ?? NaN) / (many ?? NaN)).toBeCloseTo(1, 5);
  });

  it('has no smallest lift without conversions', () => {
    const settings = { alpha: 0.05, power: 0.8, plannedVisitors: 10_000 };
    expect(smallestLiftNow({ n: 100, error: 0.01, controlRate: 0 }, settings)).toBeNull();
  });

  it('has power alpha where there is no effect, and power a half at the border', () => {
    const z = -normalQuantile(0.025);
    expect(powerAtLook(0, 1, z)).toBeCloseTo(0.05, 12);
    expect(powerAtLook(z, 1, z)).toBeCloseTo(0.5, 4);
  });
});
