import { describe, expect, it } from 'vitest';
import { addLook, rebuildHistory } from '@/lib/core/analysis/add-look';
import { analyse } from '@/lib/core/analysis/analyse';
import type { Call } from '@/lib/core/analysis/call';
import type { History } from '@/lib/core/analysis/history';
import { DEFAULT_METHOD } from '@/lib/core/experiment/question';
import type { Look } from '@/lib/core/experiment/snapshot';
import type { Arm } from './builders';
import { aLook, anExperiment, armId, at, kinds } from './builders';

const EVEN: Arm[] = [
  [20_000, 1000],
  [20_000, 1010],
];
const WINS: Arm[] = [
  [21_000, 1050],
  [21_000, 1400],
];
const MORE: Arm[] = [
  [22_000, 1100],
  [22_000, 1450],
];
/** z = 2.6: outside the fixed interval of 95 %, inside that of the sequence. */
const HELD: Arm[] = [
  [50_000, 2500],
  [50_000, 2682],
];
/** z = 1.8: inside the fixed interval of 95 %, outside that of 90 %. */
const SHAKEN: Arm[] = [
  [60_000, 3000],
  [60_000, 3138],
];
/** z = 1. */
const BACK: Arm[] = [
  [70_000, 3500],
  [70_000, 3583],
];
const STRONG: Arm[] = [
  [90_000, 4500],
  [90_000, 5400],
];

const experiment = anExperiment(2);
const fold = (looks: Look[], proof: 'visitors' | 'visits' | 'unproven' = 'visitors'): History =>
  rebuildHistory(experiment, looks, DEFAULT_METHOD, proof);
const analyseLast = (history: History, look: Look) =>
  analyse({
    experiment,
    snapshot: look.snapshot,
    proof: 'visitors',
    history,
    method: DEFAULT_METHOD,
  });
const story = ({ events }: Call): string[] => events.map(({ kind }) => kind);
const theOneCall = ({ calls }: History): Call => {
  expect(calls).toHaveLength(1);
  return calls[0] as Call;
};

describe('a call is made', () => {
  it('on the first look that decides, dated by its data, with the numbers it rests on', () => {
    const call = theOneCall(fold([aLook(EVEN, 6), aLook(WINS, 8.2), aLook(MORE, 8.4)]));
    expect(call).toMatchObject({
      state: 'winner',
      variationId: armId(1),
      calledAtMs: at(8.2),
      day: 8,
      confirmedAtMs: null,
      isFinal: false,
      bestSinceMs: at(8.2),
    });
    expect(call.events[0]).toMatchObject({
      kind: 'called',
      atMs: at(8.2),
      figures: { reference: { n: 21_000, x: 1050 }, variation: { n: 21_000, x: 1400 } },
    });
    expect(call.events[0]?.figures.liftInterval?.lower).toBeGreaterThan(0);
  });

  it('of a stopped test on the day its data end, however late they are read', () => {
    const stopped = anExperiment(2, { status: 'stopped', endedAtMs: at(9.5) });
    const rebuild = (looks: Look[]) => rebuildHistory(stopped, looks, DEFAULT_METHOD, 'visitors');
    const call = theOneCall(rebuild([aLook(WINS, 8.2), aLook(MORE, 15)]));
    expect(call).toMatchObject({ calledAtMs: at(8.2), confirmedAtMs: at(9.5) });
    const late = theOneCall(rebuild([aLook(MORE, 15)]));
    expect(late).toMatchObject({ calledAtMs: at(9.5), day: 9, confirmedAtMs: null });
  });

  it('neither while the unit is unproven nor, for a winner, before the seventh day', () => {
    expect(fold([aLook(WINS, 8)], 'unproven').calls).toEqual([]);
    expect(fold([aLook(WINS, 6)]).calls).toEqual([]);
    const loses: Arm[] = [
      [21_000, 1400],
      [21_000, 1050],
    ];
    expect(theOneCall(fold([aLook(loses, 2)]))).toMatchObject({ state: 'loser', day: 2 });
  });

  it('for its method alone', () => {
    const history = fold([aLook(WINS, 8)]);
    const other = { ...DEFAULT_METHOD, confidenceLevel: 0.9 };
    const { snapshot } = aLook(WINS, 8);
    const seen = analyse({ experiment, snapshot, proof: 'visitors', history, method: other });
    expect(seen.call).toBeNull();
    expect(seen.calls).toEqual([]);
  });

  it('of a loser among undecided ones', () => {
    const arms: Arm[] = [
      [20_000, 1000],
      [20_000, 1010],
      [20_000, 700],
    ];
    const three = anExperiment(3);
    const look = aLook(arms, 3);
    const history = rebuildHistory(three, [look], DEFAULT_METHOD, 'visitors');
    expect(theOneCall(history)).toMatchObject({ state: 'loser', variationId: armId(2) });
    const { snapshot } = look;
    const seen = analyse({
      experiment: three,
      snapshot,
      proof: 'visitors',
      history,
      method: DEFAULT_METHOD,
    });
    expect(seen.verdict).toMatchObject({ state: 'inconclusive', losers: [armId(2)] });
    expect(seen.call).toBeNull();
  });
});

