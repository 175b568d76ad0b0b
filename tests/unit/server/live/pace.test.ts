import { describe, expect, it } from 'vitest';
import { planPast, toMissing } from '@/lib/server/live/backfill-plan';
import type { ReadingState } from '@/lib/server/live/due';
import { toDueMs } from '@/lib/server/live/due';
import { toFreshness } from '@/lib/server/live/freshness';
import { toPace } from '@/lib/server/live/pace';
import { toRhythm } from '@/lib/server/live/rhythm';
import { createRushBudget } from '@/lib/server/live/rush-budget';
import { createFakeClock } from '../../../fakes/clock';
import { anExperiment, countsAt, DAY_MS, HOUR_MS, STARTED_MS } from './fake-client';

const JOB_MS = 2500;
const ask = (watched: number, idlePerHour = 0, active = 14, focused = 0) =>
  toPace({ active, watched, focused, requestsPerReport: 2.05, hourLimit: 950, idlePerHour });

describe('the pace', () => {
  it('keeps one of fourteen watched alone within 20 s, also while older points are bought', () => {
    expect(ask(1).watchedMs * 1.05 + JOB_MS).toBeLessThan(17_000);
    expect(ask(1, 0.12 * 950).watchedMs * 1.05 + JOB_MS).toBeLessThan(20_000);
  });
  it('keeps fourteen watched within four minutes', () => {
    expect(ask(14, 0.12 * 950).watchedMs * 1.05 + JOB_MS).toBeLessThan(240_000);
  });
  it('never spends more than the paced share, whatever is watched', () => {
    for (const active of [1, 2, 14, 100, 200])
      for (const watched of [0, 1, Math.ceil(active / 2), active])
        for (const focused of [0, 1, 3].filter((some) => some <= watched)) {
          const { focusedMs, watchedMs, unwatchedMs } = ask(watched, 114, active, focused);
          const readings =
            (focused * HOUR_MS) / focusedMs +
            ((watched - focused) * HOUR_MS) / watchedMs +
            ((active - watched) * HOUR_MS) / unwatchedMs;
          expect(readings * 2.05).toBeLessThanOrEqual(0.75 * 950);
        }
  });
  it('keeps an open page within half a minute although a list of a hundred is open beside it', () => {
    expect(ask(100, 114, 100, 1).focusedMs).toBeLessThan(30_000);
    expect(ask(100, 114, 100, 1).watchedMs).toBeLessThan(2.1 * ask(100, 114, 100).watchedMs);
  });
  it('never reads a row of a list more often than an open page', () => {
    for (const focused of [1, 5, 13]) {
      const { focusedMs, watchedMs } = ask(14, 0, 14, focused);
      expect(watchedMs).toBeGreaterThanOrEqual(focusedMs * 0.999);
    }
  });
  it('is a tenth without viewers', () => {
    expect(ask(0).unwatchedMs).toBeCloseTo((10 * 14 * 2.05 * HOUR_MS) / (0.75 * 950), 0);
  });
  it('is never faster than 8 s', () => {
    expect(
      toPace({
        active: 1,
        watched: 1,
        focused: 1,
        requestsPerReport: 1,
        hourLimit: 9e9,
        idlePerHour: 0,
      }).focusedMs,
    ).toBe(8000);
  });
});

describe('when a reading is due', () => {
  const pace = { focusedMs: 8_000, watchedMs: 12_000, unwatchedMs: 1_400_000 };
  const aState = (more: Partial<ReadingState>): ReadingState => ({
    rhythm: { kind: 'active' },
    isWatched: true,
    isFocused: false,
    lastGoodMs: 1_000_000,
    lastTryMs: 1_002_500,
    failures: 0,
    heldUntilMs: null,
    isRetryable: true,
    jitter: 1,
    ...more,
  });
  it('follows the viewers', () => {
    expect(toDueMs(aState({ isFocused: true }), pace)).toBe(1_008_000);
    expect(toDueMs(aState({}), pace)).toBe(1_012_000);
    expect(toDueMs(aState({ isWatched: false }), pace)).toBe(2_400_000);
  });
  it('backs off after failures, but never much past the pace', () => {
    const delay = (failures: number) =>
      (toDueMs(aState({ failures }), pace) ?? 0) - (aState({}).lastTryMs ?? 0);
    expect([1, 2, 3, 9].map(delay)).toEqual([12_000, 24_000, 48_000, 72_000]);
  });
  it('comes back soon at first where there is nothing to show', () => {
    const first = aState({ lastGoodMs: null, failures: 1 });
    const slow = { focusedMs: 600_000, watchedMs: 1_200_000, unwatchedMs: 9_000_000 };
    expect(toDueMs(first, slow)).toBe(1_002_500 + 10_000);
    expect(toDueMs({ ...first, failures: 30 }, slow)).toBe(1_002_500 + 1_260_000);
  });
  it('waits until the moment that upstream named', () => {
    expect(toDueMs(aState({ failures: 1, heldUntilMs: 5_000_000 }), pace)).toBe(5_000_000);
  });
  it('leaves what was refused for good alone for a minute more than its pace', () => {
    const state = aState({ failures: 1, isRetryable: false });
    expect(toDueMs(state, pace)).toBe(1_002_500 + 72_000);
  });
});

