import { describe, expect, it } from 'vitest';
import { credibleRate } from '@/lib/core/stats/beta-posterior';
import { conversionSplit } from '@/lib/core/stats/conversion-split';
import { findRoot } from '@/lib/core/stats/find-root';
import { gaussRule } from '@/lib/core/stats/gauss-rule';
import { dropPoints, lnDensity, sigmoid } from '@/lib/core/stats/logit-beta';
import { normalCdf, normalDensity, oneSidedP } from '@/lib/core/stats/one-sided-p';
import { falseAlarmsOfLooks } from '@/lib/core/stats/repeated-looks';
import { lnSplitBayesFactor } from '@/lib/core/stats/split-sequential';
import { studentP, studentQuantile } from '@/lib/core/stats/student-t';

const closeTo = (actual: number | null | undefined, expected: number, relative = 1e-12): void =>
  expect(Math.abs((actual ?? NaN) / expected - 1)).toBeLessThan(relative);

/** Reference values: mpmath, 30 digits. */
describe("Student's t", () => {
  it('keeps its digits in the far tail and at a hundred million degrees of freedom', () => {
    closeTo(studentP(2, 3.5), 0.126138522575913534520106490188);
    closeTo(studentP(2.3240227609215207, 5841.742032093564), 0.0201584026435869511534812111278);
    closeTo(studentP(12, 4), 0.000276428548502972954763363644657);
    closeTo(studentP(30, 1000), 1.53746874440434822112324363546e-141, 1e-11);
    closeTo(studentP(0.001, 1e8), 0.999202115574172587208015789641);
    closeTo(studentP(-6, 1e6), 0.00000000197384981235443466990789908165, 1e-10);
    expect(studentP(0, 7)).toBe(1);
    expect(studentP(Infinity, 7)).toBe(0);
  });

  it('is inverted by its quantile', () => {
    closeTo(studentQuantile(0.05, 13), 2.16036865646279247116918149844);
    closeTo(studentQuantile(0.05, 1), 12.7062047361747039377766775563);
    closeTo(studentQuantile(0.001, 2.5), 18.2778935281306476385750249542);
    closeTo(studentQuantile(0.05, 1e7), 1.95996422176720546662456752993, 1e-9);
    closeTo(studentQuantile(1e-8, 40), 7.19659786444678315206667237484);
  });
});

describe('the normal distribution', () => {
  it('is told from its tail', () => {
    closeTo(normalCdf(1) - 0.5, 0.341344746068542948585232545632);
    closeTo(oneSidedP(1.317131652811523), 0.09389724935835406);
    closeTo(oneSidedP(30), 4.906713927148187e-198);
    closeTo(normalDensity(0), 0.3989422804014327);
  });
});

describe('credible rates', () => {
  it('hold from no visitor to a hundred million, at 0 % and 100 %', () => {
    expect(credibleRate({ a: 1, b: 1 }, 0.05)).toEqual({ lower: 0.025, upper: 0.975 });
    closeTo(credibleRate({ a: 1, b: 1e8 + 1 }, 0.05).lower, 2.531780772790684e-10);
    closeTo(1 - credibleRate({ a: 1e8 + 1, b: 1 }, 0.05).lower, 3.688879349185986e-8, 1e-6);
    closeTo(credibleRate({ a: 1e8 + 1, b: 1e8 + 1 }, 0.05).lower, 0.4999307048093751, 1e-12);
  });
});

describe('the sequential split test at a hundred million visitors', () => {
  it('keeps more digits than the logarithms of gamma would leave', () => {
    // mpmath, 50 digits: differences of ln gamma of 1e9 lose all but six of them in doubles.
    closeTo(lnSplitBayesFactor([100_050_000, 99_950_000], [1, 1]), 20.0469574546018229, 1e-12);
    closeTo(
      conversionSplit([5_000_000, 5_012_345], [1, 1], 100)?.lnBayesFactor,
      1.85089816700111914,
      1e-12,
    );
  });

  it('is 0 before the first visitor', () => {
    expect(lnSplitBayesFactor([0, 0], [0.9, 0.1])).toBe(0);
  });
});

describe('quadrature', () => {
  it('of eight nodes is exact for polynomials of degree 15, and up to each node for degree 7', () => {
    const { nodes, weights, upTo } = gaussRule(8);
    const whole = (power: number) =>
      nodes.reduce((sum, x, n) => sum + (weights[n] ?? 0) * x ** power, 0);
    for (let power = 0; power <= 15; power += 1)
      expect(whole(power)).toBeCloseTo(power % 2 === 0 ? 2 / (power + 1) : 0, 13);
    expect(whole(16)).not.toBeCloseTo(2 / 17, 6);
    nodes.forEach((x, m) => {
      for (let power = 0; power <= 7; power += 1) {
        const part = nodes.reduce((sum, y, n) => sum + (upTo[m]?.[n] ?? 0) * y ** power, 0);
        expect(part).toBeCloseTo((x ** (power + 1) - (-1) ** (power + 1)) / (power + 1), 13);
      }
    });
  });

  it('has its panels where the density has fallen by as much as it says', () => {
    for (const beta of [
      { a: 1, b: 1 },
      { a: 0.01, b: 1000 },
      { a: 5e6 + 1, b: 95e6 + 1 },
      { a: 1e8 + 1, b: 1 },
    ]) {
      const points = dropPoints(beta);
      expect(points).toEqual([...points].sort((x, y) => x - y));
      expect(lnDensity(beta, points[0] ?? NaN)).toBeCloseTo(-40.5, 5);
      expect(lnDensity(beta, points.at(-1) ?? NaN)).toBeCloseTo(-40.5, 5);
      expect(sigmoid(points[9] ?? NaN)).toBeCloseTo(beta.a / (beta.a + beta.b), 12);
    }
  });
});

describe('a root', () => {
  it('is found where the function hardly moves, and not where it does not cross', () => {
    closeTo(findRoot((x) => x * x - 2, 0, 2) ?? NaN, Math.SQRT2);
    closeTo(findRoot((x) => Math.tanh(1e6 * (x - 0.123)), -1, 1) ?? NaN, 0.123);
    closeTo(findRoot((x) => (x - 3) ** 3, 0, 1e9) ?? NaN, 3, 1e-4);
    expect(findRoot((x) => x * x + 1, -1, 1)).toBeNull();
    expect(findRoot((x) => x, 0, 5)).toBe(0);
  });
});

describe('a fixed test looked at again and again', () => {
  it('raises the false alarms that Armitage, McPherson and Rowe printed', () => {
    const alarms = falseAlarmsOfLooks(100, 0.05);
    // 1969, table 2, in per cent; the second to seven digits by a fine trapezoid in numpy.
    const printed = { 1: 5.0, 2: 8.3, 3: 10.7, 4: 12.6, 5: 14.2, 10: 19.3, 20: 24.8, 50: 32.0 };
    for (const [looks, percent] of Object.entries(printed))
      expect(Math.round(1000 * (alarms[Number(looks) - 1] ?? NaN)) / 10).toBe(percent);
    expect(alarms[99]).toBeCloseTo(0.374, 3);
    expect(alarms[1]).toBeCloseTo(0.083118, 6);
  });
});
