import { describe, expect, it } from 'vitest';
import { callOf, findLiftEmptiness } from '@/components/experiment/chart-state';
import { leavesZeroAt } from '@/components/experiment/lift-markers';
import {
  toLiftRows,
  toLiftSeries,
  toRateRows,
  toRateSeries,
} from '@/components/experiment/lift-rows';
import { firstSelectedOf } from '@/components/experiment/time-panel';
import type { Analysis } from '@/lib/core/analysis/analysis';
import { SCENES } from '../charts/scenes';
import type { Scene } from '../charts/scenes';

const analysisOf = ({ reading }: Scene): Analysis => {
  if (reading.analysis === null) throw new Error('the scene has no analysis');
  return reading.analysis;
};

describe('rows of the lift chart', () => {
  const scene = SCENES.winner();
  const analysis = analysisOf(scene);

  it('end with the current analysis, so that picture and verdict never disagree', () => {
    const last = toLiftRows(scene.curve, analysis).at(-1);
    expect(last?.atMs).toBe(analysis.asOfMs);
    expect(last?.values[0]?.value).toBe(analysis.arms[1]?.comparison?.lift);
  });

  it('hold the newest moment once, even when the curve already has it or runs ahead', () => {
    const last = scene.curve.points.at(-1);
    if (last === undefined) throw new Error('the scene has no curve');
    const ahead = [
      last,
      { ...last, atMs: analysis.asOfMs },
      { ...last, atMs: analysis.asOfMs + 1 },
    ];
    const rows = toLiftRows({ ...scene.curve, points: ahead }, analysis);
    expect(rows.map(({ atMs }) => atMs)).toEqual([last.atMs, analysis.asOfMs]);
  });

  it('end where an experiment was stopped, though it was read later', () => {
    const untilMs = scene.curve.points.at(-3)?.atMs ?? 0;
    for (const rows of [
      toLiftRows(scene.curve, analysis, untilMs),
      toRateRows(scene.curve, analysis, untilMs),
    ]) {
      expect(rows.at(-1)?.atMs).toBe(untilMs);
      expect(rows.filter(({ atMs }) => atMs >= untilMs)).toHaveLength(1);
    }
  });

  it('stay at what the planned end decided, whatever the curve goes on with', () => {
    const [first, second] = scene.curve.points.slice(-2);
    if (first === undefined || second === undefined) throw new Error('the scene has no curve');
    const arms = analysis.arms.map((arm) =>
      arm.comparison === null || arm.place !== 1
        ? arm
        : {
            ...arm,
            comparison: {
              ...arm.comparison,
              basis: 'final' as const,
              lift: 0.16,
              liftInterval: { lower: 0.061, upper: 0.272 },
              reasons: [{ kind: 'planned-end' as const, atMs: second.atMs }],
            },
          },
    );
    const rows = toLiftRows(scene.curve, { ...analysis, arms });
    const frozen = { value: 0.16, interval: { lower: 0.061, upper: 0.272 } };
    expect(rows.filter(({ atMs }) => atMs >= second.atMs).map(({ values }) => values[0])).toEqual([
      frozen,
      frozen,
    ]);
    expect(rows.find(({ atMs }) => atMs === first.atMs)?.values[0]).not.toEqual(frozen);
    expect(rows.at(-1)?.values[1]?.value).toBe(analysis.arms[2]?.comparison?.lift);
  });

  it('have no line for the reference, and one for it in the rates', () => {
    expect(toLiftSeries(analysis).map(({ name }) => name)).not.toContain('Original');
    expect(toRateSeries(analysis)[0]?.name).toBe('Original');
  });

  it('keep colours by place, not by order of the lines', () => {
    expect(toLiftSeries(analysis).map(({ place }) => place)).toEqual([1, 2, 3]);
  });

  it('draw no estimate without its interval', () => {
    const early = SCENES.early();
    const rows = toLiftRows(early.curve, analysisOf(early));
    expect(rows.every((row) => row.values.every((value) => value === null))).toBe(true);
    expect(toRateRows(early.curve, analysisOf(early)).at(-1)?.values[0]).not.toBeNull();
  });

  it('take the counts of everyone seen', () => {
    const people = analysis.arms.reduce((sum, arm) => sum + arm.visitors, 0);
    expect(toLiftRows(undefined, analysis)[0]?.people).toBe(people);
  });
});

describe('the call in the picture', () => {
  const analysis = analysisOf(SCENES.winner());

  it('belongs to the called variation alone', () => {
    expect(callOf(analysis, '1')).not.toBeNull();
    expect(callOf(analysis, '2')).toBeNull();
  });

  it('is gone while figures are not judged', () => {
    const blocked: Analysis = { ...analysis, verdict: { ...analysis.verdict, state: 'blocked' } };
    expect(callOf(blocked, '1')).toBeNull();
  });

  it('has its ring only where the band truly left zero', () => {
    const scene = SCENES.winner();
    const rows = toLiftRows(scene.curve, analysis);
    const calledAtMs = analysis.call?.calledAtMs ?? 0;
    expect(leavesZeroAt(rows, 0, calledAtMs)).toBe(true);
    expect(leavesZeroAt(rows, 0, calledAtMs + 5 * 86_400_000)).toBe(false);
  });

  it('decides which line is bold first, then the leader', () => {
    expect(firstSelectedOf(analysis)).toBe('1');
    expect(firstSelectedOf({ ...analysis, call: null, leaderId: null })).toBe('1');
  });
});

describe('an empty chart', () => {
  it('tells apart what is missing', () => {
    const kinds = [SCENES.early(), SCENES.noConversions(), SCENES.winner()].map(
      ({ reading }) => findLiftEmptiness(reading)?.kind ?? null,
    );
    expect(kinds).toEqual(['gate', 'no-conversions', null]);
  });

  it('tells that there is nothing to compare with', () => {
    const { reading } = SCENES.winner();
    const analysis = analysisOf(SCENES.winner());
    const arms = analysis.arms.map((arm) => ({ ...arm, isReference: false, comparison: null }));
    const alone = { ...reading, analysis: { ...analysis, referenceId: null, arms } };
    expect(findLiftEmptiness(alone)?.kind).toBe('no-reference');
  });
});