describe('the rhythm', () => {
  const toMonotonic = (ms: number) => ms;
  const rhythm = (
    more: object,
    asOfMs: number | null,
    isOfInterest = true,
    isOtherKind = false,
  ) => {
    const experiment = anExperiment(1, more);
    const latest = asOfMs === null ? null : countsAt(experiment, asOfMs);
    const asked = { experiment, latest, firstOwn: null, isOtherKind, isOfInterest };
    return toRhythm({ ...asked, toMonotonic });
  };
  const END_MS = STARTED_MS + 5 * DAY_MS;
  const stopped = { status: 'stopped', endedAtMs: END_MS };
  it('never reads a draft', () => {
    expect(rhythm({ status: 'draft' }, null)).toEqual({ kind: 'never' });
  });
  it('reads what was last read before it stopped, once more a day after, then no more', () => {
    expect(rhythm(stopped, null)).toEqual({ kind: 'at-rest', againAtMs: null });
    expect(rhythm(stopped, END_MS - 1)).toEqual({ kind: 'at-rest', againAtMs: END_MS });
    expect(rhythm(stopped, END_MS + 1)).toEqual({ kind: 'at-rest', againAtMs: END_MS + DAY_MS });
    expect(rhythm(stopped, END_MS + DAY_MS)).toEqual({ kind: 'at-rest', againAtMs: null });
  });
  it('reads what rests once more when it is to be counted otherwise', () => {
    const readMs = END_MS + 2 * DAY_MS;
    expect(rhythm(stopped, readMs)).toEqual({ kind: 'at-rest', againAtMs: null });
    expect(rhythm(stopped, readMs, true, true)).toEqual({ kind: 'at-rest', againAtMs: readMs });
  });
  it('leaves a status it does not know alone when nobody has looked for a day', () => {
    expect(rhythm({ status: 'unknown' }, END_MS, false)).toEqual({
      kind: 'at-rest',
      againAtMs: null,
    });
  });
  it('looks daily at a status it does not know, while somebody looks at it', () => {
    expect(rhythm({ status: 'unknown' }, END_MS)).toEqual({
      kind: 'at-rest',
      againAtMs: END_MS + DAY_MS,
    });
  });
});

