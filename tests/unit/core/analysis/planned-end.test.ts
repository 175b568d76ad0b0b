import { describe, expect, it } from 'vitest';
import { rebuildHistory } from '@/lib/core/analysis/add-look';
import { analyse } from '@/lib/core/analysis/analyse';
import type { History } from '@/lib/core/analysis/history';
import type { Settings } from '@/lib/core/analysis/settings';
import { DEFAULT_METHOD } from '@/lib/core/experiment/question';
import type { Look } from '@/lib/core/experiment/snapshot';
import type { Arm } from './builders';
import { aLook, anExperiment, armId, at, comparisonAt, kinds } from './builders';

const experiment = anExperiment(2);
const settings: Partial<Settings> = { plannedEnd: 40_000 };
/** z = 2.47: over 2.17, the fixed limit at 3 %; under 3.3, the sequence's at 2 %. */
const AT_PLAN: Arm[] = [
  [20_100, 1005],
  [20_100, 1115],
];
/** z = 1.9 */
const BELOW: Arm[] = [
  [20_100, 1005],
  [20_100, 1089],
];
const BACK: Arm[] = [
  [40_000, 2000],
  [40_000, 2020],
];
const STRONG: Arm[] = [
  [60_000, 3000],
  [60_000, 3500],
];

const fold = (looks: Look[]): History =>
  rebuildHistory(experiment, looks, DEFAULT_METHOD, 'visitors', settings);
const seenAt = (history: History, { snapshot }: Look) =>
  analyse({ experiment, snapshot, proof: 'visitors', history, method: DEFAULT_METHOD, settings });

describe('a planned end', () => {
  it('spends 2 % on the sequence and tunes it to the planned people of the pair', () => {
    const look = aLook(
      [
        [5000, 250],
        [5000, 260],
      ],
      9,
    );
    const analysis = seenAt(fold([look]), look);
    expect(comparisonAt(analysis, 1).alpha).toBeCloseTo(0.02, 12);
    expect(analysis.method.plannedVisitors).toBe(40_000);
  });

  it('decides at the first look at or past the plan, at the fixed level of 3 %', () => {
    const look = aLook(AT_PLAN, 14);
    const history = fold([
      aLook(
        [
          [19_000, 950],
          [19_000, 1050],
        ],
        13,
      ),
      look,
    ]);
    const call = history.calls[0];
    expect(call).toMatchObject({ state: 'winner', calledAtMs: at(14), isFinal: true });
    const comparison = comparisonAt(seenAt(history, look), 1);
    expect(comparison.basis).toBe('final');
    expect(comparison.alpha).toBeCloseTo(0.03, 12);
    expect(comparison.liftInterval?.lower).toBeGreaterThan(0);
    expect(comparison.p).toBeLessThanOrEqual(0.05);
    expect(kinds(comparison.reasons)).toContain('planned-end');
  });

  it('makes a call that no later look takes back, with its interval frozen', () => {
    const later = aLook(BACK, 20);
    const history = fold([aLook(AT_PLAN, 14), later]);
    expect(history.calls).toHaveLength(1);
    expect(history.calls[0]).toMatchObject({ withdrawn: null, shakenAtMs: null });
    const analysis = seenAt(history, later);
    expect(analysis.verdict).toMatchObject({ state: 'winner', variationId: armId(1) });
    const before = comparisonAt(seenAt(fold([aLook(AT_PLAN, 14)]), aLook(AT_PLAN, 14)), 1);
    expect(comparisonAt(analysis, 1).liftInterval).toEqual(before.liftInterval);
  });

  it('is taken once: what it leaves open only the sequence can decide', () => {
    const open = fold([aLook(BELOW, 14)]);
    expect(open.calls).toEqual([]);
    expect(Object.keys(open.finals)).toHaveLength(1);
    // At the plan this would have been a winner.
    const again = aLook(
      AT_PLAN.map(([n, x]): Arm => [n + 2000, x + 112]),
      15,
    );
    expect(fold([aLook(BELOW, 14), again]).calls).toEqual([]);
    const late = fold([aLook(BELOW, 14), aLook(STRONG, 30)]);
    expect(late.calls[0]).toMatchObject({ state: 'winner', isFinal: false });
  });

  it('before the seventh day waits for it before a winner is called, with the figures of the plan', () => {
    const early = fold([aLook(AT_PLAN, 5)]);
    expect(early.calls).toEqual([]);
    const later = aLook(BACK, 8);
    const history = fold([aLook(AT_PLAN, 5), later]);
    expect(history.calls[0]).toMatchObject({ state: 'winner', calledAtMs: at(8), isFinal: true });
  });

  it('of three arms goes to each pair by its share of the traffic', () => {
    const three = anExperiment(3);
    const look = aLook(
      [
        [13_400, 670],
        [13_400, 670],
        [13_300, 670],
      ],
      9,
    );
    const { finals } = rebuildHistory(three, [look], DEFAULT_METHOD, 'visitors', settings);
    // 40,000 x 2/3 people of a pair: reached by all pairs, against the reference and among themselves.
    expect(Object.keys(finals).toSorted()).toHaveLength(5);
  });
});
