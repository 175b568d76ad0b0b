import fc from 'fast-check';
import { addLook } from '@/lib/core/analysis/add-look';
import { analyse } from '@/lib/core/analysis/analyse';
import type { Analysis } from '@/lib/core/analysis/analysis';
import type { History } from '@/lib/core/analysis/history';
import { startHistory } from '@/lib/core/analysis/history';
import type { Settings } from '@/lib/core/analysis/settings';
import type { Method } from '@/lib/core/experiment/question';
import { CONFIDENCE_LEVELS, DEFAULT_METHOD } from '@/lib/core/experiment/question';
import type { Look } from '@/lib/core/experiment/snapshot';
import type { Arm } from './builders';
import { GOAL, aLook, anExperiment } from './builders';

/** Few enough to stay quick, enough for every kind of event to come up (which is asserted). */
export const RUNS = { numRuns: 150, seed: 20260302 };

export interface Course {
  readonly looks: readonly Look[];
  readonly arms: number;
  readonly method: Method;
  readonly settings: Partial<Settings>;
  /** A look at which a process ended, and the next one went on. */
  readonly cut: number;
}

/** Effects that come, go and turn, looked at after hours or days: what lives of calls are made of. */
export const anyCourse: fc.Arbitrary<Course> = fc
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

export const seenAt = (
  { arms, method, settings }: Course,
  history: History,
  look: Look,
): Analysis =>
  analyse({
    experiment: anExperiment(arms),
    snapshot: look.snapshot,
    proof: 'visitors',
    history,
    method,
    settings,
  });

/** Every history of a course, look by look. */
export const histories = (course: Course): History[] => {
  let history = startHistory();
  return course.looks.map((look) => (history = follow(course, history, look)));
};

export const eachLook = (check: (course: Course, history: History, look: Look) => void): void => {
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
