import { describe, expect, it } from 'vitest';
import { addLook, rebuildHistory } from '@/lib/core/analysis/add-look';
import { analyse } from '@/lib/core/analysis/analyse';
import type { History } from '@/lib/core/analysis/history';
import { startHistory } from '@/lib/core/analysis/history';
import { DEFAULT_METHOD } from '@/lib/core/experiment/question';
import type { Look } from '@/lib/core/experiment/snapshot';
import type { Arm } from './builders';
import { aLook, anExperiment, kinds } from './builders';

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
    expect(fold([aLook(skewed, 2), aLook(even, 9)]).calls).toEqual([]);
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
    expect(after.calls).toEqual([]);
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
