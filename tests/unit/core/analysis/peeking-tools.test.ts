import { describe, expect, it } from 'vitest';
import { binomial, multinomial } from '@/tests/bench/peeking/binomial';
import { chanceByQuadrature, chanceToBeat } from '@/tests/bench/peeking/chance';
import { plannedSample } from '@/tests/bench/peeking/planned-sample';
import { createRandom } from '@/tests/bench/peeking/random';
import {
  eppoMultiplier,
  growthbookMultiplier,
  statsigMultiplier,
} from '@/tests/bench/peeking/rules';
import { lnUpperGamma } from '@/lib/core/stats/ln-upper-gamma';

/** Chances of 0 to n successes, each from the one before, summed on the log scale. */
function exactChances(n: number, p: number): number[] {
  const ln: number[] = [n * Math.log1p(-p)];
  for (let k = 0; k < n; k += 1)
    ln.push((ln[k] ?? 0) + Math.log((n - k) / (k + 1)) + Math.log(p / (1 - p)));
  return ln.map(Math.exp);
}

/** p of the chi-square test of draws against chances; neighbours are put together until 20 are expected. */
function chiSquareP(draws: ReadonlyMap<number, number>, chances: number[], total: number): number {
  let [sum, cells, seen, expected] = [0, 0, 0, 0];
  chances.forEach((chance, k) => {
    seen += draws.get(k) ?? 0;
    expected += chance * total;
    if (expected < 20) return;
    sum += (seen - expected) ** 2 / expected;
    cells += 1;
    [seen, expected] = [0, 0];
  });
  return Math.exp(lnUpperGamma((cells - 1) / 2, sum / 2));
}

describe('the binomial sampler', () => {
  it.each([
    [12, 0.3],
    [200, 0.04],
    [200, 0.06],
    [200, 0.94],
    [400, 0.5],
    [3_000, 0.01],
    [1_000, 0.2],
  ])('draws from the exact distribution: %i at %f', (n, p) => {
    const random = createRandom(11);
    const total = 40_000;
    const draws = new Map<number, number>();
    for (let i = 0; i < total; i += 1) {
      const k = binomial(random, n, p);
      draws.set(k, (draws.get(k) ?? 0) + 1);
    }
    expect(chiSquareP(draws, exactChances(n, p), total)).toBeGreaterThan(0.001);
  });

  it.each([
    [1_000_000, 0.001],
    [1_000_000, 0.5],
    [100_000, 0.99],
  ])('has the exact mean and variance at %i and %f', (n, p) => {
    const random = createRandom(12);
    const total = 40_000;
    let [sum, squares] = [0, 0];
    for (let i = 0; i < total; i += 1) {
      const z = (binomial(random, n, p) - n * p) / Math.sqrt(n * p * (1 - p));
      sum += z;
      squares += z * z;
    }
    expect(Math.abs(sum / Math.sqrt(total))).toBeLessThan(4);
    expect(Math.abs(squares / total - 1)).toBeLessThan(4 * Math.sqrt(2 / total));
  });

  it('knows the ends: nobody, never, always', () => {
    const random = createRandom(13);
    expect([binomial(random, 0, 0.5), binomial(random, 9, 0), binomial(random, 9, 1)]).toEqual([
      0, 0, 9,
    ]);
  });

  it('gives everyone to exactly one arm, in the shares asked for', () => {
    const random = createRandom(14);
    const sums = [0, 0, 0];
    for (let i = 0; i < 2_000; i += 1) {
      const counts = multinomial(random, 500, [0.6, 0.3, 0.1]);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(500);
      counts.forEach((count, arm) => (sums[arm] = (sums[arm] ?? 0) + count));
    }
    [0.6, 0.3, 0.1].forEach((share, arm) => {
      const error = Math.sqrt(share * (1 - share) * 1_000_000);
      expect(Math.abs((sums[arm] ?? 0) - share * 1_000_000)).toBeLessThan(4 * error);
    });
  });
});

describe('the rules of others are those they publish', () => {
  it('bounds in standard errors', () => {
    // Their documents and code, recomputed with numpy.
    expect(growthbookMultiplier(20_000)).toBeCloseTo(0.21254 / 0.067965, 3);
    expect(growthbookMultiplier(1_000) / 1.959964).toBeCloseTo(1.716, 3);
    expect(eppoMultiplier(20_000)).toBeCloseTo(3.0615, 4);
    expect(statsigMultiplier({ n: 10_000, x: 500 }, { n: 10_000, x: 500 })).toBeCloseTo(3.5845, 4);
  });

  it('chance to beat control, flat priors', () => {
    expect(chanceByQuadrature({ n: 10_000, x: 500 }, { n: 10_000, x: 570 })).toBeCloseTo(0.9861, 4);
    expect(chanceByQuadrature({ n: 100, x: 49 }, { n: 100, x: 51 })).toBeCloseTo(0.6108, 4);
    // Uniform against Beta(2, 1): P(T > C) = 2/3.
    expect(chanceByQuadrature({ n: 0, x: 0 }, { n: 1, x: 1 })).toBeCloseTo(2 / 3, 4);
  });

  it('the quick chance is never on the other side of the threshold than the exact one', () => {
    const random = createRandom(15);
    for (let i = 0; i < 1_500; i += 1) {
      const rate = 0.005 + 0.9 * random() ** 3;
      const n = Math.round(100 + 20_000 * random() ** 2);
      const m = Math.round(100 + 20_000 * random() ** 2);
      const control = { n, x: binomial(random, n, rate) };
      const variation = { n: m, x: binomial(random, m, rate) };
      const quick = chanceToBeat(control, variation, 0.95);
      const exact = chanceByQuadrature(control, variation);
      const side = (chance: number): number => Number(chance >= 0.95) - Number(chance <= 0.05);
      expect([control, variation, side(quick)]).toEqual([control, variation, side(exact)]);
    }
  });

  it('the planned sample is that of a fixed test', () => {
    expect(plannedSample([0.05, 0.055], [0.5, 0.5])).toBe(62_467);
  });
});
