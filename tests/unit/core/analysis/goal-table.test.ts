import { describe, expect, it } from 'vitest';
import { analyse } from '@/lib/core/analysis/analyse';
import type { AnalyseInput } from '@/lib/core/analysis/analyse';
import { toGoalTable } from '@/lib/core/analysis/goal-table';
import { startHistory } from '@/lib/core/analysis/history';
import { DEFAULT_SETTINGS } from '@/lib/core/analysis/settings';
import { goalId } from '@/lib/core/experiment/ids';
import type { GoalId } from '@/lib/core/experiment/ids';
import { DEFAULT_METHOD } from '@/lib/core/experiment/question';
import { anExperiment, DAY_MS, GOAL, STARTED_MS } from '@/tests/unit/server/live/fake-client';

const N = 20_000;
const platform = { rate: null, lift: null, reliability: null };

/** Converted of the original and of the variation, goal by goal; the first is the main one. */
function input(
  counts: readonly (readonly [number, number])[],
  more: Partial<AnalyseInput> = {},
): AnalyseInput {
  const ids = counts.map((_, at) => (at === 0 ? GOAL : goalId(100 + at)));
  const experiment = anExperiment(1, {
    goals: ids.map((id, at) => ({
      id,
      name: `Goal ${at}`,
      kind: 'CLICK',
      hasMultipleConversions: false,
    })),
  });
  const arms = experiment.variations.map(({ id: variationId }, arm) => ({
    variationId,
    visitors: N,
    visits: N + 1_000,
    goals: Object.fromEntries(
      ids.map((id, at) => {
        const converted = counts[at]?.[arm] ?? 0;
        return [id, { conversions: converted, converted, revenue: null, platform }];
      }),
    ) as Record<GoalId, never>,
  }));
  const asOfMs = STARTED_MS + 20 * DAY_MS;
  return {
    experiment,
    snapshot: { experimentId: experiment.id, asOfMs, unit: 'visitors', arms },
    proof: 'visitors',
    history: startHistory(),
    method: DEFAULT_METHOD,
    ...more,
  };
}

const saysOf = (asked: AnalyseInput): (string | null | undefined)[] =>
  toGoalTable(asked).rows.map(({ arms }) => arms[1]?.says);

const OPEN = [1_000, 1_010] as const;
const STRAY = [1_000, 1_155] as const;
const HUGE = [1_000, 1_600] as const;

describe('the table of goals', () => {
  it('puts the main goal first, guardrails next, and never judges the main one a second time', () => {
    const asked = input([OPEN, OPEN, HUGE]);
    const goals = { [goalId(102)]: { role: 'guardrail', better: 'lower' } } as const;
    const table = toGoalTable({ ...asked, settings: { ...DEFAULT_SETTINGS, goals } });
    expect(table.rows.map(({ name, role }) => [name, role])).toEqual([
      ['Goal 0', 'main'],
      ['Goal 2', 'guardrail'],
      ['Goal 1', 'secondary'],
    ]);
    // More of what should be less.
    expect(table.rows.map(({ arms }) => arms[1]?.says)).toEqual([null, 'harmed', 'open']);
    expect(table.rows.every(({ arms }) => arms[0]?.says === null)).toBe(true);
  });

  it('shows of each goal the interval of that goal’s own page', () => {
    const asked = input([OPEN, STRAY]);
    const own = analyse({ ...asked, method: { ...DEFAULT_METHOD, goalId: goalId(101) } });
    expect(toGoalTable(asked).rows[1]?.arms[1]).toMatchObject({
      lift: own.arms[1]?.comparison?.lift,
      liftInterval: own.arms[1]?.comparison?.liftInterval,
    });
  });

  it('lets a goal stand out alone, but not where it may be the luckiest of many', () => {
    expect(saysOf(input([OPEN, STRAY]))).toEqual([null, 'stands-out']);
    const many = Array.from({ length: 30 }, () => OPEN);
    expect(saysOf(input([OPEN, STRAY, ...many]))[1]).toBe('strays');
    expect(saysOf(input([OPEN, HUGE, ...many]))[1]).toBe('stands-out');
  });

  it('says that counts are too few, and nothing at all where nothing may be judged', () => {
    expect(saysOf(input([OPEN, [3, 9]]))[1]).toBe('early');
    expect(saysOf(input([OPEN, [0, 0]]))[1]).toBe('early');
    const broken = input([OPEN, HUGE]);
    const [first, second] = broken.snapshot.arms;
    if (!first || !second) throw new Error('two arms');
    const arms = [first, { ...second, visitors: N * 2, visits: N * 2 }];
    const says = saysOf({ ...broken, snapshot: { ...broken.snapshot, arms } });
    expect(says).toEqual([null, null]);
  });

  it('has no interval where visits are counted', () => {
    const table = toGoalTable({ ...input([OPEN, HUGE]), proof: 'visits' });
    expect(table.unit).toBe('visits');
    expect(table.rows[1]?.arms[1]).toMatchObject({ liftInterval: null, says: null });
  });
});
