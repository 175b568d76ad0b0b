import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { benjaminiHochberg, benjaminiYekutieli, bonferroni, holm } from '@/lib/core/stats/adjust-p';
import { eBenjaminiHochberg } from '@/lib/core/stats/e-bh';

fc.configureGlobal({ numRuns: 200, seed: 20260302 });

const ps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 });
const es = fc.array(fc.double({ min: 0, max: 5000, noNaN: true }), { minLength: 1, maxLength: 20 });
const alphas = fc.double({ min: 0.001, max: 0.5, noNaN: true });

describe('corrected p values', () => {
  it('lie between p and 1, each correction no stricter than the one it improves on', () => {
    fc.assert(
      fc.property(ps, (p) => {
        const [all, down, up] = [bonferroni(p), holm(p), benjaminiHochberg(p)];
        const any = benjaminiYekutieli(p);
        p.forEach((value, i) => {
          expect(up[i]).toBeGreaterThanOrEqual(value - 1e-15);
          expect(down[i]).toBeGreaterThanOrEqual((up[i] ?? NaN) - 1e-15);
          expect(all[i]).toBeGreaterThanOrEqual((down[i] ?? NaN) - 1e-15);
          expect(any[i]).toBeGreaterThanOrEqual((up[i] ?? NaN) - 1e-15);
          expect(Math.max(all[i] ?? NaN, any[i] ?? NaN)).toBeLessThanOrEqual(1);
        });
      }),
    );
  });

  it('follow their tests when these are permuted, and keep their order', () => {
    fc.assert(
      fc.property(ps, (p) => {
        for (const adjust of [bonferroni, holm, benjaminiHochberg, benjaminiYekutieli]) {
          const adjusted = adjust(p);
          expect([...adjust([...p].reverse())].reverse()).toEqual(adjusted);
          for (let i = 1; i < p.length; i += 1)
            if ((p[i] ?? 0) > (p[i - 1] ?? 0))
              expect(adjusted[i]).toBeGreaterThanOrEqual(adjusted[i - 1] ?? NaN);
        }
      }),
    );
  });

  it('leave one test alone, and none at all', () => {
    for (const adjust of [bonferroni, holm, benjaminiHochberg, benjaminiYekutieli]) {
      expect(adjust([0.03])).toEqual([0.03]);
      expect(adjust([])).toEqual([]);
    }
  });
});

describe('e-BH', () => {
  it('rejects only e-values of at least m/(k alpha), and leaves none that could have joined', () => {
    fc.assert(
      fc.property(es, alphas, (e, alpha) => {
        const rejected = eBenjaminiHochberg(e, alpha);
        const k = rejected.length;
        for (const place of rejected)
          expect((e[place] ?? 0) * k * alpha).toBeGreaterThanOrEqual(e.length * (1 - 1e-12));
        for (let more = k + 1; more <= e.length; more += 1)
          expect(e.filter((value) => value * more * alpha >= e.length).length).toBeLessThan(more);
      }),
    );
  });

  it('rejects what Bonferroni on e-values rejects, and no more at a smaller alpha', () => {
    fc.assert(
      fc.property(es, alphas, (e, alpha) => {
        const rejected = eBenjaminiHochberg(e, alpha);
        e.forEach((value, i) => {
          if (value * alpha >= e.length) expect(rejected).toContain(i);
        });
        for (const place of eBenjaminiHochberg(e, alpha / 2)) expect(rejected).toContain(place);
      }),
    );
  });

  it('counts the border in, and nothing where nothing was asked', () => {
    expect(eBenjaminiHochberg([19, 19], 0.05)).toEqual([]);
    expect(eBenjaminiHochberg([20, 1], 0.1)).toEqual([0]);
    expect(eBenjaminiHochberg([], 0.05)).toEqual([]);
  });
});
