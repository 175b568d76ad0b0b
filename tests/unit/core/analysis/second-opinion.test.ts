import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addLook, rebuildHistory } from '@/lib/core/analysis/add-look';
import { analyse } from '@/lib/core/analysis/analyse';
import type { Analysis } from '@/lib/core/analysis/analysis';
import { startHistory } from '@/lib/core/analysis/history';
import type { SecondOpinion, StepId } from '@/lib/core/analysis/second-opinion/second-opinion';
import { toSecondOpinion } from '@/lib/core/analysis/second-opinion/to-second-opinion';
import type { Settings } from '@/lib/core/analysis/settings';
import type { GoalId } from '@/lib/core/experiment/ids';
import { DEFAULT_METHOD } from '@/lib/core/experiment/question';
import type { GoalCounts, Snapshot, Unit } from '@/lib/core/experiment/snapshot';
import { oneSidedP } from '@/lib/core/stats/one-sided-p';
import { GOAL, aSnapshot, anExperiment, armId, at, withWeights } from './builders';

/** One arm as reported: people, visits, people who converted, all conversions. */
interface Reported {
  readonly people: number;
  readonly visits?: number;
  readonly converted: number;
  readonly conversions?: number;
}

interface Platform {
  readonly per?: 'people' | 'visits';
  readonly counted?: 'converted' | 'conversions';
  readonly sides?: 1 | 2;
  /** Digits of a percentage after the point. */
  readonly digits?: number;
  readonly rates?: boolean;
}

/** A report whose own figures were computed the way `platform` says. */
function aReport(
  arms: readonly Reported[],
  { per = 'people', counted = 'converted', sides = 1, digits = 4, rates = true }: Platform = {},
  days = 10,
  unit: Unit = 'visitors',
): Snapshot {
  const n = (arm: Reported): number => (per === 'people' ? arm.people : (arm.visits ?? arm.people));
  const x = (arm: Reported): number =>
    counted === 'converted' ? arm.converted : (arm.conversions ?? arm.converted);
  const round = (fraction: number): number =>
    Math.round(fraction * 100 * 10 ** digits) / (100 * 10 ** digits);
  const base = arms[0] ?? { people: 0, converted: 0 };
  return {
    ...aSnapshot([], days),
    unit,
    arms: arms.map((arm, place) => {
      const p = (x(arm) + x(base)) / (n(arm) + n(base));
      const error = Math.sqrt(p * (1 - p) * (1 / n(arm) + 1 / n(base)));
      const z = (x(arm) / n(arm) - x(base) / n(base)) / error;
      const isOther = place > 0 && error > 0;
      const reliability = sides === 1 ? oneSidedP(-z) : 1 - 2 * oneSidedP(Math.abs(z));
      const goal: GoalCounts = {
        conversions: arm.conversions ?? arm.converted,
        converted: arm.converted,
        revenue: null,
        platform: {
          rate: rates ? round(x(arm) / n(arm)) : null,
          lift: isOther && x(base) > 0 ? round(x(arm) / n(arm) / (x(base) / n(base)) - 1) : null,
          reliability: isOther ? round(reliability) : null,
        },
      };
      return {
        variationId: armId(place),
        visitors: arm.people,
        visits: arm.visits ?? arm.people,
        goals: { [GOAL]: goal } as Record<GoalId, GoalCounts>,
      };
    }),
  };
}

function analysisOf(snapshot: Snapshot, settings: Partial<Settings> = {}): Analysis {
  const experiment = anExperiment(snapshot.arms.length);
  const input = { experiment, snapshot, proof: 'visitors' as const, method: DEFAULT_METHOD };
  const look = { snapshot, source: 'live' as const };
  const history = addLook(startHistory(), experiment, look, DEFAULT_METHOD, 'visitors', settings);
  return analyse({ ...input, history, settings });
}

function opinionOn(snapshot: Snapshot, settings: Partial<Settings> = {}, place = 1): SecondOpinion {
  const analysis = analysisOf(snapshot, settings);
  const opinion = toSecondOpinion(anExperiment(snapshot.arms.length), analysis)[place - 1];
  if (!opinion) throw new Error(`no opinion on place ${place}`);
  return opinion;
}

const stepOf = ({ steps }: SecondOpinion, id: StepId) => {
  const step = steps.find((candidate) => candidate.id === id);
  if (!step) throw new Error(`no step ${id}`);
  return step;
};

