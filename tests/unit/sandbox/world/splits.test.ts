import { describe, expect, it } from 'vitest';
import type { Subject } from '@/lib/sandbox/world/course/subject';
import type { Turn } from '@/lib/sandbox/world/turn';
import { createWorld } from '@/lib/sandbox/world/world';
import { EPOCH_MS } from '../test-sandbox';
import { ask, byArm, DAY_MS, GOALS, SUBJECTS, TOTAL, toOne, world } from './courses';

const turn = (days: number, split: Turn['split'], isCollecting = true): Turn => ({
  atMs: EPOCH_MS + days * DAY_MS + 1_234_567,
  isCollecting,
  split,
  goals: GOALS,
});

/** New visitors by arm between two days after the epoch. */
function newVisitors(subject: Subject, fromDay: number, toDay: number, of = world) {
  const at = (day: number): number => EPOCH_MS + day * DAY_MS + 1_234_567;
  const rows = ask(
    subject,
    EPOCH_MS + 30 * DAY_MS,
    {
      intervals: [{ startMs: at(fromDay), endMs: at(toDay) }],
      breakdown: { type: 'NEW_VISITOR' },
      goals: [],
    },
    of.courseOf(subject),
  );
  const counts = byArm(subject, rows, 'NEW');
  return Object.fromEntries(Object.entries(counts).map(([key, arm]) => [key, arm.visitors]));
}

/** Pearson's chi-square of counts against shares. */
function toChiSquare(counts: Readonly<Record<string, number>>, split: Turn['split']): number {
  const total = Object.values(counts).reduce((a, b) => a + b, 0);
  return Object.entries(split).reduce((sum, [key, share]) => {
    if (share === 0) return sum;
    const expected = total * share;
    return sum + ((counts[key] ?? 0) - expected) ** 2 / expected;
  }, 0);
}

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((a, b) => a + b, 0);

describe('a split', () => {
  it.each(SUBJECTS.map((subject) => [subject.id, subject] as const))(
    'of %i is followed from the moment it is set',
    (_, subject) => {
      const [first, ...others] = subject.told.slice(0, 2) as [string, string];
      const even = { [first]: 0.5, [others[0]!]: 0.5 };
      const uneven = { [first]: 0.2, [others[0]!]: 0.3, 9000202: 0.5 };
      const whole: Subject = {
        ...subject,
        turns: [turn(0, even, false), turn(0, even), turn(4, uneven)],
      };
      // 99.99 % of true splits stay below these, at one and two degrees of freedom.
      const [before, after] = [newVisitors(whole, 0, 4), newVisitors(whole, 4, 8)];
      expect(toChiSquare(before, even)).toBeLessThan(15.2);
      expect(toChiSquare(after, uneven)).toBeLessThan(18.5);
      expect(Object.keys(before)).not.toContain('9000202');
      // The traffic stays what it was: nobody of the earlier split comes along.
      expect(total(after) / total(before)).toBeGreaterThan(0.7);
      expect(total(after) / total(before)).toBeLessThan(1.4);
    },
  );

  it('of 0.3333 three times is a third each, and one that only names a variation gives it all', () => {
    const split = { origin: 0.3333, 9000201: 0.3333, 9000202: 0.3333 };
    const subject = { ...SUBJECTS[0]!, turns: [turn(0, split), turn(3, { 9000201: 0.5 })] };
    expect(toChiSquare(newVisitors(subject, 0, 3), toOne(split))).toBeLessThan(18.5);
    expect(Object.keys(newVisitors(subject, 3, 5))).toEqual(['9000201']);
  });
});

describe('a created experiment', () => {
  const SPLIT = { origin: 0.5, 9000201: 0.5 };
  const subject: Subject = { ...SUBJECTS[0]!, turns: [turn(0, SPLIT)] };

  it('has plausible traffic, multiplied by the speed of the world', () => {
    const aDay = total(newVisitors(subject, 0, 7)) / 7;
    expect(aDay).toBeGreaterThan(1_500);
    expect(aDay).toBeLessThan(6_600);
    const fast = createWorld({ seed: 20260521, epochMs: EPOCH_MS, speed: 10 });
    const fastDay = total(newVisitors(subject, 0, 7, fast)) / 7;
    expect(Math.abs(fastDay / aDay - 10)).toBeLessThan(0.5);
  });

  it('has a variation that is clearly better within two weeks, in any world', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const of = createWorld({ seed, epochMs: EPOCH_MS });
      const nowMs = EPOCH_MS + 14 * DAY_MS;
      const arms = ask(subject, nowMs, {}, of.courseOf(subject)).get(TOTAL)!;
      const [a, b] = arms.map(({ visitors, goals }) => ({
        n: visitors,
        x: goals[0]!.convertedVisitors,
      }));
      const pooled = (a!.x + b!.x) / (a!.n + b!.n);
      const error = Math.sqrt(pooled * (1 - pooled) * (1 / a!.n + 1 / b!.n));
      expect((b!.x / b!.n - a!.x / a!.n) / error).toBeGreaterThan(4);
    }
  });

  it('goes on with the people it had when only its goals change', () => {
    const later = { ...turn(2, SPLIT), goals: [...GOALS].reverse().slice(0, 2) };
    const changed: Subject = { ...subject, turns: [...subject.turns, later] };
    const visits = (of: Subject) =>
      ask(of, EPOCH_MS + 6 * DAY_MS)
        .get(TOTAL)!
        .map((arm) => [arm.visits, arm.visitors]);
    expect(visits(changed)).toEqual(visits(subject));
  });
});
