import { describe, expect, it } from 'vitest';
import { addLook, rebuildHistory } from '@/lib/core/analysis/add-look';
import { analyse } from '@/lib/core/analysis/analyse';
import type { History } from '@/lib/core/analysis/history';
import { startHistory } from '@/lib/core/analysis/history';
import type { Settings } from '@/lib/core/analysis/settings';
import type { Experiment } from '@/lib/core/experiment/experiment';
import { DEFAULT_METHOD } from '@/lib/core/experiment/question';
import type { Look, Snapshot } from '@/lib/core/experiment/snapshot';
import type { Arm } from './builders';
import {
  OTHER_GOAL,
  GOAL,
  aLook,
  aSnapshot,
  analysed,
  anExperiment,
  armId,
  at,
  comparisonAt,
  kinds,
} from './builders';

const WINS: Arm[] = [
  [21_000, 1050],
  [21_000, 1400],
];
const MORE: Arm[] = [
  [22_000, 1100],
  [22_000, 1450],
];
const LATER: Arm[] = [
  [24_000, 1200],
  [24_000, 1640],
];

const changedBy = (look: Look, changes: Partial<Snapshot>): Look => ({
  ...look,
  snapshot: { ...look.snapshot, ...changes },
});
const fold = (experiment: Experiment, looks: Look[], settings: Partial<Settings> = {}): History =>
  rebuildHistory(experiment, looks, DEFAULT_METHOD, 'visitors', settings);
const seenAt = (experiment: Experiment, history: History, { snapshot }: Look) =>
  analyse({ experiment, snapshot, proof: 'visitors', history, method: DEFAULT_METHOD });

describe('first visits', () => {
  const firstVisits = (look: Look): Look => changedBy(look, { unit: 'first-visits' });

  it('are judged like people, need no proof, and say so', () => {
    const look = firstVisits(aLook(WINS, 9));
    const { snapshot } = look;
    for (const proof of ['visits', 'unproven'] as const) {
      const analysis = analysed(WINS, { snapshot, proof });
      expect(analysis.unit).toBe('first-visits');
      expect(analysis.verdict.state).toBe('winner');
      const unit = analysis.health.checks.find(({ id }) => id === 'unit');
      expect(unit).toMatchObject({ state: 'passed', reasons: [{ kind: 'first-visits' }] });
    }
  });

  it('are a family of their own: counts may be lower than those of people, and calls do not pass over', () => {
    const experiment = anExperiment(2);
    const fewer: Arm[] = [
      [9000, 450],
      [9000, 480],
    ];
    const look = firstVisits(aLook(fewer, 10));
    const history = fold(experiment, [aLook(WINS, 8), look]);
    const analysis = seenAt(experiment, history, look);
    expect(analysis.health.checks.find(({ id }) => id === 'data')?.state).toBe('passed');
    expect(analysis.verdict.state).toBe('inconclusive');
    expect(analysis.calls).toHaveLength(1);
    expect(analysis.call).toMatchObject({ unit: 'visitors', withdrawn: null });
  });
});

describe('counts since a changed split', () => {
  const changed = anExperiment(2, { splitChangedAtMs: at(10) });
  const since = (look: Look): Look => changedBy(look, { sinceMs: at(10), unit: 'first-visits' });

  it('are one phase and are judged, while sums over both are not', () => {
    expect(seenAt(changed, startHistory(), aLook(WINS, 18)).verdict.state).toBe('blocked');
    const look = since(aLook(WINS, 18));
    const analysis = seenAt(changed, fold(changed, [look]), look);
    expect(analysis.verdict.state).toBe('winner');
    expect(analysis.call).toMatchObject({ sinceMs: at(10), day: 18 });
  });

  it('wait for seven days from the change', () => {
    const look = since(aLook(WINS, 14));
    const analysis = seenAt(changed, fold(changed, [look]), look);
    expect(analysis.verdict).toMatchObject({ state: 'collecting' });
    expect(kinds(analysis.verdict.reasons)).toEqual(['few-days']);
    expect(analysis.verdict.reasons[0]).toMatchObject({ days: 4, untilMs: at(17) });
    // The day of the page's title and axis is that since the launch.
    expect(analysis.day).toBe(14);
  });

  it('have their own split and their own calls; those from before stay in the log', () => {
    const skewed: Arm[] = [
      [9000, 450],
      [12_000, 600],
    ];
    const before = fold(anExperiment(2), [aLook(WINS, 8)]);
    const broken = fold(anExperiment(2), [aLook(skewed, 8)]);
    const look = since(aLook(MORE, 18));
    const after = addLook(broken, changed, look, DEFAULT_METHOD, 'visitors');
    expect(seenAt(changed, after, look).verdict.state).toBe('winner');
    const both = addLook(before, changed, look, DEFAULT_METHOD, 'visitors');
    expect(both.calls.map(({ sinceMs }) => sinceMs)).toEqual([null, at(10)]);
  });
});