const FEW_DAYS: readonly Reported[] = [
  { people: 20_000, converted: 1000 },
  { people: 20_000, converted: 1075 },
];

describe('a second opinion on the platform', () => {
  it('agrees where both name the winner', () => {
    const opinion = opinionOn(
      aReport([
        { people: 20_000, converted: 1000 },
        { people: 20_000, converted: 1250 },
      ]),
    );
    expect(opinion.platform).toEqual({ reliability: 1, claim: 'higher' });
    expect(opinion.ours.state).toBe('winner');
    expect(opinion.conclusion).toEqual({ kind: 'agrees', claim: 'higher' });
    expect(opinion.ours.p).toBeGreaterThan(0);
  });

  it('says that looking again and again is what the platform does not count', () => {
    const opinion = opinionOn(aReport(FEW_DAYS));
    expect(opinion.platform.claim).toBe('higher');
    expect(opinion.ours.state).toBe('inconclusive');
    expect(opinion.conclusion).toEqual({
      kind: 'platform-surer',
      claim: 'higher',
      stepId: 'looks',
    });
    const moved = opinion.steps.filter(({ changed }) => changed).map(({ id }) => id);
    expect(moved).toEqual(['sides', 'looks']);
    expect(stepOf(opinion, 'sides').after?.p).toBeCloseTo(0.09085, 4);
  });

  it('names the visits where people come back and convert once', () => {
    const opinion = opinionOn(
      aReport(
        [
          { people: 10_000, visits: 20_000, converted: 2000, conversions: 2000 },
          { people: 10_000, visits: 16_000, converted: 2010, conversions: 2010 },
        ],
        { per: 'visits' },
      ),
    );
    expect(opinion.basis).toEqual({
      per: 'visits',
      counted: 'converted',
      sides: 1,
      evidence: 'rate',
    });
    expect(stepOf(opinion, 'unit').reason).toEqual({ kind: 'per-visit' });
    expect(opinion.conclusion).toMatchObject({ kind: 'platform-surer', stepId: 'unit' });
  });

  it('names all conversions where few people convert many times', () => {
    const opinion = opinionOn(
      aReport(
        [
          { people: 10_000, converted: 500, conversions: 800 },
          { people: 10_000, converted: 505, conversions: 1100 },
        ],
        { counted: 'conversions' },
      ),
    );
    expect(opinion.basis?.counted).toBe('conversions');
    expect(stepOf(opinion, 'conversions').reason).toEqual({
      kind: 'all-conversions',
      conversions: 1900,
      converted: 1005,
    });
    expect(opinion.conclusion).toMatchObject({ kind: 'platform-surer', stepId: 'conversions' });
  });

  it('finds the basis by the reliability where no rates are given', () => {
    const arms = [
      { people: 10_000, visits: 13_000, converted: 500, conversions: 700 },
      { people: 10_000, visits: 14_000, converted: 560, conversions: 790 },
    ];
    const opinion = opinionOn(aReport(arms, { per: 'visits', rates: false }));
    expect(opinion.basis).toMatchObject({ per: 'visits', evidence: 'reliability' });
  });

  it('sees that a platform is two-sided already', () => {
    const opinion = opinionOn(aReport(FEW_DAYS, { sides: 2 }));
    expect(opinion.basis?.sides).toBe(2);
    expect(stepOf(opinion, 'sides')).toMatchObject({
      changed: false,
      reason: { kind: 'two-sided-already' },
    });
    expect(opinion.platform.claim).toBe('open');
    expect(opinion.conclusion).toEqual({ kind: 'agrees', claim: 'open' });
  });

  it('tells a figure that its own counts do not give', () => {
    const report = aReport(FEW_DAYS);
    const wrong = report.arms.map((arm, place) => {
      const goal = arm.goals[GOAL];
      if (place === 0 || goal === undefined) return arm;
      const platform = { ...goal.platform, reliability: 0.999 };
      return { ...arm, goals: { [GOAL]: { ...goal, platform } } as typeof arm.goals };
    });
    const recount = stepOf(opinionOn({ ...report, arms: wrong }), 'recount');
    expect(recount).toMatchObject({ changed: true, reason: { kind: 'differs' } });
    expect(recount.before?.confidence).toBe(0.999);
    expect(recount.after?.confidence).toBeCloseTo(0.955, 3);
  });

  it('does not take rounding for a difference', () => {
    const recount = stepOf(opinionOn(aReport(FEW_DAYS, { digits: 1 })), 'recount');
    expect(recount).toMatchObject({ changed: false, reason: { kind: 'recounted' } });
  });

  it('charges three variations three times', () => {
    const opinion = opinionOn(
      aReport([
        ...FEW_DAYS,
        { people: 20_000, converted: 1010 },
        { people: 20_000, converted: 990 },
      ]),
    );
    const step = stepOf(opinion, 'variations');
    expect(step.reason).toEqual({ kind: 'comparisons', comparisons: 3 });
    expect(step.after?.p).toBeCloseTo(3 * (step.before?.p ?? 0), 12);
  });

  it('waits for seven days where the figure alone would do', () => {
    const report = aReport(
      [
        { people: 20_000, converted: 1000 },
        { people: 20_000, converted: 1250 },
      ],
      {},
      3,
    );
    const opinion = opinionOn(report);
    expect(opinion.ours).toMatchObject({ state: 'collecting', claim: null });
    expect(opinion.conclusion).toEqual({
      kind: 'platform-surer',
      claim: 'higher',
      stepId: 'gates',
    });
    expect(stepOf(opinion, 'gates').reason).toMatchObject({
      kind: 'held-back',
      reasons: [{ kind: 'few-days' }],
    });
  });

  it('has no figure of ours below the counts gate, and says why', () => {
    const opinion = opinionOn(
      aReport([
        { people: 200, converted: 4 },
        { people: 200, converted: 13 },
      ]),
    );
    expect(opinion.platform.claim).toBe('higher');
    expect(opinion.ours).toEqual({ state: 'collecting', p: null, confidence: null, claim: null });
    expect(stepOf(opinion, 'gates').after).toBeNull();
    expect(stepOf(opinion, 'gates').reason).toMatchObject({
      kind: 'held-back',
      reasons: [{ kind: 'few-counts' }],
    });
  });

  it('compares nothing where the split is broken, though the platform is sure', () => {
    const opinion = opinionOn(
      aReport([
        { people: 20_000, converted: 1000 },
        { people: 16_000, converted: 1000 },
      ]),
    );
    expect(opinion.platform.claim).toBe('higher');
    expect(opinion.conclusion).toEqual({ kind: 'cannot-compare', why: 'nothing-judged' });
    expect(opinion.ours.p).toBeNull();
  });

  it('passes over the unit where people cannot be counted', () => {
    const arms = [
      { people: 1000, visits: 5000, converted: 1200 },
      { people: 1000, visits: 5000, converted: 1300 },
    ];
    const opinion = opinionOn(aReport(arms, { per: 'visits' }));
    const unit = stepOf(opinion, 'unit');
    expect(unit).toMatchObject({ isRecomputed: false, reason: { kind: 'unit-visits' } });
    expect(unit.after).toEqual(unit.before);
    expect(opinion.conclusion.kind).toBe('cannot-compare');
  });

  it('has nothing to say of a platform that gave no figure', () => {
    const opinion = opinionOn(aSnapshot([[20_000, 1000] as const, [20_000, 1250] as const]));
    expect(opinion.steps).toEqual([]);
    expect(opinion.basis).toBeNull();
    expect(opinion.conclusion).toEqual({ kind: 'cannot-compare', why: 'no-platform-figure' });
  });

  it('reads a reliability near 0 as surely lower', () => {
    const opinion = opinionOn(
      aReport([
        { people: 20_000, converted: 1250 },
        { people: 20_000, converted: 1000 },
      ]),
    );
    expect(opinion.platform.reliability).toBe(0);
    expect(opinion.conclusion).toEqual({ kind: 'agrees', claim: 'lower' });
  });

  it('holds a reference that is not the original against the original first', () => {
    const snapshot = aReport([...FEW_DAYS, { people: 20_000, converted: 1100 }]);
    const experiment = anExperiment(3);
    const method = { ...DEFAULT_METHOD, referenceId: armId(1) };
    const analysis = analyse({
      experiment,
      snapshot,
      proof: 'visitors',
      history: startHistory(),
      method,
    });
    const [ofOriginal, ofSecond] = toSecondOpinion(experiment, analysis);
    expect(ofOriginal?.conclusion).toEqual({
      kind: 'cannot-compare',
      why: 'no-platform-figure',
    });
    const step = ofSecond && stepOf(ofSecond, 'reference');
    expect(step?.reason).toEqual({ kind: 'other-reference', referenceId: armId(1) });
    expect(step?.changed).toBe(true);
    expect(ofSecond?.steps.at(-1)?.after?.p).toBe(ofSecond?.ours.p);
  });
});

