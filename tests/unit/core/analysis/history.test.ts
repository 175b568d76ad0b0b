import { describe, expect, it } from 'vitest';
import { addLook, rebuildHistory } from '@/lib/core/analysis/add-look';
import { analyse } from '@/lib/core/analysis/analyse';
import type { History } from '@/lib/core/analysis/history';
import { startHistory } from '@/lib/core/analysis/history';
import { DEFAULT_METHOD } from '@/lib/core/experiment/question';
import type { Look } from '@/lib/core/experiment/snapshot';
import type { Arm } from './builders';
import { aLook, anExperiment, armId, at, kinds } from './builders';

const EVEN: Arm[] = [
  [20_000, 1000],
  [20_000, 1010],
];
const RISEN: Arm[] = [
  [21_000, 1050],
  [21_000, 1060],
];
const WINS: Arm[] = [
  [21_000, 1050],
  [21_000, 1400],
];
const MORE: Arm[] = [
  [22_000, 1100],
  [22_000, 1450],
];
const BACK: Arm[] = [
  [30_000, 1560],
  [30_000, 1570],
];

const experiment = anExperiment(2);
const fold = (looks: Look[], proof: 'visitors' | 'unproven' = 'visitors'): History =>
  rebuildHistory(experiment, looks, DEFAULT_METHOD, proof);
const analyseLast = (history: History, look: Look) =>
  analyse({
    experiment,
    snapshot: look.snapshot,
    proof: 'visitors',
    history,
    method: DEFAULT_METHOD,
  });

describe('a call', () => {
  it('is made on the first look that decides, dated by its data', () => {
    const { call } = fold([aLook(EVEN, 6), aLook(WINS, 8.2), aLook(MORE, 8.4)]);
    expect(call).toEqual({
      state: 'winner',
      variationId: armId(1),
      calledAtMs: at(8.2),
      day: 8,
      confirmedAtMs: null,
    });
  });

  it('is confirmed by the first look at least a day later that says the same', () => {
    const looks = [aLook(WINS, 8), aLook(WINS, 8.9), aLook(MORE, 9), aLook(MORE, 12)];
    expect(fold(looks).call?.confirmedAtMs).toBe(at(9));
  });

  it('of a stopped test is dated when its data end, however late they are read', () => {
    const stopped = anExperiment(2, { status: 'stopped', endedAtMs: at(9.5) });
    const { call } = rebuildHistory(
      stopped,
      [aLook(WINS, 8.2), aLook(MORE, 15)],
      DEFAULT_METHOD,
      'visitors',
    );
    expect(call).toMatchObject({ calledAtMs: at(8.2), confirmedAtMs: at(9.5) });
    const late = rebuildHistory(stopped, [aLook(MORE, 15)], DEFAULT_METHOD, 'visitors').call;
    expect(late).toMatchObject({ calledAtMs: at(9.5), day: 9, confirmedAtMs: null });
  });

  it('stays as it is when the interval meets 0 again', () => {
    const history = fold([aLook(WINS, 8), aLook(BACK, 11)]);
    expect(history.call).toMatchObject({ state: 'winner', calledAtMs: at(8), confirmedAtMs: null });
    const analysis = analyseLast(history, aLook(BACK, 11));
    expect(analysis.verdict.state).toBe('inconclusive');
    expect(analysis.call).toEqual(history.call);
  });

  it('gives way to another decisive verdict', () => {
    const reversed: Arm[] = [
      [90_000, 5400],
      [90_000, 4200],
    ];
    expect(fold([aLook(WINS, 8), aLook(reversed, 20)]).call).toMatchObject({
      state: 'loser',
      calledAtMs: at(20),
      day: 20,
    });
  });

  it('is not made while the unit is unproven, nor before the seventh day', () => {
    expect(fold([aLook(WINS, 8)], 'unproven').call).toBeNull();
    expect(fold([aLook(WINS, 6)]).call).toBeNull();
  });

  it('shows only to the method that made it', () => {
    const history = fold([aLook(WINS, 8)]);
    const other = { ...DEFAULT_METHOD, confidenceLevel: 0.9 };
    const { snapshot } = aLook(WINS, 8);
    const seen = analyse({ experiment, snapshot, proof: 'visitors', history, method: other });
    expect(seen.call).toBeNull();
  });

  it('outlives a changed split, after which none is made', () => {
    const changed = { ...experiment, splitChangedAtMs: at(9) };
    const before = fold([aLook(WINS, 8)]);
    const after = addLook(before, changed, aLook(MORE, 10), DEFAULT_METHOD, 'visitors');
    expect(after.call).toEqual(before.call);
    const looks = [aLook(WINS, 8), aLook(MORE, 10)];
    expect(rebuildHistory(changed, looks, DEFAULT_METHOD, 'visitors').call).toBeNull();
    expect(
      rebuildHistory(changed, looks, DEFAULT_METHOD, 'visitors', {}, before.call).call,
    ).toEqual(before.call);
  });
});

