import { describe, expect, it } from 'vitest';
import type { Stretch } from '@/lib/core/analysis/outlook/first-passage';
import { firstPassage } from '@/lib/core/analysis/outlook/first-passage';
import { cutAt, sum, survivorsOf } from '@/lib/core/analysis/outlook/survivors';
import { normalCdf } from '@/lib/core/stats/one-sided-p';

const stretch = (changes: Partial<Stretch> = {}): Stretch => ({
  from: { at: [0], chance: [1] },
  fromN: 0,
  toN: 4,
  drift: 0,
  upper: () => 1.5,
  lower: null,
  steps: 48,
  ...changes,
});

/** Chance that drift d passes the level a by n (inverse Gaussian). */
const byNow = (a: number, d: number, n: number): number =>
  normalCdf((d * n - a) / Math.sqrt(n)) +
  Math.exp(2 * d * a) * normalCdf((-d * n - a) / Math.sqrt(n));

describe('first passage through moving borders', () => {
  it.each([-0.4, 0, 0.3, 1.2])('agrees with the closed form for a level and drift %d', (drift) => {
    const passage = firstPassage(stretch({ drift }));
    let found = 0;
    passage.n.forEach((n, i) => {
      found += passage.upper[i] ?? 0;
      expect(Math.abs(found - byNow(1.5, drift, n))).toBeLessThan(0.004);
    });
  });

  it('agrees with the closed form for a level that rises', () => {
    // A border 1.5 + n/2 against no drift is the level 1.5 against drift -1/2.
    const passage = firstPassage(stretch({ upper: (n) => 1.5 + n / 2 }));
    expect(sum(passage.upper)).toBeCloseTo(byNow(1.5, -0.5, 4), 3);
  });

  it('leaves a strip by its upper end in the share of the distances', () => {
    // A path from 0 without drift leaves (-1, 2) by 2 in one of three cases.
    const passage = firstPassage(stretch({ toN: 40, upper: () => 2, lower: () => -1 }));
    expect(sum(passage.upper)).toBeCloseTo(1 / 3, 2);
    expect(sum(passage.lower)).toBeCloseTo(2 / 3, 2);
  });

  it('comes to the same whether a way is gone in one stretch or in two', () => {
    const borders = { drift: 0.2, upper: () => 2, lower: () => -1 };
    const whole = firstPassage(stretch({ ...borders, toN: 6 }));
    const first = stretch({ ...borders, toN: 2 });
    const passage = firstPassage(first);
    const left = survivorsOf(first, passage, []);
    expect(sum(left.chance)).toBeCloseTo(1 - sum(passage.upper) - sum(passage.lower), 10);
    const second = firstPassage(stretch({ ...borders, from: left, fromN: 2, toN: 6 }));
    expect(sum(passage.upper) + sum(second.upper)).toBeCloseTo(sum(whole.upper), 2);
    expect(sum(passage.lower) + sum(second.lower)).toBeCloseTo(sum(whole.lower), 2);
  });

  it('finds the chance past a border that opens at the end', () => {
    const open = stretch({ upper: null, drift: 0.5 });
    const ends = survivorsOf(open, firstPassage(open), [1]);
    // At n = 4 the place is normal around 2 with deviation 2.
    expect(cutAt(ends, 1, 'upper').past).toBeCloseTo(normalCdf(0.5), 3);
    expect(cutAt(ends, 1, 'lower').past).toBeCloseTo(normalCdf(-0.5), 3);
  });
});