describe('the points of the past', () => {
  const experiment = anExperiment(1);
  const first = countsAt(experiment, STARTED_MS + 30 * DAY_MS + 12_345);
  const plan = planPast(experiment, first);
  const ends = plan.map(({ endMs }) => endMs);
  it('are at most twelve whole hours within the time that has passed', () => {
    expect(plan.length).toBeGreaterThan(6);
    expect(plan.length).toBeLessThanOrEqual(12);
    expect(new Set(ends).size).toBe(ends.length);
    for (const endMs of ends) {
      expect(endMs % HOUR_MS).toBe(0);
      expect(endMs).toBeGreaterThan(STARTED_MS);
      expect(endMs).toBeLessThan(first.asOfMs);
    }
  });
  it('begin with the one a day before, and the first four span the course', () => {
    expect(first.asOfMs - (ends[0] ?? 0)).toBeGreaterThanOrEqual(DAY_MS);
    expect(first.asOfMs - (ends[0] ?? 0)).toBeLessThanOrEqual(26 * HOUR_MS);
    expect(plan.slice(0, 4).map(({ level }) => level)).toEqual([0, 0, 0, 0]);
    expect(Math.min(...ends.slice(0, 4))).toBe(Math.min(...ends));
  });
  it('are the same whenever they are planned, and none of those bought is missing', () => {
    expect(planPast(experiment, first)).toEqual(plan);
    const looks = ends.map((endMs) => ({
      snapshot: countsAt(experiment, endMs),
      source: 'backfill' as const,
    }));
    expect(toMissing(plan, looks.slice(0, 5))).toEqual(plan.slice(5));
    expect(toMissing(plan, looks)).toEqual([]);
  });
  it('are none without a start, in the first hours, or without conversions', () => {
    expect(planPast(anExperiment(1, { startedAtMs: null }), first)).toEqual([]);
    expect(planPast(experiment, countsAt(experiment, STARTED_MS + HOUR_MS))).toEqual([]);
    const none = countsAt(experiment, first.asOfMs, 'visitors', {
      visitorsPerHour: 50,
      rates: [0, 0],
      repeats: 0,
    });
    expect(planPast(experiment, none)).toEqual([]);
  });
  it('lie before the end of a stopped experiment', () => {
    const endedAtMs = STARTED_MS + 10 * DAY_MS;
    const stopped = anExperiment(1, { status: 'stopped', endedAtMs });
    for (const { endMs } of planPast(stopped, first)) expect(endMs).toBeLessThan(endedAtMs);
  });
});

describe('freshness', () => {
  const base = {
    isAtRest: false,
    asOfMs: 1000,
    problem: null,
    isReading: false,
    dueInMs: 5000,
    budgetWaitMs: 0,
    heldMs: 0,
    nowMs: 2000,
  };
  it('is live on pace, waiting before the first data, at rest after the last', () => {
    expect(toFreshness(base)).toMatchObject({ state: 'live', nextReadingAtMs: 7000 });
    expect(toFreshness({ ...base, asOfMs: null }).state).toBe('waiting');
    expect(toFreshness({ ...base, isAtRest: true, dueInMs: null })).toMatchObject({
      state: 'at-rest',
      nextReadingAtMs: null,
    });
  });
  it('is throttled when it is late because of the budget', () => {
    expect(toFreshness({ ...base, dueInMs: -20_000, budgetWaitMs: 500 }).state).toBe('throttled');
    expect(toFreshness({ ...base, dueInMs: -20_000 }).state).toBe('live');
  });
  it('says that the API asked for a pause, and until when, where its turn has come', () => {
    const held = { ...base, heldMs: 30_000 };
    expect(toFreshness({ ...held, isReading: true })).toMatchObject({
      state: 'throttled',
      isReading: false,
      nextReadingAtMs: 32_000,
      problem: { code: 'upstream-throttled', retryAtMs: 32_000 },
    });
    expect(toFreshness({ ...held, dueInMs: 0 }).state).toBe('throttled');
    expect(toFreshness(held)).toMatchObject({ state: 'live', problem: null });
  });
  it('is waiting, never a moment that is not finite, before the first reading of all', () => {
    const facts = { ...base, asOfMs: null, dueInMs: Number.NEGATIVE_INFINITY };
    expect(toFreshness(facts)).toMatchObject({ state: 'waiting', nextReadingAtMs: 2000 });
  });
});

describe('jumping the queue', () => {
  const aRush = (used = 0) => {
    const clock = createFakeClock();
    const hour = () => ({ used, limit: 950, windowMs: 3_610_000 });
    return { clock, rush: createRushBudget({ clock, hour }) };
  };
  const countOf = (take: () => boolean): number =>
    Array.from({ length: 200 }, take).filter(Boolean).length;

  it('is bounded for renewals, and filled up again', async () => {
    const { clock, rush } = aRush();
    expect(countOf(() => rush.takeRenewal(2))).toBe(35);
    await clock.advance(HOUR_MS);
    expect(rush.takeRenewal(2)).toBe(true);
  });
  it('gives five open pages their first six points, and leaves something for who comes next', () => {
    const { rush } = aRush();
    expect(countOf(() => rush.takePast(2))).toBe(30);
    expect(countOf(() => rush.takeRenewal(2))).toBe(5);
  });
  it('is free for first readings that somebody waits for, and does not let the others fill the hour', () => {
    expect(aRush(0).rush.takeFirst(false)).toBe(true);
    expect(aRush(900).rush.takeFirst(false)).toBe(false);
    expect(aRush(900).rush.takeFirst(true)).toBe(true);
  });
});
