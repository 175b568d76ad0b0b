import { describe, expect, it } from 'vitest';
import { startHistory } from '@/lib/core/analysis/history';
import type { Arm } from './builders';
import { analysed, anExperiment, withWeights } from './builders';

const SOUND: Arm[] = [
  [20_000, 1000],
  [20_000, 1010],
];
const statesOf = (analysis: ReturnType<typeof analysed>): string[] =>
  analysis.health.checks.map(({ id, state }) => `${id}: ${state}`);

describe('health', () => {
  it('lists every check in one order and passes sound data', () => {
    const analysis = analysed(SOUND);
    expect(statesOf(analysis)).toEqual([
      'split: passed',
      'unit: passed',
      'data: passed',
      'setup: passed',
    ]);
    expect(analysis.health.state).toBe('healthy');
    expect(analysis.health.split.sequentialP).toBe(1);
    expect(analysis.health.split.chiSquareP).toBe(1);
  });

  it('finds no fault with data that only lack something to compare with', () => {
    const experiment = anExperiment(2);
    const variations = experiment.variations.map((one) => ({ ...one, isOriginal: false }));
    const analysis = analysed(SOUND, { experiment: { ...experiment, variations } });
    expect(analysis.verdict).toMatchObject({
      state: 'not-applicable',
      reasons: [{ kind: 'no-reference' }],
    });
    expect(analysis.health.state).toBe('healthy');
  });

  it('is checking before the first visitor', () => {
    const analysis = analysed([
      [0, 0],
      [0, 0],
    ]);
    expect(analysis.health.state).toBe('checking');
    expect(analysis.verdict.state).toBe('collecting');
  });

  it('asks nothing of a draft', () => {
    const experiment = anExperiment(2, { status: 'draft', startedAtMs: null });
    const analysis = analysed(SOUND, { experiment });
    expect(new Set(analysis.health.checks.map(({ state }) => state))).toEqual(
      new Set(['not-applicable']),
    );
    expect([analysis.health.state, analysis.day]).toEqual(['checking', null]);
  });

  it('does not hold the split of a bandit against it', () => {
    const experiment = anExperiment(2, { allocation: 'bandit' });
    const analysis = analysed(
      [
        [30_000, 1000],
        [10_000, 1000],
      ],
      { experiment },
    );
    expect(analysis.health).toMatchObject({ state: 'healthy', split: { sequentialP: null } });
    expect(analysis.verdict.state).toBe('not-applicable');
  });

  it('takes uneven weights as they are configured, in any unit', () => {
    const arms: Arm[] = [
      [90_100, 4500],
      [9900, 500],
    ];
    for (const weights of [
      [0.9, 0.1],
      [90, 10],
    ])
      expect(
        analysed(arms, { experiment: withWeights(anExperiment(2), weights) }).health.state,
      ).toBe('healthy');
    expect(analysed(arms).health.state).toBe('unhealthy');
  });

  it('forgets a broken split when the split was changed, which then blocks itself', () => {
    const history = { ...startHistory(), splitP: 1e-9 };
    const experiment = anExperiment(2, { splitChangedAtMs: 1_772_700_000_000 });
    const { reasons } = analysed(SOUND, { experiment, history }).verdict;
    expect(reasons.map(({ kind }) => kind)).toEqual(['split-changed']);
  });
});
