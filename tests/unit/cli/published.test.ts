import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hold, roundsTo } from '@/lib/cli/vectors/hold';
import { publishedFigures } from '@/lib/cli/vectors/published-figures';
import { publishedInput } from '@/lib/cli/vectors/published-input';
import { toleranceOf } from '@/lib/cli/vectors/tolerance';
import { parseVectorFile } from '@/lib/cli/vectors/vector-file';

const url = new URL('../../fixtures/stats/published.json', import.meta.url);
const text = readFileSync(url, 'utf8');
const file = parseVectorFile(text);

const figures = (id: string) => {
  const place = file.published.findIndex((one) => one.id === id);
  return publishedFigures(publishedInput(file, place), id);
};
const added = (...published: object[]) =>
  parseVectorFile(
    JSON.stringify({
      published: published.map((one, i) => ({ id: `x-${i}`, recomputed: {}, ...one })),
    }),
  );

describe('what others published', () => {
  it('is held to in full', () => {
    expect(file.published).toHaveLength(15);
  });

  it.each(file.published)('$id', ({ id, recomputed, published, tol }) => {
    const tolerance = { abs: Number(tol), rel: Number(tol) };
    const { faults } = hold(figures(id), recomputed, () => tolerance, '', { printed: published });
    expect(faults).toEqual([]);
  });

  it('shows that lift and difference of the same data can contradict each other', () => {
    expect(figures('gb-ttest-rel')).toMatchObject({ p: expect.closeTo(0.0619, 3) });
    expect(figures('gb-ttest-abs')).toMatchObject({ p: expect.closeTo(0.0202, 3) });
  });

  it('is known whether its data stand in a case, in another example, or with its source', () => {
    const input = { A: { n: 10, sum: 1, sum_squares: 9 }, B: [3, 9], alpha: 0.05 };
    const own = added({ input }, { input: 'as x-0, absolute' }, { input: 'same, 99 %' });
    expect(publishedInput(own, 1)).toEqual({ ...input, relative: false });
    expect(publishedInput(own, 2)).toEqual({ ...input, relative: false, alpha: 0.01 });
    const fixture = added({ input: { fixture: 'welch-04', mde: 0.05 } });
    expect(publishedInput(fixture, 0)).toMatchObject({ A: { n: 500 }, mde: 0.05 });
    expect(() => publishedInput(added({ input: 'as x-9' }), 0)).toThrow(/x-9/);
    expect(() => publishedInput(added({ input: 'as x-0' }), 0)).toThrow(/neither/);
    expect(() => publishedInput(added({ input: 'see the book' }), 0)).toThrow(/points to nothing/);
    expect(() => publishedFigures({ moon: 'full' }, '')).toThrow(/moon/);
  });
});

describe('a figure that is printed rounded', () => {
  it('stands for what rounds to it, and for nothing else', () => {
    expect(roundsTo(0.000802, 0.0008)).toBe(true);
    expect(roundsTo(0.00086, 0.0008)).toBe(false);
    expect(roundsTo(1.8372e-6, 1.8e-6)).toBe(true);
    expect(roundsTo(1.86e-6, 1.8e-6)).toBe(false);
    expect(roundsTo(1030.2, 1030)).toBe(false);
    expect(roundsTo(0.7, 1)).toBe(false);
  });

  it('is taken for one only where the file expects the printed figure itself', () => {
    const tolerance = () => ({ abs: 1e-9, rel: 1e-9 });
    expect(hold({ p: 0.000802 }, { p: 0.0008 }, tolerance, '', null).faults).toHaveLength(1);
    const printed = { printed: { p: 0.0008 } };
    expect(hold({ p: 0.000802 }, { p: 0.0008 }, tolerance, '', printed).faults).toEqual([]);
    expect(hold({ p: 0.00091 }, { p: 0.0009 }, tolerance, '', printed).faults).toHaveLength(1);
  });
});

describe('tolerances', () => {
  const bayes = { probability_abs: 1e-4, loss_rel: 0.01, loss_abs: 1e-7, interval_rel: 1e-5 };

  it('are those of the kind, else of the group, else of the case, else a default', () => {
    const own = { rel: 1e-6, abs: 1e-9 };
    expect(toleranceOf('chance_to_beat_control', bayes, own)).toEqual({ abs: 1e-4, rel: 0 });
    expect(toleranceOf('expected_loss', bayes, own)).toEqual({ abs: 1e-7, rel: 0.01 });
    expect(toleranceOf('ci_lift', bayes, own)).toEqual({ abs: 0, rel: 1e-5 });
    expect(toleranceOf('meanC', bayes, own)).toEqual({ abs: 1e-9, rel: 1e-6 });
    expect(toleranceOf('ci_diff_wald', { rel: 1e-7 }, own)).toEqual({ abs: 0, rel: 1e-7 });
    expect(toleranceOf('p', undefined, null)).toEqual({ abs: 1e-9, rel: 1e-6 });
  });

  it('of whole people are exact', () => {
    const accept = { rel: 1e-6, ceil: 'exact integer' };
    expect(toleranceOf('n_per_arm_ceil', accept, null)).toMatchObject({ exact: true });
    const exact = (field: string) => toleranceOf(field, accept, null);
    expect(hold({ n_ceil: 8158 }, { n_ceil: 8158 }, exact).faults).toEqual([]);
    expect(hold({ n_ceil: 8158.0001 }, { n_ceil: 8158 }, exact).faults).toHaveLength(1);
    expect(toleranceOf('n_per_arm', accept, null)).toEqual({ abs: 0, rel: 1e-6 });
  });
});
