import { afterAll, describe, expect, it } from 'vitest';
import { GROUPS } from '@/lib/cli/vectors/groups';
import { toleranceOf } from '@/lib/cli/vectors/tolerance';
import { holdTo, readVectors, worst } from './vectors';

/** Every group of the reference, with how many cases it holds. */
const CASES: Readonly<Record<string, number>> = {
  two_prop: 19,
  cs: 13,
  cs_tuning: 4,
  cs_sequence: 3,
  bayes2: 13,
  bayes_k: 8,
  srm_chi2: 8,
  srm_sequential: 7,
  dm_conversions: 4,
  adjust_p: 4,
  e_bh: 3,
  sample_size: 7,
  sample_size_unequal: 2,
  sample_size_cs: 3,
  mde: 3,
  welch: 4,
  cuped: 2,
  daily_paired: 2,
  revenue_no_second_moment: 3,
  decision: 7,
};

describe.each(Object.entries(CASES))('%s agrees with R, scipy and mpmath', (group, count) => {
  const { accept, cases } = readVectors(group);

  it('is held to every case', () => {
    expect(cases).toHaveLength(count);
    expect(GROUPS).toHaveProperty([group]);
  });

  it.each(cases)('$id: $note', ({ id, input, expected, tol }) => {
    const actual = GROUPS[group]?.(input, expected);
    holdTo(actual, expected, (field) => toleranceOf(field, accept, tol), id);
  });
});

it('no group is computed that no reference holds to', () => {
  expect(Object.keys(GROUPS).sort()).toEqual(Object.keys(CASES).sort());
});

afterAll(() => {
  if (process.env.SHOW_ACCURACY) console.log(Object.fromEntries(worst));
});
