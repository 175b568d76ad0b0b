import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addLook, rebuildHistory } from '@/lib/core/analysis/add-look';
import { startHistory } from '@/lib/core/analysis/history';
import { DEFAULT_METHOD } from '@/lib/core/experiment/question';
import { RUNS, anyCourse, histories } from './any-course';
import type { Arm } from './builders';
import { OTHER_GOAL, aLook, analysed, anExperiment, armId, at, kinds } from './builders';

describe('a history that ended and was told again', () => {
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

describe('what was kept', () => {
  const two = anExperiment(2);
  const fold = (
    looks: readonly ReturnType<typeof aLook>[],
    kept: Parameters<typeof rebuildHistory>[5] = null,
  ) => rebuildHistory(two, looks, DEFAULT_METHOD, 'visitors', {}, kept);
  const arms = (n: number, rate: number): Arm[] => [
    [n, n * 0.05],
    [n, Math.round(n * rate)],
  ];
  const called = aLook(arms(21_000, 0.0667), 8);
  const low = [aLook(arms(30_000, 0.0505), 10), aLook(arms(40_000, 0.0505), 12)];

  it('holds though the past turns out to have been low for days, without a withdrawal in its log', () => {
    const recovered = aLook(arms(60_000, 0.06), 20);
    const { calls } = fold([called, ...low, recovered], fold([called, recovered]));
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ withdrawn: null, confirmedAtMs: at(20) });
    expect(kinds(calls[0]?.events ?? [])).not.toContain('withdrawn');
  });

  it('is withdrawn by what came after it was told', () => {
    const { calls } = fold([called, ...low], fold([called]));
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ withdrawn: { atMs: at(12), reason: { kind: 'fell-back' } } });
  });

  it('of another goal lends no final look to this one', () => {
    const plan = { plannedEnd: 40_000 };
    const look = aLook(
      [
        [20_000, 1000],
        [20_000, 1130],
      ],
      14,
    );
    const kept = rebuildHistory(two, [look], DEFAULT_METHOD, 'visitors', plan);
    expect(kept.calls[0]).toMatchObject({ state: 'winner', isFinal: true });
    const switched = anExperiment(2, { mainGoalId: OTHER_GOAL });
    const even = aLook(arms(20_000, 0.05), 14);
    const { calls } = rebuildHistory(switched, [even], DEFAULT_METHOD, 'visitors', plan, kept);
    expect(calls).toEqual([]);
  });
});

describe('a variation that was removed', () => {
  it('is told as removed, not as counts that fell', () => {
    const three = [...Array<Arm>(3)].map((): Arm => [9000, 450]);
    const history = addLook(
      startHistory(),
      anExperiment(3),
      aLook(three, 8),
      DEFAULT_METHOD,
      'visitors',
    );
    const { snapshot } = aLook(three.slice(0, 2), 9);
    const { verdict } = analysed(three.slice(0, 2), { snapshot, history });
    expect(verdict).toMatchObject({
      state: 'not-applicable',
      reasons: [{ kind: 'arms-changed', removed: [armId(2)] }],
    });
  });
});

describe('an experiment that was stopped', () => {
  const low = (days: number) =>
    aLook(
      [
        [60_000, 3000],
        [60_000, 3030],
      ],
      days,
    );
  const won = aLook(
    [
      [21_000, 1050],
      [21_000, 1400],
    ],
    8,
  );
  const callAfter = (status: 'active' | 'paused' | 'stopped', days: number) => {
    const ends = {
      status,
      endedAtMs: status === 'stopped' ? at(12) : null,
      statusChangedAtMs: at(12),
    };
    const looks = [won, low(11.9), low(days)];
    return rebuildHistory(anExperiment(2, ends), looks, DEFAULT_METHOD, 'visitors').calls[0];
  };

  it('takes back what its last data do not say, since no later day will come', () => {
    expect(callAfter('stopped', 12.1)?.withdrawn).toEqual({
      atMs: at(12),
      reason: { kind: 'fell-back' },
    });
    expect(callAfter('active', 12.1)?.withdrawn).toBeNull();
    expect(callAfter('paused', 30)?.withdrawn).toBeNull();
  });
});
