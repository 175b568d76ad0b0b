import { createTranslator } from 'use-intl';
import { describe, expect, it } from 'vitest';
import { createFigures } from '@/components/charts/figures';
import { createChartWords } from '@/components/experiment/chart-words';
import { toGoals } from '@/components/experiment/goals/goal-rows';
import type { GoalTable } from '@/lib/core/analysis/goal-table';
import { goalId, variationId } from '@/lib/core/experiment/ids';
import { messagesFor } from '@/lib/core/words/messages';

const t = createTranslator({ locale: 'en', messages: messagesFor('en'), namespace: 'charts' });
const words = createChartWords(t, createFigures('en', 'UTC', 0), 0);

const arm = (place: number, lift: number | null) => ({
  variationId: variationId(place),
  name: `Arm ${place}`,
  place,
  isReference: place === 0,
  n: 1_000,
  converted: 50,
  conversions: 60,
  revenue: null,
  rate: 0.05,
  lift,
  liftInterval: lift === null ? null : { lower: lift - 0.1, upper: lift + 0.1 },
  says: place === 0 ? null : ('open' as const),
});
const TABLE: GoalTable = {
  asOfMs: 0,
  unit: 'visitors',
  family: 2,
  confidenceLevel: 0.95,
  rows: [
    ['Zoé’s main', 0.02],
    ['Basket', null],
    ['Élan', -0.3],
  ].map(([name, lift], at) => ({
    goalId: goalId(at + 1),
    name: String(name),
    role: at === 0 ? ('main' as const) : ('secondary' as const),
    better: 'higher' as const,
    arms: [arm(0, null), arm(1, lift as number | null)],
  })),
};
const namesOf = (search: string, order: 'role' | 'name' | 'lift' | 'drop'): string[] =>
  toGoals(TABLE, { search, order }, words, 'en').goals.map(({ name }) => name);

describe('goals as rows', () => {
  it('can be ordered; those without a lift come last either way', () => {
    expect(namesOf('', 'role')).toEqual(['Zoé’s main', 'Basket', 'Élan']);
    expect(namesOf('', 'name')).toEqual(['Basket', 'Élan', 'Zoé’s main']);
    expect(namesOf('', 'lift')).toEqual(['Zoé’s main', 'Élan', 'Basket']);
    expect(namesOf('', 'drop')).toEqual(['Élan', 'Zoé’s main', 'Basket']);
  });

  it('are found whatever the accents and the case', () => {
    expect(namesOf('ELAN', 'role')).toEqual(['Élan']);
    expect(namesOf('main zoe', 'role')).toEqual(['Zoé’s main']);
    expect(namesOf('nothing of the kind', 'role')).toEqual([]);
  });

  it('keep one scale, whoever is searched', () => {
    const all = toGoals(TABLE, { search: '', order: 'role' }, words, 'en');
    const one = toGoals(TABLE, { search: 'basket', order: 'role' }, words, 'en');
    expect(one.scale).toEqual(all.scale);
  });

  it('show a lift with its interval or not at all', () => {
    const [, basket, elan] = toGoals(TABLE, { search: '', order: 'role' }, words, 'en').goals;
    expect(basket?.cells[1]).toMatchObject({ lift: '', interval: '', bar: null });
    expect(elan?.cells[1]).toMatchObject({
      lift: '−30.0%',
      interval: expect.stringMatching(/^−40\.0%.*−20\.0%$/) as string,
    });
    expect(basket?.referenceRate).toBe('5.00%');
  });
});
