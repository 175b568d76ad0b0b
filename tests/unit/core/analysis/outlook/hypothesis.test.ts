import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparePair } from '@/lib/core/analysis/compare-pair';
import { sequenceBorder, suppose } from '@/lib/core/analysis/outlook/hypothesis';

const plan = { alpha: 0.02, finalAlpha: null, plannedVisitors: 30_000, neededCounts: 25 };

describe('a pair under a supposed effect', () => {
  it('crosses its border where the product decides, at any split and rate, up and down', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        fc.double({ min: 0.02, max: 0.6, noNaN: true }),
        fc.constantFrom(1 as const, -1 as const),
        (share, rate, way) => {
          const n = 200_000;
          const people = { reference: n * (1 - share), other: n * share };
          // Conversions moved from one arm to the other: the rate of both together stays.
          const moved = (count: number) => ({
            reference: { n: people.reference, x: people.reference * rate - count },
            other: { n: people.other, x: people.other * rate + count },
          });
          const supposed = (count: number) => {
            const { reference, other } = moved(count);
            return suppose(reference, other, 0.1 * way);
          };
          const border = sequenceBorder(supposed(0), plan, 0, way)(n);
          const count = border / (supposed(1).place - supposed(0).place);
          const at = (multiple: number) => {
            const { reference, other } = moved(multiple * count);
            const figures = comparePair(reference, other, plan);
            return figures.kind === 'ready' ? figures.direction : figures.kind;
          };
          expect(at(0.99)).toBe('open');
          expect(at(1.01)).toBe(way === 1 ? 'up' : 'down');
        },
      ),
    );
  });
});
