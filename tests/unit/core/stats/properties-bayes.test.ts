import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Beta } from '@/lib/core/stats/beta-posterior';
import { betaMean, credibleRate, posteriorOf } from '@/lib/core/stats/beta-posterior';
import { chancesToWin } from '@/lib/core/stats/chance-to-win';
import { credibleDifference, credibleLift } from '@/lib/core/stats/credible-effect';
import { gaussianPosterior } from '@/lib/core/stats/gaussian-posterior';

/** The same draws every time; thousands of others were drawn when this was written. */
fc.configureGlobal({ numRuns: 40, seed: 20260302 });

const sizes = fc.oneof(
  fc.integer({ min: 0, max: 20 }),
  fc.integer({ min: 0, max: 100_000 }),
  fc.constant(100_000_000),
);
const priors = fc.constantFrom<Beta>({ a: 1, b: 1 }, { a: 0.5, b: 0.5 }, { a: 0.01, b: 0.01 });
const arms = fc.tuple(
  sizes,
  fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
);
const families = (least: number, most: number): fc.Arbitrary<readonly Beta[]> =>
  fc
    .tuple(fc.array(arms, { minLength: least, maxLength: most }), priors)
    .map(([counts, prior]) =>
      counts.flatMap(([n, rate]) => posteriorOf({ n, x: Math.round(n * rate) }, prior) ?? []),
    );

describe('chances to win', () => {
  it('add up to 1, from no visitor to a hundred million, at 0 % and 100 %', () => {
    fc.assert(
      fc.property(families(2, 6), (betas) => {
        const sum = chancesToWin(betas).reduce((whole, { best }) => whole + best, 0);
        expect(Math.abs(sum - 1)).toBeLessThan(1e-9);
      }),
    );
  });

  it('follow their arms when these are permuted', () => {
    fc.assert(
      fc.property(families(2, 5), (betas) => {
        const there = chancesToWin(betas);
        const back = [...chancesToWin([...betas].reverse())].reverse();
        there.forEach(({ best, loss }, i) => {
          expect(Math.abs(best - (back[i]?.best ?? NaN))).toBeLessThan(1e-12);
          expect(Math.abs(loss - (back[i]?.loss ?? NaN))).toBeLessThan(1e-12);
        });
      }),
    );
  });

  it('of two arms are each what the other leaves', () => {
    fc.assert(
      fc.property(families(2, 2), (betas) => {
        const [one, two] = chancesToWin(betas);
        const [other] = chancesToWin([...betas].reverse()).slice(1);
        expect((two?.beatsFirst ?? NaN) + (other?.beatsFirst ?? NaN)).toBeCloseTo(1, 9);
        expect(two?.beatsFirst ?? NaN).toBeCloseTo(two?.best ?? NaN, 12);
        expect(one?.beatsFirst).toBeNull();
      }),
    );
  });

  it('of equal arms are equal, and the losses of two differ by the difference of their means', () => {
    fc.assert(
      fc.property(families(2, 2), fc.integer({ min: 2, max: 6 }), ([a, b], k) => {
        fc.pre(a !== undefined && b !== undefined);
        for (const { best } of chancesToWin(Array.from({ length: k }, () => a)))
          expect(best).toBeCloseTo(1 / k, 9);
        const [one, two] = chancesToWin([a, b]);
        const gap = (one?.loss ?? NaN) - (two?.loss ?? NaN);
        expect(gap).toBeCloseTo(betaMean(b) - betaMean(a), 9);
      }),
    );
  });

  it('come out the same to the last bit when asked again', () => {
    const betas = [3, 5, 8].map((x) => ({ a: 1 + x, b: 101 - x }));
    expect(chancesToWin(betas)).toEqual(chancesToWin(betas));
  });

  it('stay finite where a prior of almost nothing met no conversion', () => {
    const [one, two] = chancesToWin([
      { a: 0.01, b: 1e8 },
      { a: 1e8, b: 0.01 },
    ]);
    expect(one?.best).toBeLessThan(1e-9);
    expect(two?.best).toBeGreaterThan(1 - 1e-9);
    expect(one?.loss).toBeGreaterThan(0.999);
  });
});

describe('credible intervals', () => {
  const few = { numRuns: 6 };

  it('of the difference mirror when the arms are swapped', () => {
    fc.assert(
      fc.property(families(2, 2), ([a, b]) => {
        fc.pre(a !== undefined && b !== undefined);
        const [one, other] = [credibleDifference(a, b, 0.05), credibleDifference(b, a, 0.05)];
        expect(Math.abs((one?.lower ?? NaN) + (other?.upper ?? NaN))).toBeLessThan(1e-7);
        expect(Math.abs((one?.upper ?? NaN) + (other?.lower ?? NaN))).toBeLessThan(1e-7);
      }),
      few,
    );
  });

  it('of difference and lift lie on the same side of 0, where the chance says so', () => {
    fc.assert(
      fc.property(families(2, 2), ([a, b]) => {
        fc.pre(a !== undefined && b !== undefined);
        const chance = chancesToWin([a, b])[1]?.beatsFirst ?? NaN;
        fc.pre(Math.abs(chance - 0.975) > 1e-6 && Math.abs(chance - 0.025) > 1e-6);
        const [difference, lift] = [credibleDifference(a, b, 0.05), credibleLift(a, b, 0.05)];
        expect((difference?.lower ?? NaN) > 0).toBe(chance > 0.975);
        expect((difference?.upper ?? NaN) < 0).toBe(chance < 0.025);
        if (lift === null) return;
        expect(lift.lower > 0).toBe(chance > 0.975);
        expect(lift.upper < 0).toBe(chance < 0.025);
      }),
      few,
    );
  });

  it('of flat priors are those of the triangle: -+(1 - sqrt alpha), and -0.95 to 19', () => {
    const flat = { a: 1, b: 1 };
    for (const alpha of [0.5, 0.05, 1e-4]) {
      const limits = credibleDifference(flat, flat, alpha);
      expect(limits?.upper).toBeCloseTo(1 - Math.sqrt(alpha), 11);
      expect(limits?.lower).toBeCloseTo(Math.sqrt(alpha) - 1, 11);
    }
    expect(credibleLift(flat, flat, 0.05)?.lower).toBeCloseTo(-0.95, 12);
    expect(credibleLift(flat, flat, 0.05)?.upper).toBeCloseTo(19, 10);
  });

  it('narrow with more visitors, and are undefined without a distribution', () => {
    const width = (n: number) => {
      const { lower, upper } = credibleRate({ a: 1 + n / 20, b: 1 + (n * 19) / 20 }, 0.05);
      return upper - lower;
    };
    for (let n = 100; n <= 1e8; n *= 10) expect(width(10 * n)).toBeLessThan(width(n));
    expect(posteriorOf({ n: 10, x: 0 }, { a: 0, b: 0 })).toBeNull();
  });
});

describe('the Gaussian posterior of other tools', () => {
  it('moves from the measured effect to the prior as the error grows', () => {
    const prior = { mean: 0.1, variance: 0.01 };
    expect(gaussianPosterior(0.5, 1e-6, prior).mean).toBeCloseTo(0.5, 6);
    expect(gaussianPosterior(0.5, 1e6, prior).mean).toBeCloseTo(0.1, 6);
    expect(gaussianPosterior(0.5, 0.1, prior).mean).toBeCloseTo(0.3, 12);
  });

  it('has risks that differ by its mean', () => {
    const { mean, risk } = gaussianPosterior(0.04, 0.147);
    expect(risk.control - risk.treatment).toBeCloseTo(mean, 12);
  });
});