describe('counts of another kind', () => {
  it('says that only first visits are in them', () => {
    const opinion = opinionOn(aReport(FEW_DAYS, {}, 10, 'first-visits'));
    expect(stepOf(opinion, 'unit')).toMatchObject({
      changed: false,
      reason: { kind: 'first-visits' },
    });
    expect(opinion.ours.state).toBe('inconclusive');
  });

  it('says that they begin at the change of the split, and passes that over', () => {
    const experiment = anExperiment(2, { splitChangedAtMs: at(3) });
    const snapshot = { ...aReport(FEW_DAYS), sinceMs: at(3) };
    const history = startHistory();
    const method = DEFAULT_METHOD;
    const analysis = analyse({ experiment, snapshot, proof: 'visitors', history, method });
    const [opinion] = toSecondOpinion(experiment, analysis);
    expect(opinion && stepOf(opinion, 'window')).toMatchObject({
      isRecomputed: false,
      changed: false,
      reason: { kind: 'counted-since', atMs: at(3) },
    });
  });
});

describe('a planned end in a second opinion', () => {
  const experiment = withWeights(anExperiment(2), [0.5, 0.5]);
  const settings = { plannedEnd: 40_000 };
  const arms = (scale: number, second: number): readonly Reported[] => [
    { people: 20_000 * scale, converted: 1000 * scale },
    { people: 20_000 * scale, converted: second * scale },
  ];
  const readTo = (snapshots: readonly Snapshot[]): SecondOpinion => {
    const looks = snapshots.map((snapshot) => ({ snapshot, source: 'live' as const }));
    const method = DEFAULT_METHOD;
    const history = rebuildHistory(experiment, looks, method, 'visitors', settings);
    const snapshot = snapshots.at(-1) ?? aSnapshot([]);
    const input = { experiment, snapshot, proof: 'visitors' as const, history, method, settings };
    const [opinion] = toSecondOpinion(experiment, analyse(input));
    if (!opinion) throw new Error('no opinion');
    return opinion;
  };

  it('spends the share of the sequence while the end is not reached', () => {
    const step = stepOf(readTo([aReport(arms(0.5, 1075))]), 'planned-end');
    expect(step.reason).toEqual({ kind: 'level-shared', share: 0.4 });
  });

  it('computes the final look anew on the counts of its own moment', () => {
    const opinion = readTo([aReport(arms(1, 1110), {}, 10), aReport(arms(1.5, 1075), {}, 14)]);
    expect(opinion.ours.state).toBe('winner');
    expect(stepOf(opinion, 'window')).toMatchObject({
      changed: true,
      isRecomputed: true,
      reason: { kind: 'final-look', atMs: at(10) },
    });
    expect(stepOf(opinion, 'planned-end')).toMatchObject({ isRecomputed: true });
    expect(opinion.steps.at(-1)?.after?.p).toBeCloseTo(opinion.ours.p ?? 1, 15);
  });

  it('says that the moment of the final look is not at hand where an earlier call stood', () => {
    const opinion = readTo([
      aReport(arms(0.9, 1300), {}, 9.5),
      aReport(arms(1, 1300), {}, 10),
      aReport(arms(1.5, 1250), {}, 14),
    ]);
    expect(opinion.ours.state).toBe('winner');
    const window = stepOf(opinion, 'window');
    expect(window).toMatchObject({ isRecomputed: false, reason: { kind: 'final-look' } });
    expect(window.after).toEqual(window.before);
    expect(opinion.steps.at(-1)?.after?.p).toBe(opinion.ours.p);
  });

  it('keeps an earlier call beside a platform that fell back', () => {
    const looks = [aReport(FEW_DAYS, {}, 8), aReport(FEW_DAYS, {}, 10)];
    const called = aReport(
      [
        { people: 20_000, converted: 1000 },
        { people: 20_000, converted: 1160 },
      ],
      {},
      9,
    );
    const later = aReport(
      [
        { people: 40_000, converted: 2000 },
        { people: 40_000, converted: 2115 },
      ],
      {},
      12,
    );
    const kept = [looks[0], called, later].flatMap((snapshot) =>
      snapshot ? [{ snapshot, source: 'live' as const }] : [],
    );
    const method = DEFAULT_METHOD;
    const history = rebuildHistory(experiment, kept, method, 'visitors');
    const analysis = analyse({ experiment, snapshot: later, proof: 'visitors', history, method });
    const [opinion] = toSecondOpinion(experiment, analysis, 0.99);
    expect(opinion?.ours.state).toBe('winner');
    expect(opinion?.conclusion).toMatchObject({
      kind: 'platform-less-sure',
      claim: 'higher',
      hasEarlierCall: true,
    });
  });
});

