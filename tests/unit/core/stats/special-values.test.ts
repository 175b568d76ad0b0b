import { describe, expect, it } from 'vitest';
import { fieller } from '@/lib/core/stats/fieller';
import { lambertWMinus1 } from '@/lib/core/stats/lambert-w';
import { lnUpperGamma } from '@/lib/core/stats/ln-upper-gamma';
import { normalQuantile, twoSidedQuantile } from '@/lib/core/stats/normal-quantile';
import { splitChiSquare } from '@/lib/core/stats/split-chi-square';
import { lnSplitBayesFactor } from '@/lib/core/stats/split-sequential';
import { standardErrors } from '@/lib/core/stats/standard-error';
import { twoProportionTest } from '@/lib/core/stats/two-proportion-test';
import { lnTwoSidedP, twoSidedP } from '@/lib/core/stats/two-sided-p';
import { wilson } from '@/lib/core/stats/wilson';

const closeTo = (actual: number, expected: number, relative = 1e-13): void =>
  expect(Math.abs(actual / expected - 1)).toBeLessThan(relative);

/** Reference values: mpmath, 30 digits. */
describe('special functions hold where doubles get scarce', () => {
  it('ln p goes on where p underflows', () => {
    closeTo(lnTwoSidedP(36.2), -659.035612123583403794);
    closeTo(lnTwoSidedP(37), -688.337438396330648291);
    expect(twoSidedP(40)).toBe(0);
    closeTo(lnTwoSidedP(40), -803.915294833193842857);
    closeTo(lnTwoSidedP(100), -5004.831061513645143316);
    const test = twoProportionTest({ n: 1e8, x: 5e6 }, { n: 1e8, x: 6e6 });
    expect(test?.p).toBe(0);
    expect(Number.isFinite(test?.lnP)).toBe(true);
  });

  it('ln p of a split goes on where p underflows', () => {
    closeTo(lnUpperGamma(0.5, 2), -3.09003715312208663941);
    closeTo(lnUpperGamma(0.5, 700), -703.848618125122317411);
    closeTo(lnUpperGamma(3.5, 5000), -4979.907490598824812365);
    closeTo(lnUpperGamma(1, 1e6), -1_000_000);
    expect(splitChiSquare([600_000, 400_000], [0.5, 0.5])).toMatchObject({ p: 0, chiSquare: 4e4 });
  });

  it('W_-1 keeps its digits from -1/e to 0', () => {
    closeTo(lambertWMinus1(-0.1), -3.577152063957297);
    closeTo(lambertWMinus1(-0.3678), -1.02092723940942545678);
    closeTo(lambertWMinus1(-0.36787944), -1.000079805761595720596, 1e-11);
    closeTo(lambertWMinus1(-1e-300), -697.322776295460160970447);
    expect(lambertWMinus1(-1)).toBeNaN();
    expect(lambertWMinus1(0.1)).toBeNaN();
  });

  it('quantiles come from the tail', () => {
    closeTo(normalQuantile(0.975), 1.959963984540054);
    closeTo(twoSidedQuantile(0.05), 1.959963984540054);
    closeTo(twoSidedQuantile(1e-20), 9.336044849234329);
  });
});

describe('what is undefined comes out as null', () => {
  it('without units, or without two arms of positive weight', () => {
    expect(wilson({ n: 0, x: 0 }, 1.96)).toBeNull();
    expect(standardErrors({ n: 0, x: 0 }, { n: 10, x: 1 })).toBeNull();
    expect(splitChiSquare([0, 0], [0.5, 0.5])).toBeNull();
    expect(splitChiSquare([5, 5], [1, 0])).toBeNull();
    expect(lnSplitBayesFactor([5], [1])).toBeNull();
  });
});

describe("Fieller's set", () => {
  it('is a half-line where the control is not told apart from 0', () => {
    const set = fieller({ rate: 0.01, variance: 1e-4 }, { rate: 0.2, variance: 1e-4 }, 2);
    expect(set?.upper).toBeNull();
    expect(set?.lower).toBeGreaterThan(0);
  });

  it('has no limit at all where neither arm is told apart from 0', () => {
    const set = fieller({ rate: 0.01, variance: 1e-4 }, { rate: 0.01, variance: 1e-4 }, 2);
    expect(set).toEqual({ lower: null, upper: null });
  });

  it('passes from bounded to half-line without a jump of its lower end', () => {
    const at = (variance: number) =>
      fieller({ rate: 0.1, variance }, { rate: 0.3, variance: 1e-4 }, 2)?.lower ?? NaN;
    expect(Math.abs(at(0.0025 - 1e-12) - at(0.0025 + 1e-12))).toBeLessThan(1e-6);
  });
});
