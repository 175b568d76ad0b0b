import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { experimentKnownAt } from '@/lib/core/analysis/as-known-at';
import { DEFAULT_SETTINGS } from '@/lib/core/analysis/settings';
import { toQuestion } from '@/lib/core/experiment/question';
import { createTrack } from '@/lib/server/experiments/create-track';
import { openPast } from '@/lib/server/experiments/past';
import { anyCourse, histories, RUNS, seenAt } from '@/tests/unit/core/analysis/any-course';
import { aLook, anExperiment, at } from '@/tests/unit/core/analysis/builders';

const RISING = [3, 6, 9, 12, 15].map((day) =>
  aLook(
    [
      [day * 2_000, day * 100],
      [day * 2_000, day * 125],
    ],
    day,
  ),
);

const aTrack = (changes = {}) =>
  createTrack({
    terms: {
      experiment: anExperiment(2, changes),
      proof: 'visitors',
      settings: DEFAULT_SETTINGS,
    },
    looks: RISING,
    latest: null,
    kept: null,
  });

describe('an experiment as it was', () => {
  it('is at every look of any course what the page said then, calls and all', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(anyCourse, fc.nat(), (course, pick) => {
        const all = histories(course);
        const place = pick % course.looks.length;
        const look = course.looks[place]!;
        const past = openPast({
          terms: {
            experiment: anExperiment(course.arms),
            proof: 'visitors',
            settings: { ...DEFAULT_SETTINGS, ...course.settings },
          },
          method: course.method,
          looks: course.looks,
          told: all.at(-1) ?? null,
          atMs: look.snapshot.asOfMs,
        });
        const then = seenAt(course, all[place]!, look);
        expect(past?.analysis).toEqual(then);
        seen.add(then.verdict.state);
      }),
      RUNS,
    );
    expect([...seen]).toEqual(expect.arrayContaining(['winner', 'loser']));
  });

  it('holds nothing of what came later: neither looks, nor calls, nor an end', () => {
    const track = aTrack({ status: 'stopped', endedAtMs: at(15), splitChangedAtMs: null });
    const question = toQuestion(anExperiment(2).id);
    expect(track.analysis(question)?.calls.length).toBeGreaterThan(0);
    const past = track.past(question.method, at(6.5));
    expect(past?.look.snapshot.asOfMs).toBe(at(6));
    expect(past?.analysis.day).toBe(6);
    expect(past?.analysis.calls).toEqual([]);
    expect(past?.curve(300).map(({ atMs }) => atMs)).toEqual([at(3), at(6)]);
    expect(past?.experiment.status).toBe('active');
  });

  it('does not exist before the first look, and is now at the last', () => {
    const track = aTrack();
    const question = toQuestion(anExperiment(2).id);
    expect(track.past(question.method, at(2))).toBeNull();
    expect(track.past(question.method, at(99))?.analysis).toEqual(track.analysis(question));
  });

  it('answers by another method than the main one without its calls', () => {
    const track = aTrack();
    const { method } = toQuestion(anExperiment(2).id, { confidenceLevel: 0.8 });
    expect(track.past(method, at(9))?.analysis.confidenceLevel).toBe(0.8);
  });
});

describe('how an experiment stood', () => {
  it('ran until it was stopped or paused, and had no split that was changed later', () => {
    const stopped = anExperiment(2, {
      status: 'stopped',
      endedAtMs: at(9),
      splitChangedAtMs: at(5),
    });
    expect(experimentKnownAt(stopped, at(4))).toMatchObject({
      status: 'active',
      endedAtMs: null,
      splitChangedAtMs: null,
    });
    expect(experimentKnownAt(stopped, at(9))).toMatchObject({
      status: 'stopped',
      splitChangedAtMs: at(5),
    });
    const paused = anExperiment(2, { status: 'paused', statusChangedAtMs: at(7) });
    expect(experimentKnownAt(paused, at(6)).status).toBe('active');
    expect(experimentKnownAt(paused, at(8)).status).toBe('paused');
  });
});
