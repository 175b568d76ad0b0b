import { describe, expect, it } from 'vitest';
import { startHistory } from '@/lib/core/analysis/history';
import { DEFAULT_METHOD } from '@/lib/core/experiment/question';
import type { Arm } from './builders';
import {
  OTHER_GOAL,
  START,
  aSnapshot,
  analysed,
  anExperiment,
  armId,
  at,
  comparisonAt,
  kinds,
  withWeights,
} from './builders';

const CLEAR: Arm[] = [
  [20_000, 1000],
  [20_000, 1300],
];

describe('the verdict of an experiment', () => {
  it('is a winner when the interval excludes 0 upward after seven days', () => {
    const analysis = analysed(CLEAR);
    expect(analysis.verdict).toMatchObject({ state: 'winner', variationId: armId(1), losers: [] });
    expect(analysis.verdict.reasons).toEqual([{ kind: 'beats-all', others: [armId(0)] }]);
    expect(analysis.leaderId).toBe(armId(1));
    expect(analysis.health.state).toBe('healthy');
    expect(comparisonAt(analysis, 1).liftInterval?.lower).toBeGreaterThan(0);
  });

  it('holds a winner back until seven full days are over, and says until when', () => {
    const early = analysed(CLEAR, { snapshot: aSnapshot(CLEAR, 6.99) });
    const reason = { kind: 'few-days', days: 6, neededDays: 7, untilMs: at(7) };
    expect(early.verdict).toMatchObject({ state: 'collecting', winners: [], reasons: [reason] });
    expect(comparisonAt(early, 1).liftInterval?.lower).toBeGreaterThan(0);
    expect(analysed(CLEAR, { snapshot: aSnapshot(CLEAR, 7) }).verdict.state).toBe('winner');
  });

  it('says harm at once', () => {
    const arms: Arm[] = [
      [20_000, 1300],
      [20_000, 1000],
    ];
    const analysis = analysed(arms, { snapshot: aSnapshot(arms, 0.5) });
    expect(analysis.verdict).toMatchObject({
      state: 'loser',
      variationId: armId(1),
      losers: [armId(1)],
    });
    expect(analysis.day).toBe(0);
  });

  it('names a loser beside undecided ones and stays undecided', () => {
    const { verdict } = analysed([
      [20_000, 1200],
      [20_000, 900],
      [20_000, 1210],
    ]);
    expect(verdict).toMatchObject({
      state: 'inconclusive',
      variationId: null,
      losers: [armId(1)],
    });
  });

  it('is several winners when two beat the original and neither the other', () => {
    const { verdict } = analysed([
      [20_000, 1000],
      [20_000, 1290],
      [20_000, 1320],
    ]);
    expect(verdict).toMatchObject({
      state: 'several-winners',
      variationId: null,
      winners: [armId(1), armId(2)],
    });
    expect(verdict.reasons).toMatchObject([
      { kind: 'none-best', pairs: [{ betterId: armId(2), otherId: armId(1) }] },
    ]);
  });

  it('calls the best of two winners when it also beats the other', () => {
    const { verdict } = analysed([
      [20_000, 1000],
      [20_000, 1300],
      [20_000, 1800],
    ]);
    expect(verdict).toMatchObject({
      state: 'winner',
      variationId: armId(2),
      winners: [armId(1), armId(2)],
    });
  });

  it('is no-difference when every interval lies within one percent', () => {
    const arms: Arm[] = [
      [40_000_000, 4_000_000],
      [40_000_000, 4_001_000],
    ];
    expect(analysed(arms).verdict.state).toBe('no-difference');
  });

  it('notes a winner that is too small to matter', () => {
    const arms: Arm[] = [
      [90_000_000, 45_000_000],
      [90_000_000, 45_150_000],
    ];
    const { verdict } = analysed(arms);
    expect(verdict.state).toBe('winner');
    expect(kinds(verdict.reasons)).toEqual(['beats-all', 'too-small-to-matter']);
  });

  it('is inconclusive when nothing is decided', () => {
    expect(
      analysed([
        [20_000, 1000],
        [20_000, 1010],
      ]).verdict,
    ).toMatchObject({ state: 'inconclusive', winners: [], losers: [], reasons: [] });
  });

  it('collects below the gate of expected counts and draws nothing', () => {
    const analysis = analysed([
      [500, 10],
      [500, 10],
    ]);
    const reason = { kind: 'few-counts', smallestExpected: 10, needed: 25, missing: 1500 };
    expect(analysis.verdict).toMatchObject({ state: 'collecting', reasons: [reason] });
    expect(comparisonAt(analysis, 1)).toMatchObject({
      lift: null,
      liftInterval: null,
      difference: null,
      differenceInterval: null,
      p: null,
      gateProgress: 0.4,
    });
    expect(analysis.leaderId).toBeNull();
  });

  it('says that nobody converted yet', () => {
    const { verdict } = analysed([
      [500, 0],
      [500, 0],
    ]);
    expect(verdict).toMatchObject({ state: 'collecting', reasons: [{ kind: 'no-conversions' }] });
  });

  it('does not collect for ever when one arm never converts', () => {
    const analysis = analysed([
      [5000, 250],
      [5000, 0],
    ]);
    expect(analysis.verdict.state).toBe('loser');
    const { lower, upper } = comparisonAt(analysis, 1).liftInterval ?? {};
    expect(lower).toBe(-1);
    expect(upper).toBeLessThan(-0.9);
    expect(upper).toBeGreaterThan(-1);
  });

  it('draws a half-line where the original never converts', () => {
    const analysis = analysed([
      [5000, 0],
      [5000, 250],
    ]);
    const comparison = comparisonAt(analysis, 1);
    expect(analysis.verdict.state).toBe('winner');
    expect(comparison.lift).toBeNull();
    expect(comparison.liftInterval?.upper).toBeNull();
    expect(comparison.liftInterval?.lower).toBeGreaterThan(1);
    expect(analysis.leaderId).toBe(armId(1));
  });

  it('shares the level among the comparisons', () => {
    const analysis = analysed([
      [20_000, 1000],
      [20_000, 1010],
      [20_000, 1020],
      [20_000, 1030],
    ]);
    expect(comparisonAt(analysis, 1).alpha).toBeCloseTo(0.05 / 3, 15);
  });

  it('measures against another arm when asked to', () => {
    const analysis = analysed(CLEAR, { method: { ...DEFAULT_METHOD, referenceId: armId(1) } });
    expect(analysis.referenceId).toBe(armId(1));
    expect(analysis.arms[1]?.comparison).toBeNull();
    expect(comparisonAt(analysis, 0).state).toBe('loser');
  });

  it('never calls another goal than the main one, but shows its figures', () => {
    const analysis = analysed(CLEAR, { method: { ...DEFAULT_METHOD, goalId: OTHER_GOAL } });
    expect(analysis.verdict).toMatchObject({
      state: 'not-applicable',
      winners: [],
      reasons: [{ kind: 'exploratory' }],
    });
    expect(comparisonAt(analysis, 1).liftInterval).not.toBeNull();
    expect(analysis.health.state).toBe('healthy');
  });
});

