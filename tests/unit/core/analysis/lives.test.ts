import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startHistory } from '@/lib/core/analysis/history';
import { RUNS, anyCourse, eachLook, histories, seenAt } from './any-course';
import { DAY, GOAL } from './builders';

describe('at every look of any course', () => {
  it('one variation has one call that stands, and the log holds every one to its end', () => {
    const seen = new Set<string>();
    eachLook((_, { calls }) => {
      const standing = calls.filter(({ withdrawn }) => withdrawn === null);
      expect(new Set(standing.map((call) => call.variationId)).size).toBe(standing.length);
      for (const call of calls) {
        const kinds = call.events.map(({ kind }) => kind);
        for (const kind of kinds) seen.add(kind);
        if (call.withdrawn) seen.add(call.withdrawn.reason.kind);
        const moments = call.events.map(({ atMs }) => atMs);
        expect(moments).toEqual(moments.toSorted((a, b) => a - b));
        expect([kinds[0], call.events[0]?.atMs]).toEqual(['called', call.calledAtMs]);
        expect(kinds.indexOf('withdrawn')).toBe(call.withdrawn ? kinds.length - 1 : -1);
        if (call.confirmedAtMs !== null)
          expect(call.confirmedAtMs - call.calledAtMs).toBeGreaterThanOrEqual(DAY);
        if (call.state === 'winner') expect(call.day).toBeGreaterThanOrEqual(7);
      }
    });
    for (const kind of ['confirmed', 'shaken', 'steadied', 'best', 'fell-back', 'superseded'])
      expect(seen).toContain(kind);
  });

  it('the verdict is what the variations show, and rests on a call', () => {
    const seen = new Set<string>();
    eachLook((course, history, look) => {
      const { arms, verdict, call } = seenAt(course, history, look);
      const withState = (state: string) =>
        arms.filter(({ comparison }) => comparison?.state === state).map((a) => a.variationId);
      seen.add(verdict.state);
      expect(verdict.winners).toEqual(withState('winner'));
      expect(verdict.losers).toEqual(withState('loser'));
      const isWon = verdict.winners.length > 0;
      expect(isWon).toBe(verdict.state === 'winner' || verdict.state === 'several-winners');
      if (verdict.state === 'several-winners') expect(course.arms).toBeGreaterThan(2);
      if (verdict.state === 'winner') expect(verdict.winners).toContain(verdict.variationId);
      if (['winner', 'several-winners', 'loser', 'no-difference'].includes(verdict.state))
        expect(call?.withdrawn).toBeNull();
    });
    expect([...seen]).toEqual(expect.arrayContaining(['winner', 'several-winners', 'loser']));
  });

  it('a state that its own interval does not say is told as a call that stands', () => {
    eachLook((course, history, look) => {
      const isLower = course.settings.goals?.[GOAL]?.better === 'lower';
      for (const { comparison } of seenAt(course, history, look).arms) {
        const range = comparison?.differenceInterval;
        if (!comparison || !range || comparison.p === null) continue;
        const isUp = (range.lower ?? NaN) > 0;
        const isDown = (range.upper ?? NaN) < 0;
        const edge = Math.min(Math.abs(range.lower ?? 1), Math.abs(range.upper ?? 1));
        if (edge < 1e-12) continue;
        expect(comparison.p <= 1 - course.method.confidenceLevel + 1e-12).toBe(isUp || isDown);
        expect([
          (comparison.liftInterval?.lower ?? -1) > 0,
          (comparison.liftInterval?.upper ?? 1) < 0,
        ]).toEqual([isUp, isDown]);
        if (comparison.reasons.some(({ kind }) => kind === 'call-stands')) continue;
        const [isGood, isBad] = isLower ? [isDown, isUp] : [isUp, isDown];
        if (comparison.state === 'winner') expect(isGood).toBe(true);
        expect(comparison.state === 'loser').toBe(isBad);
      }
    });
  });
});

describe('a final look', () => {
  it('is taken once and never moves, and its call is never taken back', () => {
    let taken = 0;
    fc.assert(
      fc.property(anyCourse, (course) => {
        let before = startHistory();
        for (const history of histories(course)) {
          expect(history.finals).toMatchObject(before.finals);
          taken += Object.keys(history.finals).length;
          for (const { isFinal, withdrawn } of history.calls)
            if (isFinal) expect(withdrawn).toBeNull();
          before = history;
        }
      }),
      RUNS,
    );
    expect(taken).toBeGreaterThan(100);
  });
});