describe('whatever the counts', () => {
  const anArm = fc
    .record({
      people: fc.integer({ min: 1, max: 60_000 }),
      again: fc.integer({ min: 0, max: 20_000 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      repeats: fc.integer({ min: 0, max: 500 }),
    })
    .map(({ people, again, share, repeats }): Reported => {
      const converted = Math.round(people * share);
      const conversions = converted === 0 ? 0 : converted + repeats;
      return { people, visits: people + again, converted, conversions };
    });
  const aPlatform = fc.record({
    per: fc.constantFrom('people' as const, 'visits' as const),
    counted: fc.constantFrom('converted' as const, 'conversions' as const),
    digits: fc.constantFrom(1, 2, 4),
  });
  const someArms = fc.array(anArm, { minLength: 2, maxLength: 5 });
  const someSettings = fc.constantFrom({}, { plannedEnd: 30_000 }, { plannedVisitors: 90_000 });

  it('the last step says what the analysis says, and every step begins where the one before it ended', () => {
    fc.assert(
      fc.property(someArms, aPlatform, someSettings, (arms, platform, settings) => {
        const analysis = analysisOf(aReport(arms, platform), settings);
        for (const opinion of toSecondOpinion(anExperiment(arms.length), analysis)) {
          const { steps, ours, variationId } = opinion;
          const arm = analysis.arms.find((one) => one.variationId === variationId);
          expect(ours.state).toBe(arm?.comparison?.state);
          expect(ours.p).toBe(arm?.comparison?.p);
          if (steps.length === 0) continue;
          expect(steps.at(-1)?.after?.p ?? null).toBe(ours.p);
          steps.slice(1).forEach((step, i) => expect(step.before).toEqual(steps[i]?.after));
          expect(steps[0]?.before?.confidence).toBe(opinion.platform.reliability);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('moves nothing but what differs', () => {
    fc.assert(
      fc.property(anArm, anArm, (one, two) => {
        const plain = [one, two].map(({ people, converted }) => ({ people, converted }));
        const opinion = opinionOn(aReport(plain));
        const moved = opinion.steps.filter(({ changed }) => changed).map(({ id }) => id);
        expect(moved.filter((id) => !['sides', 'looks', 'gates'].includes(id))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('gives each variation the same opinion wherever it stands', () => {
    fc.assert(
      fc.property(fc.array(anArm, { minLength: 3, maxLength: 4 }), aPlatform, (arms, platform) => {
        const [first, ...rest] = arms;
        if (!first) return;
        const turned = [first, ...rest.toReversed()];
        const opinions = (list: readonly Reported[]) =>
          toSecondOpinion(anExperiment(list.length), analysisOf(aReport(list, platform)));
        const told = opinions(arms).map(({ conclusion, ours, platform: own }) => ({
          ...{ conclusion, state: ours.state, own },
        }));
        const again = opinions(turned).map(({ conclusion, ours, platform: own }) => ({
          ...{ conclusion, state: ours.state, own },
        }));
        expect(again.toReversed()).toEqual(told);
      }),
      { numRuns: 100 },
    );
  });

  it('never puts a number where none is defined', () => {
    fc.assert(
      fc.property(someArms, aPlatform, (arms, platform) => {
        const analysis = analysisOf(aReport(arms, platform));
        for (const { steps } of toSecondOpinion(anExperiment(arms.length), analysis))
          for (const { after, reason } of steps) {
            if (after === null) {
              expect([
                'no-spread',
                'not-a-rate',
                'held-back',
                'unit-visits',
                'same-report',
              ]).toContain(reason.kind);
              continue;
            }
            expect(after.p).toBeGreaterThanOrEqual(0);
            expect(after.p).toBeLessThanOrEqual(1);
            expect(after.confidence).toBeCloseTo(1 - after.p, 10);
          }
      }),
      { numRuns: 200 },
    );
  });
});