describe('variations that join or leave', () => {
  const two = anExperiment(2);
  const three = anExperiment(3, { variations: anExperiment(3).variations });

  it('end the judgement, with their names', () => {
    const before = fold(two, [aLook(WINS, 8)]);
    const look = aLook([...MORE, [300, 20]], 9);
    const analysis = seenAt(three, before, look);
    expect(analysis.verdict.state).toBe('not-applicable');
    expect(analysis.verdict.reasons).toContainEqual({
      kind: 'arms-changed',
      added: [armId(2)],
      removed: [],
    });
    expect(addLook(before, three, look, DEFAULT_METHOD, 'visitors').calls).toEqual(before.calls);
  });

  it('are told from looks of our own: what was bought back is told with the arms of today', () => {
    const bought: Look = { ...aLook(WINS, 5), source: 'backfill' };
    const own = aLook([...MORE, [300, 20]], 9);
    expect(fold(three, [bought]).armIds).toBeNull();
    expect(fold(three, [bought, own]).armIds).toHaveLength(3);
  });
});

describe('a goal that is better the lower', () => {
  const settings: Partial<Settings> = {
    goals: { [GOAL]: { role: 'secondary', better: 'lower' } } as Settings['goals'],
  };

  it('wins by a drop and loses by a rise, with the lift as it is', () => {
    const rise = analysed(WINS, { settings });
    expect(rise.verdict.state).toBe('loser');
    expect(comparisonAt(rise, 1).lift).toBeGreaterThan(0);
    const drop = analysed(WINS.toReversed(), { settings });
    expect(drop.verdict).toMatchObject({ state: 'winner', variationId: armId(1) });
    expect(drop.method.better).toBe('lower');
  });

  it('leads with the lowest rate, and the best beats all by being lower', () => {
    const arms: Arm[] = [
      [21_000, 1050],
      [21_000, 1000],
      [21_000, 600],
    ];
    const analysis = analysed(arms, { settings });
    expect(analysis.verdict).toMatchObject({ state: 'winner', variationId: armId(2) });
    const open = analysed(
      arms.map(([n, x]): Arm => [n, Math.round((x + 9000) / 10)]),
      { settings },
    );
    expect(open.leaderId).toBe(armId(2));
  });

  it('keeps a called drop through its life', () => {
    const history = rebuildHistory(
      anExperiment(2),
      [aLook(WINS.toReversed(), 8), aLook(LATER.toReversed(), 10)],
      DEFAULT_METHOD,
      'visitors',
      settings,
    );
    expect(history.calls[0]).toMatchObject({
      state: 'winner',
      confirmedAtMs: at(10),
      withdrawn: null,
    });
  });
});

describe('guardrails', () => {
  const settings: Partial<Settings> = {
    goals: { [OTHER_GOAL]: { role: 'guardrail', better: 'higher' } } as Settings['goals'],
  };
  const withOther = (arms: readonly Arm[], other: readonly number[]): Snapshot => {
    const snapshot = aSnapshot(arms);
    return {
      ...snapshot,
      arms: snapshot.arms.map((arm, place) => ({
        ...arm,
        goals: {
          ...arm.goals,
          [OTHER_GOAL]: {
            conversions: other[place] ?? 0,
            converted: other[place] ?? 0,
            revenue: null,
            platform: { rate: null, lift: null, reliability: null },
          },
        },
      })),
    };
  };

  it('warn when harmed and decide nothing', () => {
    const snapshot = withOther(WINS, [2000, 1600]);
    const analysis = analysed(WINS, { snapshot, settings });
    expect(analysis.guardrails).toMatchObject([
      { goalId: OTHER_GOAL, variationId: armId(1), state: 'harmed' },
    ]);
    expect(analysis.guardrails[0]?.liftInterval?.upper).toBeLessThan(0);
    expect(analysis.verdict.state).toBe('winner');
  });

  it('hold where nothing is shown against them, and wait below the counts', () => {
    const held = analysed(WINS, { snapshot: withOther(WINS, [2000, 2010]), settings });
    expect(held.guardrails[0]?.state).toBe('holds');
    const few = analysed(WINS, { snapshot: withOther(WINS, [3, 4]), settings });
    expect(few.guardrails[0]).toMatchObject({ state: 'collecting', lift: null });
    expect(analysed(WINS).guardrails).toEqual([]);
  });
});