describe('the life of a call', () => {
  it('is confirmed by the first look at least a day later that says the same', () => {
    const looks = [aLook(WINS, 8), aLook(WINS, 8.9), aLook(MORE, 9), aLook(MORE, 12)];
    expect(theOneCall(fold(looks)).confirmedAtMs).toBe(at(9));
  });

  it('is not touched by an interval of the sequence that meets 0 again', () => {
    const look = aLook(HELD, 11);
    const history = fold([aLook(WINS, 8), look]);
    expect(story(theOneCall(history))).toEqual(['called', 'best']);
    const { verdict, arms, call } = analyseLast(history, look);
    expect(verdict).toMatchObject({ state: 'winner', variationId: armId(1) });
    const comparison = arms[1]?.comparison;
    expect(comparison?.liftInterval?.lower).toBeLessThan(0);
    expect(kinds(comparison?.reasons ?? [])).toContain('call-stands');
    expect(call).toEqual(history.calls[0]);
  });

  it('is shaken while the fixed interval of 95 % meets 0, and the call stays', () => {
    const look = aLook(SHAKEN, 12);
    const history = fold([aLook(WINS, 8), aLook(MORE, 9.5), look]);
    expect(theOneCall(history)).toMatchObject({ shakenAtMs: at(12), withdrawn: null });
    expect(analyseLast(history, look).verdict.state).toBe('winner');
    const steadied = fold([aLook(WINS, 8), look, aLook(STRONG, 15), aLook(STRONG, 16)]);
    expect(story(theOneCall(steadied))).toEqual([
      'called',
      'best',
      'shaken',
      'steadied',
      'confirmed',
    ]);
    expect(theOneCall(steadied).shakenAtMs).toBeNull();
  });

  it('is only shaken by single looks that fall back, and not confirmed by single ones that hold', () => {
    const times = (arms: Arm[], factor: number): Arm[] =>
      arms.map(([n, x]): Arm => [n * factor, x * factor]);
    const looks = [
      aLook(WINS, 8),
      aLook(BACK, 8.5),
      aLook(STRONG, 9.2),
      aLook(
        [
          [100_000, 5400],
          [100_000, 5490],
        ],
        9.6,
      ),
    ];
    expect(theOneCall(fold(looks))).toMatchObject({ confirmedAtMs: null, withdrawn: null });
    const later = [aLook(times(STRONG, 2), 9.8), aLook(times(STRONG, 3), 10.8)];
    expect(theOneCall(fold([...looks, ...later]))).toMatchObject({
      heldSinceMs: at(9.8),
      confirmedAtMs: at(10.8),
      shakenAtMs: null,
      lowSinceMs: null,
    });
  });

  it('is withdrawn when the fixed interval of 90 % has met 0 for a day, and never erased', () => {
    const look = aLook(BACK, 14);
    const history = fold([aLook(WINS, 8), aLook(BACK, 13), look]);
    expect(theOneCall(history).withdrawn).toEqual({ atMs: at(14), reason: { kind: 'fell-back' } });
    const seen = analyseLast(history, look);
    expect(seen.verdict.state).toBe('inconclusive');
    expect(seen.call).toEqual(history.calls[0]);
    const again = fold([aLook(WINS, 8), aLook(BACK, 13), look, aLook(STRONG, 20)]);
    expect(again.calls.map(({ calledAtMs }) => calledAtMs)).toEqual([at(8), at(20)]);
    expect(analyseLast(again, aLook(STRONG, 20)).call?.calledAtMs).toBe(at(20));
  });

  it('ends when the split breaks, with its reason', () => {
    const skewed: Arm[] = [
      [22_000, 1100],
      [25_000, 1650],
    ];
    const look = aLook(skewed, 10);
    const history = fold([aLook(WINS, 8), look]);
    expect(theOneCall(history).withdrawn?.reason.kind).toBe('split-broken');
    expect(analyseLast(history, look).verdict.state).toBe('blocked');
  });

  it('ends when conversions turn out to be counted by visits', () => {
    const before = fold([aLook(WINS, 8)]);
    const after = addLook(before, experiment, aLook(MORE, 9), DEFAULT_METHOD, 'visits');
    expect(theOneCall(after).withdrawn?.reason).toEqual({ kind: 'unit-visits' });
  });

  it('gives way to the opposite call', () => {
    const reversed: Arm[] = [
      [90_000, 5400],
      [90_000, 4200],
    ];
    const { calls } = fold([aLook(WINS, 8), aLook(reversed, 20)]);
    expect(calls.map(({ state }) => state)).toEqual(['winner', 'loser']);
    expect(calls[0]?.withdrawn?.atMs).toBe(at(20));
  });

  it('outlives a changed split, after which none is made', () => {
    const changed = { ...experiment, splitChangedAtMs: at(9) };
    const before = fold([aLook(WINS, 8)]);
    const after = addLook(before, changed, aLook(MORE, 10), DEFAULT_METHOD, 'visitors');
    expect(after.calls).toEqual(before.calls);
    const looks = [aLook(WINS, 8), aLook(MORE, 10)];
    const rebuild = (kept: History | null) =>
      rebuildHistory(changed, looks, DEFAULT_METHOD, 'visitors', {}, kept);
    expect(rebuild(null).calls).toEqual([]);
    expect(rebuild(before).calls).toEqual(before.calls);
  });
});

