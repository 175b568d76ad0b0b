import { describe, expect, it } from 'vitest';
import { connectionId } from '@/lib/core/experiment/ids';
import type { UnitProof } from '@/lib/core/experiment/snapshot';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { ProblemCode } from '@/lib/core/problem/problem';
import type { FormQuestion } from '@/lib/server/experiments/counting-form';
import { toForm, USUAL_FORM } from '@/lib/server/experiments/counting-form';
import { createFormKeeper } from '@/lib/server/experiments/form-keeper';
import type { CountingForm } from '@/lib/server/kameleoon/client';
import { openStore } from '@/lib/server/store/open-store';
import { createFakeClock } from '@/tests/fakes/clock';
import { silentLog } from '@/tests/fakes/log';
import { anExperiment, countsAt, DAY_MS, HOUR_MS, STARTED_MS } from '../live/fake-client';

const FIRST_VISITS: CountingForm = { unit: 'first-visits', sinceMs: null };
const CHANGED_MS = STARTED_MS + 3 * DAY_MS + 250;
const changed = anExperiment(1, { splitChangedAtMs: CHANGED_MS });

const ask = (more: Partial<FormQuestion> = {}) =>
  toForm({
    experiment: anExperiment(1),
    nowMs: STARTED_MS + 10 * DAY_MS,
    proof: 'visitors',
    isDoubted: false,
    areFirstVisitsTold: true,
    ...more,
  });

describe('what is asked of an experiment', () => {
  it('is people where conversions are shown to count people', () => {
    expect(ask()).toEqual(USUAL_FORM);
    expect(ask({ isDoubted: true })).toEqual(USUAL_FORM);
  });

  it('is first visits where conversions count visits, or a day could not show what they count', () => {
    expect(ask({ proof: 'visits' })).toEqual(FIRST_VISITS);
    expect(ask({ proof: 'unproven' })).toEqual(USUAL_FORM);
    expect(ask({ proof: 'unproven', isDoubted: true })).toEqual(FIRST_VISITS);
  });

  it('is first visits since the change of a split, from the next whole second on', () => {
    const since = { unit: 'first-visits', sinceMs: STARTED_MS + 3 * DAY_MS + 1000 };
    expect(ask({ experiment: changed })).toEqual(since);
    expect(ask({ experiment: changed, proof: 'visits' })).toEqual(since);
  });

  it('is people until a change has happened, and when only the start stamped the split', () => {
    expect(ask({ experiment: changed, nowMs: CHANGED_MS + 10 })).toEqual(USUAL_FORM);
    const atStart = anExperiment(1, { splitChangedAtMs: STARTED_MS });
    expect(ask({ experiment: atStart })).toEqual(USUAL_FORM);
  });

  it('is people where first visits cannot be had, and of what is never judged', () => {
    const proof: UnitProof = 'visits';
    expect(ask({ proof, areFirstVisitsTold: false })).toEqual(USUAL_FORM);
    expect(ask({ experiment: changed, areFirstVisitsTold: false })).toEqual(USUAL_FORM);
    for (const more of [{ allocation: 'bandit' as const }, { isMultivariate: true }])
      expect(ask({ proof, experiment: { ...changed, ...more } })).toEqual(USUAL_FORM);
  });
});

describe('the keeper of the form', () => {
  const aKeeper = async () => {
    const clock = createFakeClock();
    const store = await openStore({ dir: ':memory:' });
    const state = { proof: 'visits' as UnitProof, changes: 0 };
    const build = () =>
      createFormKeeper({
        connectionId: connectionId('main'),
        client: { upstreamNowMs: () => clock.nowMs() },
        facts: store.facts,
        proof: () => state.proof,
        log: silentLog,
        onChange: () => (state.changes += 1),
        onStoreFailure: (error) => {
          throw error;
        },
      });
    const asked: CountingForm[] = [];
    const refuse =
      (code: ProblemCode, isRefused: (form: CountingForm) => boolean) => (form: CountingForm) => {
        asked.push(form);
        const snapshot = countsAt(anExperiment(1), clock.nowMs(), form.unit);
        return isRefused(form)
          ? Promise.reject(new ProblemError(toProblem(code, 'no')))
          : Promise.resolve({ snapshot, requests: 2 });
      };
    return { clock, state, build, asked, refuse };
  };
  const isFirstVisits = ({ unit }: CountingForm): boolean => unit === 'first-visits';

  it('reads people in the same turn where first visits are refused, and for a day after', async () => {
    const { clock, state, build, asked, refuse } = await aKeeper();
    const keeper = build();
    const api = refuse('upstream-rejected', isFirstVisits);
    expect((await keeper.read(anExperiment(1), api)).snapshot.unit).toBe('visitors');
    expect(asked).toEqual([FIRST_VISITS, USUAL_FORM]);
    expect(state.changes).toBe(1);

    const later = build();
    await later.restore();
    for (const one of [keeper, later]) {
      asked.length = 0;
      await one.read(anExperiment(1), api);
      expect(asked).toEqual([USUAL_FORM]);
    }
    await clock.advance(DAY_MS);
    asked.length = 0;
    const told = refuse('upstream-rejected', () => false);
    expect((await later.read(anExperiment(1), told)).snapshot.unit).toBe('first-visits');
    const third = build();
    await third.restore();
    expect(third.formOf(anExperiment(1))).toEqual(FIRST_VISITS);
  });

  it('takes a refusal of everything, and trouble on the way, for none of first visits', async () => {
    const { build, asked, refuse } = await aKeeper();
    const keeper = build();
    await expect(
      keeper.read(
        anExperiment(1),
        refuse('upstream-rejected', () => true),
      ),
    ).rejects.toThrow();
    await expect(
      keeper.read(anExperiment(1), refuse('upstream-failed', isFirstVisits)),
    ).rejects.toThrow();
    expect(asked).toEqual([FIRST_VISITS, USUAL_FORM, FIRST_VISITS]);
    expect(keeper.formOf(anExperiment(1))).toEqual(FIRST_VISITS);
  });

  it('gives the proof a day of readings, also across a restart, before it asks for first visits', async () => {
    const { clock, state, build } = await aKeeper();
    state.proof = 'unproven';
    const first = build();
    first.noteReading();
    await clock.advance(20 * HOUR_MS);
    first.noteReading();
    expect(first.formOf(anExperiment(1))).toEqual(USUAL_FORM);

    const second = build();
    await second.restore();
    await clock.advance(5 * HOUR_MS);
    expect(second.formOf(anExperiment(1))).toEqual(USUAL_FORM);
    second.noteReading();
    // However long ago the first reading was, a new process looks for the proof first.
    expect(second.formOf(anExperiment(1))).toEqual(USUAL_FORM);
    await clock.advance(10 * 60_000);
    second.noteReading();
    expect(second.formOf(anExperiment(1))).toEqual(FIRST_VISITS);
    expect(state.changes).toBe(1);
    state.proof = 'visitors';
    expect(second.formOf(anExperiment(1))).toEqual(USUAL_FORM);
  });
});
