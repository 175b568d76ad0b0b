import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '@/lib/core/analysis/settings';
import { toQuestion } from '@/lib/core/experiment/question';
import { isWorthKeeping } from '@/lib/server/experiments/is-worth-keeping';
import { createTrack } from '@/lib/server/experiments/create-track';
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
      terms: { experiment, proof: 'visitors', settings: DEFAULT_SETTINGS },
      looks: [],
      latest: null,
      kept: null,
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
      terms: { experiment, proof: 'visitors', settings: DEFAULT_SETTINGS },
      looks: track.looks(),
      latest: track.latest(),
      kept: null,
    });
    expect(again.analysis(question)).toEqual(track.analysis(question));
    expect(again.curve(question, 100)).toEqual(track.curve(question, 100));
  });

  it('keeps the look at a planned end even where that decides nothing', () => {
    const settings = { ...DEFAULT_SETTINGS, plannedEnd: 48_000 };
    const track = createTrack({
      terms: { experiment, proof: 'visitors', settings },
      looks: [],
      latest: null,
      kept: null,
    });
    const alike = { visitorsPerHour: 50, rates: [0.05, 0.0501], repeats: 0 };
    const takeAt = (hours: number): void =>
      void track.take(countsAt(experiment, STARTED_MS + hours * HOUR_MS, 'visitors', alike));
    takeAt(479.8);
    takeAt(480.1);
    expect(track.analysis(question)?.verdict.state).toBe('inconclusive');
    expect(track.looks()).toHaveLength(2);
    expect(Object.values(track.history().history.finals)).toHaveLength(1);
    takeAt(480.4);
    expect(track.looks()).toHaveLength(2);
  });

  it('looks ahead once for each look, and says the same asleep', () => {
    const track = aTrack();
    track.take(at(100));
    const before = track.outlook(question);
    expect(before?.gates.length).toBeGreaterThan(0);
    expect(track.outlook(question)).toBe(before);
    track.take(at(101));
    const after = track.outlook(question);
    expect(after).not.toBe(before);
    track.sleep();
    expect(track.outlook(question)).toBe(after);
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
    const calls = track.analysis(question)?.calls;
    expect(calls).toHaveLength(1);
    track.setTerms({ proof: 'unproven' });
    expect(track.analysis(question)?.calls).toEqual(calls);
  });
});

describe('a track at rest', () => {
  const question = toQuestion(experiment.id);
  const aTrack = () => {
    const track = createTrack({
      terms: { experiment, proof: 'visitors', settings: DEFAULT_SETTINGS },
      looks: [],
      latest: null,
      kept: null,
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
    expect(awake.analysis(question)?.calls).toHaveLength(1);
    track.sleep();
    track.wake(looks);
    for (const one of [track, awake]) one.setTerms({ proof: 'unproven' });
    expect(track.analysis(question)).toEqual(awake.analysis(question));
    expect(track.analysis(question)?.calls).toHaveLength(1);
  });
});