describe('days', () => {
  it('stop with the experiment, so a late report does not open the seven-day gate', () => {
    const experiment = anExperiment(2, { status: 'stopped', endedAtMs: at(3) });
    const analysis = analysed(CLEAR, { experiment, snapshot: aSnapshot(CLEAR, 30) });
    expect(analysis.day).toBe(3);
    expect(kinds(analysis.verdict.reasons)).toEqual(['few-days']);
  });

  it('that were enough keep the verdict of an ended or paused experiment', () => {
    for (const status of ['stopped', 'paused'] as const) {
      const experiment = anExperiment(2, { status, statusChangedAtMs: at(20) });
      const analysis = analysed(CLEAR, { experiment, snapshot: aSnapshot(CLEAR, 60) });
      expect([analysis.verdict.state, analysis.day]).toEqual(['winner', 20]);
    }
  });

  it('are counted from the first look where the launch is unknown', () => {
    const experiment = anExperiment(2, { startedAtMs: null });
    const history = { ...startHistory(), firstAtMs: at(4) };
    const early = analysed(CLEAR, { experiment, history });
    expect([early.day, early.verdict.state]).toEqual([6, 'collecting']);
    const late = analysed(CLEAR, { experiment, history, snapshot: aSnapshot(CLEAR, 11) });
    expect(late.verdict.state).toBe('winner');
  });
});

