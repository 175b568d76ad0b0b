import { describe, expect, it } from 'vitest';
import type { AnalyseInput } from '@/lib/core/analysis/analyse';
import { addLook } from '@/lib/core/analysis/add-look';
import { startHistory } from '@/lib/core/analysis/history';
import type { GateId } from '@/lib/core/analysis/outlook/gates';
import { toOutlook } from '@/lib/core/analysis/outlook/outlook';
import type { Settings } from '@/lib/core/analysis/settings';
import { DEFAULT_SETTINGS } from '@/lib/core/analysis/settings';
import { DEFAULT_METHOD } from '@/lib/core/experiment/question';
import type { Arm } from '../builders';
import { DAY, GOAL, START, aLook, aSnapshot, analysed, anExperiment, armId, at } from '../builders';

interface Case extends Partial<AnalyseInput> {
  readonly days?: number;
  readonly own?: Partial<Settings>;
}

/** The outlook of counts that came evenly, one look a day. */
function outlook(arms: readonly Arm[], { days = 10, own = {}, ...input }: Case = {}) {
  const settings = { ...DEFAULT_SETTINGS, ...own };
  const experiment = input.experiment ?? anExperiment(arms.length);
  const looks = Array.from({ length: Math.floor(days) }, (_, i) => {
    const part = (i + 1) / days;
    return aLook(
      arms.map(([n, x]): Arm => [Math.floor(n * part), Math.floor(x * part)]),
      i + 1,
    );
  });
  const analysis = analysed(arms, {
    snapshot: aSnapshot(arms, days),
    settings,
    ...input,
    experiment,
  });
  return toOutlook({ experiment, analysis, looks, settings });
}

