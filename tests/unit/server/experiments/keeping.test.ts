import { describe, expect, it } from 'vitest';
import type { Call } from '@/lib/core/analysis/call';
import { toQuestion } from '@/lib/core/experiment/question';
import { variationId } from '@/lib/core/experiment/ids';
import { isWorthKeeping } from '@/lib/server/experiments/is-worth-keeping';
import { mergeCalls } from '@/lib/server/experiments/judge';
import { createTrack } from '@/lib/server/experiments/track';
import { anExperiment, countsAt, DAY_MS, HOUR_MS, STARTED_MS } from '../live/fake-client';

const experiment = anExperiment(1);
const at = (hours: number) => countsAt(experiment, STARTED_MS + hours * HOUR_MS);

describe('which looks are kept', () => {
  const ask = (hours: number, nextHours: number, isDecisionNew = false) =>
    isWorthKeeping({
      last: at(hours),
      next: at(nextHours),
      startedAtMs: STARTED_MS,
      isDecisionNew,
    });

  it('keeps the first', () => {
    const question = { last: null, next: at(1), startedAtMs: null, isDecisionNew: false };
    expect(isWorthKeeping(question)).toBe(true);
  });
  it('keeps one per hundredth of the age', () => {
    expect(ask(100, 100.9)).toBe(false);
    expect(ask(100, 101.1)).toBe(true);
  });
  it('keeps the one that changes a decision, however soon it comes', () => {
    expect(ask(100, 100.1, true)).toBe(true);
  });
  it('keeps no look with the same counts, nor one that is older', () => {
    const next = { ...at(100), asOfMs: at(200).asOfMs };
    expect(isWorthKeeping({ last: at(100), next, startedAtMs: null, isDecisionNew: false })).toBe(
      false,
    );
    expect(ask(100, 50, true)).toBe(false);
  });
  it('come to some hundreds in two months, however often it is read', () => {
    let kept = [at(0.1)];
    for (let minute = 1; minute < 60 * 24 * 60; minute += 1) {
      const next = at(minute / 60);
      const last = kept.at(-1) ?? null;
      if (isWorthKeeping({ last, next, startedAtMs: STARTED_MS, isDecisionNew: false }))
        kept = [...kept, next];
    }
    expect(kept.length).toBeLessThan(800);
  });
});

describe('a track', () => {
  const aTrack = () =>
    createTrack({
      terms: { experiment, proof: 'visitors', plannedVisitors: 10_000 },
      looks: [],
      latest: null,
      keptCall: null,
    });
  const question = toQuestion(experiment.id);

  it('confirms a call on a look a day later even when the counts stand still', () => {
    const track = aTrack();
    const last = at(24 * 20);
    track.take(last);
    expect(track.analysis(question)?.call).toMatchObject({ state: 'winner', confirmedAtMs: null });
    track.take({ ...last, asOfMs: last.asOfMs + DAY_MS - 1 });
    expect(track.looks()).toHaveLength(1);
    track.take({ ...last, asOfMs: last.asOfMs + DAY_MS });
    expect(track.looks()).toHaveLength(2);
    expect(track.analysis(question)?.call?.confirmedAtMs).toBe(last.asOfMs + DAY_MS);
  });

  it('decides the same after a restart with the kept looks alone', () => {
    const track = aTrack();
    for (let hour = 1; hour < 24 * 20; hour += 1) track.take(at(hour / 2));
    const again = createTrack({
      terms: { experiment, proof: 'visitors', plannedVisitors: 10_000 },
      looks: track.looks(),
      latest: track.latest(),
      keptCall: null,
    });
    expect(again.analysis(question)).toEqual(track.analysis(question));
    expect(again.curve(question, 100)).toEqual(track.curve(question, 100));
  });

  it('answers from memory until something changes', () => {
    const track = aTrack();
    track.take(at(100));
    const before = track.analysis(question);
    expect(track.analysis(question)).toBe(before);
    expect(track.sparkline(question)).toBe(track.sparkline(question));
    expect(track.setTerms({ experiment: { ...experiment } })).toBe(false);
    expect(track.analysis(question)).toBe(before);
    track.take(at(101));
    expect(track.analysis(question)).not.toBe(before);
  });

  it('takes a new look also when several ways of judging are warm, and answers each anew', () => {
    const track = aTrack();
    const questions = ([0.8, 0.9, 0.95, 0.99] as const).map((confidenceLevel) => {
      const question = toQuestion(experiment.id);
      return { ...question, method: { ...question.method, confidenceLevel } };
    });
    track.take(at(100));
    const before = questions.map((question) => track.analysis(question));
    track.take(at(200));
    questions.forEach((question, place) => {
      expect(track.analysis(question)?.confidenceLevel).toBe(question.method.confidenceLevel);
      expect(track.analysis(question)).not.toEqual(before[place]);
      expect(track.curve(question, 10).at(-1)?.atMs).toBe(at(200).asOfMs);
    });
  });

  it('ends its curve with the newest counts, kept or not', () => {
    const track = aTrack();
    track.take(at(400));
    track.take(at(400.1));
    expect(track.looks()).toHaveLength(1);
    expect(track.curve(question, 10).at(-1)?.atMs).toBe(at(400.1).asOfMs);
  });

  it('never erases what was called', () => {
    const track = aTrack();
    track.take(at(24 * 20));
    const call = track.analysis(question)?.call;
    track.setTerms({ proof: 'unproven' });
    expect(track.analysis(question)?.call).toEqual(call);
  });
});

describe('a track at rest', () => {
  const question = toQuestion(experiment.id);
  const aTrack = () => {
    const track = createTrack({
      terms: { experiment, proof: 'visitors', plannedVisitors: 10_000 },
      looks: [],
      latest: null,
      keptCall: null,
    });
    for (let day = 1; day < 20; day += 1) track.take(at(24 * day));
    return track;
  };

  it('says the same asleep as awake, by its main method, and holds no looks meanwhile', () => {
    const track = aTrack();
    const looks = track.looks();
    const before = [track.analysis(question), track.sparkline(question), track.firstOwn()];
    const revision = track.revision();
    track.sleep();
    expect(track.looks()).toHaveLength(0);
    expect([track.analysis(question), track.sparkline(question), track.firstOwn()]).toEqual(before);
    track.wake(looks);
    expect([track.analysis(question), track.sparkline(question), track.firstOwn()]).toEqual(before);
    expect(track.revision()).toBe(revision);
  });

  it('judges anew by other terms when it is woken, and keeps what was called', () => {
    const track = aTrack();
    const looks = track.looks();
    const awake = aTrack();
    expect(awake.analysis(question)?.call).not.toBeNull();
    track.sleep();
    track.wake(looks);
    for (const one of [track, awake]) one.setTerms({ proof: 'unproven' });
    expect(track.analysis(question)).toEqual(awake.analysis(question));
    expect(track.analysis(question)?.call).not.toBeNull();
  });
});

describe('two versions of a call', () => {
  const call = (more: Partial<Call>): Call => ({
    state: 'winner',
    variationId: variationId(1),
    calledAtMs: 10,
    day: 9,
    confirmedAtMs: null,
    ...more,
  });
  it('count from the earlier moment when they say the same', () => {
    expect(mergeCalls(call({ calledAtMs: 5 }), call({ confirmedAtMs: 20 }))).toMatchObject({
      calledAtMs: 5,
      confirmedAtMs: 20,
    });
  });
  it('give the later one when they differ', () => {
    const loser = call({ state: 'loser', calledAtMs: 30 });
    expect(mergeCalls(call({}), loser)).toBe(loser);
    expect(mergeCalls(null, loser)).toBe(loser);
  });
});
