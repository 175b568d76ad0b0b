import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ScaleRow } from '@/lib/server/kameleoon/units';
import { findScale, reliabilityScale, toFraction } from '@/lib/server/kameleoon/units';

const row = (delivered: number | null, ...candidates: number[]): ScaleRow => ({
  delivered,
  candidates,
});

describe('the unit of delivered rates', () => {
  it.each<[string, ScaleRow[], unknown]>([
    ['percent', [row(3.3013, 412 / 12480), row(3.9086, 489 / 12511)], 100],
    ['fraction', [row(0.033013, 412 / 12480), row(0.039086, 489 / 12511)], 1],
    ['percent rounded to two decimals', [row(3.3, 412 / 12480)], 100],
    ['fraction rounded to two decimals', [row(0.03, 412 / 12480)], 1],
    ['no conversions anywhere', [row(0, 0), row(0, 0)], 'silent'],
    ['zero beside a telling row', [row(0, 0), row(5, 0.05)], 100],
    ['everybody converted, percent', [row(100, 1)], 100],
    ['everybody converted, fraction', [row(1, 1)], 1],
    ['more than everybody (several conversions each)', [row(150, 1.5)], 100],
    ['a rate so small that rounding hides it', [row(0.01, 0.00008)], 100],
    ['so small that both fit', [row(0.004, 0.00004)], 'silent'],
    ['computed over visits instead of people', [row(4, 0.05, 0.04)], 100],
    ['nothing delivered', [row(null, 0.05)], 'silent'],
    ['no rows', [], 'silent'],
    ['rows that contradict each other', [row(5, 0.05), row(0.05, 0.05)], 'conflict'],
    ['rows that fit neither', [row(17, 0.05)], 'conflict'],
    ['one odd row among sound ones', [row(17, 0.05), row(5, 0.05), row(6, 0.06)], 100],
  ])('%s', (_, rows, expected) => {
    expect(findScale(rows)).toBe(expected);
  });

  it('is never mistaken, for any counts and any rounding to two or more decimals', () => {
    const arm = fc
      .record({
        n: fc.integer({ min: 1, max: 1e6 }),
        share: fc.double({ min: 0, max: 1, noNaN: true }),
      })
      .map(({ n, share }) => Math.round(n * share) / n);
    fc.assert(
      fc.property(
        fc.array(arm, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(1, 100),
        fc.integer({ min: 2, max: 6 }),
        (rates, scale, decimals) => {
          const rows = rates.map((rate) => row(Number((rate * scale).toFixed(decimals)), rate));
          const found = findScale(rows);
          if (typeof found === 'number') expect(found).toBe(scale);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('gives null rather than a wrong figure', () => {
    expect(toFraction(row(5, 0.05), 100)).toBeCloseTo(0.05);
    expect(toFraction(row(17, 0.05), 100)).toBeNull();
    expect(toFraction(row(5, 0.05), 'silent')).toBeNull();
    expect(toFraction(row(null, 0.05), 100)).toBeNull();
    expect(toFraction(row(0, 0), 100)).toBe(0);
  });
});

describe('the unit of reliability', () => {
  it('follows the rates, and must make sense', () => {
    expect(reliabilityScale([null, 99.4, 38.4], 100)).toBe(100);
    expect(reliabilityScale([null, 0.994, 0.38], 1)).toBe(1);
    expect(reliabilityScale([0.994], 100)).toBe('conflict');
    expect(reliabilityScale([99.4], 1)).toBe('conflict');
    expect(reliabilityScale([140], 100)).toBe('conflict');
    expect(reliabilityScale([99.4], 'silent')).toBe('silent');
  });
});