describe('the running minimum of the split', () => {
  it('keeps blocking after the split recovers', () => {
    const skewed: Arm[] = [
      [4500, 200],
      [5500, 260],
    ];
    const even: Arm[] = [
      [50_000, 2200],
      [50_000, 2800],
    ];
    const history = fold([aLook(skewed, 2)]);
    expect(history.splitP).toBeLessThan(0.01);
    expect(analyseLast(history, aLook(even, 9)).verdict.state).toBe('blocked');
    expect(analyseLast(startHistory(), aLook(even, 9)).verdict.state).toBe('winner');
    expect(fold([aLook(skewed, 2), aLook(even, 9)]).call).toBeNull();
  });
});

describe('counts that fell', () => {
  const lower: Arm[] = [
    [20_500, 1020],
    [20_500, 1380],
  ];

  it('flag the look and make no call on it', () => {
    const before = fold([aLook(EVEN, 7), aLook(RISEN, 7.5)]);
    const look = aLook(lower, 8);
    const analysis = analyseLast(before, look);
    expect(analysis.verdict.state).toBe('blocked');
    expect(kinds(analysis.verdict.reasons)).toEqual(['counts-fell']);
    const after = addLook(before, experiment, look, DEFAULT_METHOD, 'visitors');
    expect(after.call).toBeNull();
    expect(analyseLast(after, look).verdict).toEqual(analysis.verdict);
  });

  it('leave the running minimum of the split alone', () => {
    const torn: Arm[] = [
      [22_500, 1100],
      [0, 0],
    ];
    const history = fold([aLook(MORE, 8), aLook(torn, 8.1)]);
    expect(history.splitP).toBe(fold([aLook(MORE, 8)]).splitP);
    const { snapshot } = aLook(MORE, 8.2);
    expect(analyseLast(history, { snapshot, source: 'live' }).verdict.state).toBe('winner');
  });

  it('are accepted on the third look that agrees', () => {
    const looks = [aLook(MORE, 8), aLook(lower, 9), aLook(lower, 9.1), aLook(lower, 9.2)];
    expect(analyseLast(fold(looks.slice(0, 3)), aLook(lower, 9.1)).verdict.state).toBe('blocked');
    expect(analyseLast(fold(looks), aLook(lower, 9.2)).verdict.state).toBe('winner');
  });
});

describe('folding', () => {
  it('gives the same history in whatever order kept looks arrive for a rebuild', () => {
    const looks = [aLook(EVEN, 3), aLook(WINS, 8), aLook(MORE, 9.5), aLook(BACK, 12)];
    const incremental = looks.reduce(
      (history, look) => addLook(history, experiment, look, DEFAULT_METHOD, 'visitors'),
      startHistory(),
    );
    expect(fold(looks.toReversed())).toEqual(incremental);
  });

  it('ignores a look that is not newer than the last', () => {
    const history = fold([aLook(WINS, 8)]);
    expect(addLook(history, experiment, aLook(EVEN, 8), DEFAULT_METHOD, 'visitors')).toBe(history);
  });

  it('takes five thousand looks in a moment', () => {
    const looks = Array.from({ length: 5000 }, (_, i) =>
      aLook(
        [
          [i * 10, i],
          [i * 10, i],
          [i * 10, i],
        ],
        i / 100,
      ),
    );
    // Of the processor, not of the clock: a busy machine must not fail it.
    const before = process.cpuUsage();
    rebuildHistory(anExperiment(3), looks, DEFAULT_METHOD, 'visitors');
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(4000);
  });
});
