import fc from 'fast-check';
import { expect } from 'vitest';
import { toStretches } from '@/lib/sandbox/world/course/stretches';
import type { Subject } from '@/lib/sandbox/world/course/subject';
import {
  additive,
  anyAge,
  anySubject,
  ask,
  byArm,
  DAY_MS,
  flat,
  sum,
  toMoment,
  TOTAL,
} from './courses';

/** What holds whatever people do to an experiment. Few runs with every test, many in the long ones. */
export const LAWS: Readonly<Record<string, (numRuns: number) => void>> = {
  'the past is what it was before anybody changed anything later': (numRuns) =>
    check(numRuns, anyAge, anyAge, (subject, age, from) => {
      subject.turns.forEach(({ atMs }, i) => {
        const nowMs = Math.min(toMoment(subject, age), atMs);
        const startMs = toMoment(subject, from * age);
        const intervals = [{ startMs: Math.min(startMs, nowMs), endMs: nowMs }];
        const before: Subject = { ...subject, turns: subject.turns.slice(0, i) };
        const then = byArm(before, ask(before, nowMs, { intervals }));
        const later = ask(subject, subject.turns.at(-1)!.atMs + DAY_MS, { intervals });
        expect(byArm(subject, later)).toEqual(then);
      });
    }),

  'counts never fall': (numRuns) =>
    check(numRuns, anyAge, anyAge, (subject, a, b) => {
      const [earlier, later] = [Math.min(a, b), Math.max(a, b)].map((age) =>
        flat(ask(subject, toMoment(subject, age)).get(TOTAL)!),
      );
      later!.forEach((count, i) => expect(count).toBeGreaterThanOrEqual(earlier![i]!));
    }),

  'the rows of every breakdown add up to the total, in visits': (numRuns) =>
    check(numRuns, anyAge, anyAge, (subject, age) => {
      const nowMs = toMoment(subject, age);
      const whole = additive(ask(subject, nowMs).get(TOTAL)!);
      const types = ['DEVICE_TYPE', 'BROWSER', 'COUNTRY', 'NEW_VISITOR', 'CUSTOM_DATUM'] as const;
      const units = ['DAY', 'WEEK', 'MONTH', 'YEAR'] as const;
      for (const breakdown of [
        ...types.map((type) => ({ type })),
        ...units.map((unit) => ({ type: 'INTERVAL', unit }) as const),
      ]) {
        const rows = [...ask(subject, nowMs, { breakdown }).values()];
        expect(sum([whole.map(() => 0), ...rows.map(additive)])).toEqual(whole);
      }
      const intervals = [{ startMs: nowMs - DAY_MS, endMs: nowMs }];
      const hours = { intervals, breakdown: { type: 'INTERVAL', unit: 'HOUR' } } as const;
      const day = additive(ask(subject, nowMs, { intervals }).get(TOTAL)!);
      const rows = [...ask(subject, nowMs, hours).values()];
      expect(sum([day.map(() => 0), ...rows.map(additive)])).toEqual(day);
    }),

  'a filter and its opposite share out all visits, and give the rows of the breakdown': (numRuns) =>
    check(numRuns, anyAge, anyAge, (subject, age) => {
      const nowMs = toMoment(subject, age);
      const whole = additive(ask(subject, nowMs).get(TOTAL)!);
      for (const [type, value] of [
        ['DEVICE_TYPE', 'PHONE'],
        ['NEW_VISITOR', 'RETURNING'],
        ['CUSTOM_DATUM', 'LOYAL'],
      ] as const) {
        const filtered = (include: boolean) =>
          ask(subject, nowMs, { filters: [{ type, values: [value], include }] }).get(TOTAL)!;
        expect(sum([additive(filtered(true)), additive(filtered(false))])).toEqual(whole);
        expect(filtered(true)).toEqual(ask(subject, nowMs, { breakdown: { type } }).get(value));
      }
    }),

  'visits of stretches of time add up, overlaps counted once': (numRuns) =>
    check(numRuns, anyAge, anyAge, (subject, age, at) => {
      const nowMs = toMoment(subject, Math.max(age, at));
      const cutMs = toMoment(subject, Math.min(age, at));
      const parts = [
        { startMs: 0, endMs: cutMs },
        { startMs: cutMs, endMs: nowMs },
      ];
      const whole = ask(subject, nowMs).get(TOTAL)!;
      const each = parts.map((part) => ask(subject, nowMs, { intervals: [part] }).get(TOTAL)!);
      expect(sum(each.map(additive))).toEqual(additive(whole));
      const overlapping = [...parts, { startMs: cutMs - DAY_MS, endMs: cutMs + DAY_MS / 2 }];
      expect(ask(subject, nowMs, { intervals: overlapping }).get(TOTAL)).toEqual(whole);
    }),

  'nobody is counted while it does not collect, and nobody new where a split gives nothing': (
    numRuns,
  ) =>
    check(numRuns, anyAge, anyAge, (subject, age) => {
      const nowMs = toMoment(subject, age);
      const stretches = toStretches(subject.plan, subject.turns);
      subject.turns.forEach(({ atMs, isCollecting }, i) => {
        const endMs = subject.turns[i + 1]?.atMs ?? Infinity;
        const rows = ask(subject, nowMs, {
          intervals: [{ startMs: atMs, endMs }],
          breakdown: { type: 'NEW_VISITOR' },
        });
        const stretch = stretches.find(({ startMs, endMs: end }) => startMs <= atMs && atMs < end);
        expect(stretch !== undefined || atMs === endMs).toBe(isCollecting || atMs === endMs);
        const counts = [...rows.values()].flatMap(flat);
        if (!isCollecting) expect(counts.every((count) => count === 0)).toBe(true);
        const came = Object.keys(byArm(subject, rows, 'NEW'));
        expect(came.filter((key) => !stretch?.shares.has(key))).toEqual([]);
      });
    }),

  'a goal converts while it belongs to the experiment, and keeps what it has when it goes': (
    numRuns,
  ) =>
    check(numRuns, anyAge, anyAge, (subject, age) => {
      const nowMs = toMoment(subject, age);
      subject.turns.forEach(({ atMs, goals }, i) => {
        const endMs = subject.turns[i + 1]?.atMs ?? Infinity;
        const rows = ask(subject, nowMs, { intervals: [{ startMs: atMs, endMs }] });
        const { goals: asked } = toAsked(subject);
        for (const arm of rows.get(TOTAL)!) {
          asked.forEach((id, g) => {
            if (!goals.includes(id)) expect(arm.goals[g]!.conversions).toBe(0);
          });
        }
      });
    }),
};

const toAsked = ({ plan }: Subject) => ({
  goals: [9_000_101, 9_000_102, 9_000_103, ...(plan?.goals ?? [])],
});

function check(
  numRuns: number,
  first: fc.Arbitrary<number>,
  second: fc.Arbitrary<number>,
  law: (subject: Subject, first: number, second: number) => void,
): void {
  const property = fc.property(fc.noBias(anySubject), fc.noBias(first), fc.noBias(second), law);
  fc.assert(property, { numRuns, seed: 5 });
}