describe('nothing is judged', () => {
  const reasonOf = (experiment: ReturnType<typeof anExperiment>) => {
    const { verdict } = analysed(CLEAR, { experiment });
    return [verdict.state, ...kinds(verdict.reasons)];
  };

  it('for a bandit, a multivariate test, or a split that is not known to be manual', () => {
    expect(reasonOf(anExperiment(2, { allocation: 'bandit' }))).toEqual([
      'not-applicable',
      'bandit',
    ]);
    expect(reasonOf(anExperiment(2, { allocation: 'unknown' }))).toEqual([
      'not-applicable',
      'split-unknown',
    ]);
    expect(reasonOf(anExperiment(2, { isMultivariate: true }))).toEqual([
      'not-applicable',
      'multivariate',
    ]);
  });

  it('without a reference, a second arm, a main goal, or a start', () => {
    const noOriginal = anExperiment(2);
    const renamed = noOriginal.variations.map((v) => ({ ...v, isOriginal: false }));
    expect(reasonOf({ ...noOriginal, variations: renamed })).toEqual([
      'not-applicable',
      'no-reference',
    ]);
    expect(reasonOf(anExperiment(2, { mainGoalId: null }))).toEqual([
      'not-applicable',
      'no-main-goal',
    ]);
    expect(reasonOf(anExperiment(2, { status: 'draft', startedAtMs: null }))).toEqual([
      'not-applicable',
      'not-started',
    ]);
    expect(reasonOf(anExperiment(2, { startedAtMs: START + 365 * 86_400_000 }))).toEqual([
      'not-applicable',
      'not-started',
    ]);
    const lone = analysed([[1000, 50]], { experiment: anExperiment(1) });
    expect(kinds(lone.verdict.reasons)).toEqual(['one-arm']);
  });

  it('when the split is broken, and the reason names both shares', () => {
    const arms: Arm[] = [
      [21_000, 1000],
      [19_000, 1300],
    ];
    const analysis = analysed(arms);
    expect(analysis.verdict).toMatchObject({
      state: 'blocked',
      winners: [],
      reasons: [{ kind: 'split-broken', configured: [0.5, 0.5], observed: [0.525, 0.475] }],
    });
    expect(comparisonAt(analysis, 1)).toMatchObject({ state: 'blocked', p: null });
    expect(analysis.health.split.sequentialP).toBeLessThan(0.01);
    expect(analysis.health.split.chiSquareP).toBeLessThan(0.01);
    expect(analysis.health.state).toBe('unhealthy');
  });

  it('when the split was broken at an earlier look, even if it looks well now', () => {
    const history = { ...startHistory(), splitP: 0.004 };
    expect(analysed(CLEAR, { history }).verdict.state).toBe('blocked');
  });

  it('when an arm configured to 0 % has visitors; without visitors it just does not count', () => {
    const arms: Arm[] = [...CLEAR, [7, 1]];
    const experiment = withWeights(anExperiment(3), [0.5, 0.5, 0]);
    const faulty = analysed(arms, { experiment });
    expect(faulty.verdict).toMatchObject({
      state: 'blocked',
      reasons: [{ kind: 'zero-weight-arm-has-visitors', variationId: armId(2), visitors: 7 }],
    });
    const sound = analysed([...CLEAR, [0, 0]], { experiment });
    expect(sound.verdict.state).toBe('winner');
    expect(sound.arms[2]?.comparison).toBeNull();
    expect(comparisonAt(sound, 1).alpha).toBe(0.05);
  });

  it('when the split changed after the start: the figures are shown, not judged', () => {
    const experiment = anExperiment(2, { splitChangedAtMs: at(5) });
    const analysis = analysed(CLEAR, { experiment });
    expect(analysis.verdict).toMatchObject({
      state: 'blocked',
      reasons: [{ kind: 'split-changed', atMs: at(5) }],
    });
    expect(comparisonAt(analysis, 1).liftInterval).not.toBeNull();
    expect(analysis.health.split.sequentialP).toBeNull();
  });

  it('while the unit is not shown, because that may still come', () => {
    const analysis = analysed(CLEAR, { proof: 'unproven' });
    expect(analysis.verdict).toMatchObject({
      state: 'collecting',
      winners: [],
      reasons: [{ kind: 'unit-unproven' }],
    });
    expect(analysis.health.state).toBe('checking');
  });

  it('when conversions count visits, or more converted than visited', () => {
    const visits = analysed(CLEAR, { proof: 'visits' });
    expect(visits).toMatchObject({ unit: 'visits', verdict: { state: 'not-applicable' } });
    expect(visits.arms[1]?.rate).toBeCloseTo(1300 / 26_000, 12);
    expect(comparisonAt(visits, 1)).toMatchObject({ liftInterval: null, p: null });
    const proven = analysed([
      [1000, 1200],
      [1000, 50],
    ]);
    expect(kinds(proven.verdict.reasons)).toEqual(['unit-visits']);
    const absurd = analysed([
      [1000, 5000],
      [1000, 50],
    ]);
    expect(absurd.arms[0]).toMatchObject({ rate: null, rateInterval: null, converted: 5000 });
    expect(comparisonAt(absurd, 1).lift).toBeNull();
  });
});

describe('a split that nobody told', () => {
  it('does not block, but is not called healthy', () => {
    const experiment = withWeights(anExperiment(2), [null, null]);
    const analysis = analysed(CLEAR, { experiment });
    expect(analysis.verdict.state).toBe('winner');
    expect(analysis.health).toMatchObject({
      state: 'checking',
      split: { sequentialP: null, chiSquareP: null },
    });
  });
});