function gate(id: GateId, arms: readonly Arm[], options?: Case) {
  const found = outlook(arms, options).gates.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no gate ${id}`);
  return found;
}

const states = (arms: readonly Arm[], options?: Case) =>
  Object.fromEntries(outlook(arms, options).gates.map(({ id, state }) => [id, state]));

const EVEN: readonly Arm[] = [
  [5_000, 250],
  [5_000, 260],
];

describe('gates', () => {
  it('are always all seven, in the order in which they are asked', () => {
    const order = ['data', 'unit', 'split', 'setup', 'counts', 'days', 'interval'];
    expect(outlook(EVEN).gates.map(({ id }) => id)).toEqual(order);
    expect(outlook([], {}).gates.map(({ id }) => id)).toEqual(order);
  });

  it('leave only the interval closed where everything but the evidence is there', () => {
    const { interval, ...others } = states(EVEN);
    expect(new Set(Object.values(others))).toEqual(new Set(['open']));
    expect(interval).toBe('closed');
    const { have, needed, missing, expectedAtMs, opensBy } = gate('interval', EVEN);
    expect(have).toBeCloseTo(0.002, 6);
    expect(missing).toBeCloseTo((needed ?? 0) - 0.002, 9);
    // The effect seen says nothing about when: that is the arrival's business.
    expect({ expectedAtMs, opensBy }).toEqual({ expectedAtMs: null, opensBy: 'evidence' });
  });

  it('say how many people the first interval still needs, and when they will have come', () => {
    const few: readonly Arm[] = [
      [500, 10],
      [500, 10],
    ];
    const counts = gate('counts', few, { days: 4 });
    expect(counts).toMatchObject({ state: 'closed', have: 10, needed: 25, missing: 1_500 });
    expect(counts.progress).toBeCloseTo(0.4, 9);
    // 250 people a day: six more days.
    expect(((counts.expectedAtMs ?? 0) - START) / DAY).toBeCloseTo(10, 0);
  });

  it('count the people of one pair only, of the whole traffic', () => {
    const few: readonly Arm[] = [
      [500, 10],
      [500, 10],
      [500, 10],
    ];
    const { missing, expectedAtMs } = gate('counts', few, { days: 4 });
    expect(missing).toBe(1_500);
    expect(((expectedAtMs ?? 0) - START) / DAY).toBeCloseTo(10, 0);
  });

  it('name no moment for people where none come any more', () => {
    const experiment = anExperiment(2, { status: 'paused', statusChangedAtMs: at(4) });
    const few: readonly Arm[] = [
      [500, 10],
      [500, 10],
    ];
    const options = { days: 4, experiment };
    expect(gate('counts', few, options)).toMatchObject({ missing: 1_500, expectedAtMs: null });
    expect(gate('days', few, options)).toMatchObject({ state: 'closed', expectedAtMs: null });
    expect(outlook(few, options).peoplePerDay).toBeNull();
  });

  it('open the days after seven of them, at a moment that is known', () => {
    expect(gate('days', EVEN, { days: 5.5 })).toMatchObject({
      state: 'closed',
      have: 5,
      needed: 7,
      missing: 1.5,
      expectedAtMs: START + 7 * DAY,
      opensBy: 'time',
    });
    expect(gate('days', EVEN, { days: 7 })).toMatchObject({ state: 'open', missing: 0 });
  });

  it('hold the unit closed until a report shows it', () => {
    expect(gate('unit', EVEN, { proof: 'unproven' })).toMatchObject({
      state: 'closed',
      opensBy: 'report',
    });
    expect(gate('unit', EVEN, { proof: 'visits' })).toMatchObject({
      state: 'closed',
      opensBy: 'someone',
    });
  });

  it('show a broken split with its chance, and that it does not mend itself', () => {
    const broken: readonly Arm[] = [
      [6_000, 300],
      [4_000, 200],
    ];
    const split = gate('split', broken);
    expect(split).toMatchObject({ state: 'closed', needed: 0.01, opensBy: 'someone' });
    expect(split.have ?? 1).toBeLessThan(0.01);
    expect(split.expectedAtMs).toBeNull();
  });

  it('do not wait for people where nothing is ever judged', () => {
    const { counts, days, interval } = states(EVEN, {
      experiment: anExperiment(2, { allocation: 'bandit' }),
    });
    expect([counts, days, interval]).toEqual([
      'not-applicable',
      'not-applicable',
      'not-applicable',
    ]);
  });

  it('are all open once a winner is called', () => {
    const clear: readonly Arm[] = [
      [20_000, 1_000],
      [20_000, 1_250],
    ];
    const experiment = anExperiment(2);
    const look = aLook(clear, 10);
    const history = addLook(startHistory(), experiment, look, DEFAULT_METHOD, 'visitors');
    expect(new Set(Object.values(states(clear, { history })))).toEqual(new Set(['open']));
  });
});

describe('outlook', () => {
  it('gives a range for the leader where an effect was planned, and none where not', () => {
    const planned = outlook(EVEN, { own: { plannedEffect: 0.1 } });
    expect(planned.arrival.kind).toBe('range');
    expect(planned.variationId).toBe(armId(1));
    expect(outlook(EVEN).arrival).toEqual({ kind: 'no-plan' });
  });

  it('speaks of nothing to come where it is decided, blocked, not proven or explored', () => {
    const own = { plannedEffect: 0.1 };
    const clear: readonly Arm[] = [
      [20_000, 1_000],
      [20_000, 1_250],
    ];
    expect(outlook(clear, { own }).arrival).toEqual({ kind: 'decided' });
    const broken: readonly Arm[] = [
      [6_000, 300],
      [4_000, 200],
    ];
    expect(outlook(broken, { own }).arrival).toEqual({ kind: 'not-judged' });
    expect(outlook(EVEN, { own, proof: 'unproven' }).arrival).toEqual({ kind: 'not-judged' });
    const goal = anExperiment(2).goals[1]?.id ?? GOAL;
    expect(outlook(EVEN, { own, method: { ...DEFAULT_METHOD, goalId: goal } }).arrival).toEqual({
      kind: 'not-judged',
    });
    expect(outlook([], { own }).arrival).toEqual({ kind: 'not-judged' });
  });

  it('speaks of who is still open where another has lost', () => {
    const arms: readonly Arm[] = [
      [20_000, 1_000],
      [20_000, 700],
      [20_000, 1_010],
    ];
    const { variationId, arms: each } = outlook(arms, { own: { plannedEffect: 0.1 } });
    expect(variationId).toBe(armId(2));
    expect(each.map(({ arrival }) => arrival.kind)).toEqual(['decided', 'range']);
  });

  it('says what a week of waiting costs at most: the other half of a week, times the best case', () => {
    const { waiting, peoplePerDay, arms } = outlook(EVEN);
    const upper = analysed(EVEN).arms[1]?.comparison?.differenceInterval?.upper ?? 0;
    expect(peoplePerDay).toBeCloseTo(1_000, 0);
    expect(waiting).toBeCloseTo(7 * 1_000 * 0.5 * upper, 1);
    expect(arms[0]?.waiting).toBe(waiting);
  });

  it('turns the cost of waiting round for a goal that is better lower', () => {
    const own: Partial<Settings> = { goals: { [GOAL]: { role: 'secondary', better: 'lower' } } };
    const lower = analysed(EVEN).arms[1]?.comparison?.differenceInterval?.lower ?? 0;
    expect(outlook(EVEN, { own }).waiting).toBeCloseTo(7 * 1_000 * 0.5 * -lower, 1);
  });

  it('names no cost below the counts gate, nor 0 as a loss', () => {
    const few: readonly Arm[] = [
      [500, 10],
      [500, 10],
    ];
    expect(outlook(few).waiting).toBeNull();
    const worse: readonly Arm[] = [
      [20_000, 1_000],
      [20_000, 700],
    ];
    expect(outlook(worse).waiting).toBe(0);
  });

  it('reads nothing from looks of another unit or of the future', () => {
    const experiment = anExperiment(2);
    const analysis = analysed(EVEN, { experiment });
    const own = [aLook(EVEN, 10)];
    const foreign = {
      ...aLook(
        [
          [1e6, 1],
          [1e6, 1],
        ],
        9,
      ),
    };
    const looks = [
      ...own,
      { ...foreign, snapshot: { ...foreign.snapshot, unit: 'visits' as const } },
      aLook(
        [
          [2e6, 1],
          [2e6, 1],
        ],
        11,
      ),
    ];
    const input = { experiment, analysis, settings: DEFAULT_SETTINGS };
    expect(toOutlook({ ...input, looks })).toEqual(toOutlook({ ...input, looks: own }));
  });
});