describe('what was told and what the looks show', () => {
  it('a look bought back later moves a call to its day and confirms it', () => {
    const first = aLook(MORE, 30);
    const told = fold([first]);
    const bought: Look = { ...aLook(WINS, 29), source: 'backfill' };
    const looks = [bought, first];
    const history = rebuildHistory(experiment, looks, DEFAULT_METHOD, 'visitors', {}, told);
    expect(theOneCall(history)).toMatchObject({
      calledAtMs: at(29),
      confirmedAtMs: at(30),
      day: 29,
    });
    expect(story(theOneCall(history))).toEqual(['called', 'best', 'confirmed']);
  });

  it('a call that the thinned looks no longer show stays in the log', () => {
    const told = fold([aLook(WINS, 8), aLook(MORE, 9.5), aLook(HELD, 11)]);
    const looks = [aLook(HELD, 11)];
    const history = rebuildHistory(experiment, looks, DEFAULT_METHOD, 'visitors', {}, told);
    expect(history.calls).toEqual(told.calls);
  });

  it('a call that only the past shows, and that the past withdrew, is not told any more', () => {
    const told = fold([aLook(BACK, 14)]);
    const looks = [
      { ...aLook(WINS, 8), source: 'backfill' as const },
      { ...aLook(BACK, 12), source: 'backfill' as const },
      aLook(BACK, 14),
    ];
    const history = rebuildHistory(experiment, looks, DEFAULT_METHOD, 'visitors', {}, told);
    expect(history.calls).toEqual([]);
  });
});
