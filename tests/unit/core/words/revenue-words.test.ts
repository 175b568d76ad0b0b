import { describe, expect, it } from 'vitest';
import { readRevenue, type RevenueComparison } from '@/lib/core/analysis/revenue';
import { formatsFor } from '@/lib/core/words/formats';
import { revenueInWords } from '@/lib/core/words/revenue-words';
import { createPlainWords } from '@/lib/core/words/say';
import { OUTLOOKS } from '@/tests/builders/outlooks';
import { id } from '@/tests/builders/reading';

const formats = formatsFor('en', 'UTC');
const plain = createPlainWords('en');

const reading = OUTLOOKS.revenue;
const revenue = readRevenue(reading.experiment, reading.analysis!);
const arm = revenue!.arms[1]!;

const judged = (judgement: RevenueComparison['judgement']): string => {
  const words = revenueInWords(
    { ...arm, comparison: { ...arm.comparison!, judgement } },
    reading,
    formats,
  );
  return words.judgement === null ? '' : plain(words.judgement);
};

describe('what is said of revenue', () => {
  it('gives points and their parts without any interval', () => {
    const words = revenueInWords(arm, reading, formats);
    expect(words.points.map(plain)).toEqual([
      '4.33 per visitor',
      '94.58 per order',
      '2,010 orders',
    ]);
    expect(plain(words.lift!)).toMatch(
      /^\+4\.9% per visitor: buyers \+\d\.\d%, orders per buyer [+−]\d\.\d%, value per order \+\d\.\d%$/,
    );
    expect(plain(words.judgement!)).not.toMatch(/wins|significant/i);
  });

  it('says what nobody can know from sums', () => {
    const z = { z: 2.4, p: 0.02 };
    expect(judged({ kind: 'undetermined', ...z, cap: { kind: 'none' } })).toBe(
      'Whether this is more than chance is not known: that takes the spread of order values.',
    );
    expect(judged({ kind: 'cannot-be-significant', z: 0.5, p: 0.6 })).toContain(
      'cannot be told from chance yet',
    );
    expect(
      judged({
        kind: 'undetermined',
        ...z,
        cap: { kind: 'cap-broken', variationId: id(1), cap: 50, perOrder: 94.58 },
      }),
    ).toContain('an order in Redesign 1 is worth 94.58 on average');
  });

  it('bounds the difference only under a most that one order can be worth, and names it', () => {
    expect(
      judged({
        kind: 'bounded',
        claim: 'open',
        interval: { lower: -0.4, upper: 1.2 },
        alpha: 0.05,
        multiplier: 3,
        cap: 500,
        repeatOrders: 3,
      }),
    ).toBe(
      'Still open: between −0.40 and 1.20, at every look, as long as no order exceeds 500.00.',
    );
  });
});
