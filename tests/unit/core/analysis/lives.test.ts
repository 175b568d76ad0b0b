import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addLook, rebuildHistory } from '@/lib/core/analysis/add-look';
import { analyse } from '@/lib/core/analysis/analyse';
import type { Analysis } from '@/lib/core/analysis/analysis';
import type { Call } from '@/lib/core/analysis/call';
import type { History } from '@/lib/core/analysis/history';
import { startHistory } from '@/lib/core/analysis/history';
import type { Settings } from '@/lib/core/analysis/settings';
import type { Method } from '@/lib/core/experiment/question';
import { CONFIDENCE_LEVELS, DEFAULT_METHOD } from '@/lib/core/experiment/question';
import type { Look } from '@/lib/core/experiment/snapshot';
import type { Arm } from './builders';
import { DAY, GOAL, aLook, anExperiment } from './builders';

/** Few enough to stay quick, enough for every kind of event to come up (which is asserted). */
const RUNS = { numRuns: 250, seed: 20260302 };

interface Course {
  readonly looks: readonly Look[];
  readonly arms: number;
  readonly method: Method;
  readonly settings: Partial<Settings>;
  /** A look at which a process ended, and the next one went on. */
  readonly cut: number;
}

/** Effects that come, go and turn, looked at after hours or days: what lives of calls are made of. */
const anyCourse: fc.Arbitrary<Course> = fc
  .record({
    arms: fc.integer({ min: 2, max: 4 }),
    step: fc.constantFrom(400, 3000, 20_000),
    rate: fc.constantFrom(0.03, 0.2, 0.9),
    looks: fc.array(
      fc.record({
        days: fc.constantFrom(0.1, 0.6, 1, 2.5),
        effects: fc.array(fc.constantFrom(-0.2, -0.08, 0, 0, 0.08, 0.1), {
          minLength: 3,
          maxLength: 3,
        }),
      }),
      { minLength: 3, maxLength: 24 },
    ),
    level: fc.constantFrom(...CONFIDENCE_LEVELS),
    plannedEnd: fc.constantFrom(null, 20_000, 200_000),
    better: fc.constantFrom('higher' as const, 'lower' as const),
    smallestEffect: fc.constantFrom(0.01, 0.06),
    cut: fc.nat(24),
  })
  .map(({ arms, step, rate, looks, level, plannedEnd, better, smallestEffect, cut }) => {
    let days = 0;
    let counts: Arm[] = Array.from({ length: arms }, () => [0, 0]);
    return {
      arms,
      cut: cut % looks.length,
      method: { ...DEFAULT_METHOD, confidenceLevel: level },
      settings: {
        plannedEnd,
        smallestEffect,
        goals: { [GOAL]: { role: 'secondary', better } } as Settings['goals'],
      },
      looks: looks.map(({ days: later, effects }) => {
        days += later;
        counts = counts.map(([n, x], place): Arm => {
          const own = rate * (1 + (place === 0 ? 0 : (effects[place - 1] ?? 0)));
          return [n + step, x + Math.round(step * Math.min(1, own))];
        });
        return aLook(counts, days);
      }),
    };
  });

const follow = ({ arms, method, settings }: Course, history: History, look: Look): History =>
  addLook(history, anExperiment(arms), look, method, 'visitors', settings);

const seenAt = ({ arms, method, settings }: Course, history: History, look: Look): Analysis =>
  analyse({
    experiment: anExperiment(arms),
    snapshot: look.snapshot,
    proof: 'visitors',
    history,
    method,
    settings,
  });

/** Every history of a course, look by look. */
const histories = (course: Course): History[] => {
  let history = startHistory();
  return course.looks.map((look) => (history = follow(course, history, look)));
};

const eachLook = (check: (course: Course, history: History, look: Look) => void): void => {
  fc.assert(
    fc.property(anyCourse, (course) => {
      histories(course).forEach((history, place) => {
        const look = course.looks[place];
        if (look) check(course, history, look);
      });
    }),
    RUNS,
  );
};

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

describe('a history that ended and was told again', () => {
  const callsOf = (calls: readonly Call[]) => calls;

  it('is the same whether it went on, or all its looks are folded beside what was kept', () => {
    fc.assert(
      fc.property(anyCourse, (course) => {
        const all = histories(course);
        const kept = all[course.cut] ?? startHistory();
        const rebuilt = rebuildHistory(
          anExperiment(course.arms),
          course.looks.toReversed(),
          course.method,
          'visitors',
          course.settings,
          kept,
        );
        expect(callsOf(rebuilt.calls)).toEqual(all.at(-1)?.calls);
        expect(rebuilt).toEqual(all.at(-1));
      }),
      RUNS,
    );
  });

  it('with looks lost or bought in between still has one call a variation, each ended where it says so', () => {
    fc.assert(
      fc.property(
        anyCourse,
        fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }),
        (course, has) => {
          const held = course.looks.filter((_, place) => has[place] === true);
          const kept = histories({ ...course, looks: held.slice(0, course.cut) }).at(-1);
          const { calls } = rebuildHistory(
            anExperiment(course.arms),
            has[0] === true ? course.looks : held.filter((_, place) => place % 2 === 0),
            course.method,
            'visitors',
            course.settings,
            kept ?? null,
          );
          const standing = calls.filter(({ withdrawn }) => withdrawn === null);
          expect(new Set(standing.map((call) => call.variationId)).size).toBe(standing.length);
          for (const { events, withdrawn, calledAtMs } of calls) {
            const ends = events.filter(({ kind }) => kind === 'withdrawn');
            expect(ends.map(({ atMs }) => atMs)).toEqual(withdrawn ? [withdrawn.atMs] : []);
            expect(events.at(-1)?.kind === 'withdrawn').toBe(withdrawn !== null);
            expect(events[0]).toMatchObject({ kind: 'called', atMs: calledAtMs });
          }
        },
      ),
      RUNS,
    );
  });
});
