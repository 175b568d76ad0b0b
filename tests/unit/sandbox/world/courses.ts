import fc from 'fast-check';
import type { Course } from '@/lib/sandbox/world/course/course';
import type { Subject } from '@/lib/sandbox/world/course/subject';
import type { ReportQuestion } from '@/lib/sandbox/world/report';
import type { ArmCounts } from '@/lib/sandbox/world/tally';
import type { Turn } from '@/lib/sandbox/world/turn';
import { createWorld, type World } from '@/lib/sandbox/world/world';
import { EPOCH_MS } from '../test-sandbox';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Stories, a few plain experiments, and room for what people create. */
export const world: World = createWorld({
  seed: 20260521,
  epochMs: EPOCH_MS,
  size: { active: 3, stopped: 2 },
});

export const GOALS = [9_000_101, 9_000_102, 9_000_103];
const VARIATIONS = ['9000201', '9000202', '9000203'];

/** One of each kind: created by a person, young story, paused story, story without a launch, plain ones. */
export const SUBJECTS: readonly Omit<Subject, 'turns'>[] = [
  { id: 9_000_001, told: ['origin', '9000201'] },
  ...[188502, 188506, 188408, 190_001, 187_999].map((id) => {
    const plan = world.experiments.find((candidate) => candidate.id === id)!;
    return { id, plan, told: ['origin', ...plan.variations.map((own) => String(own.id))] };
  }),
];

const anySplit = (keys: readonly string[]): fc.Arbitrary<Turn['split']> =>
  fc
    .array(fc.nat(3), { minLength: keys.length, maxLength: keys.length })
    .filter((weights) => weights.some((weight) => weight > 0))
    .map((weights) => {
      const sum = weights.reduce((a, b) => a + b, 0);
      return Object.fromEntries(keys.map((key, i) => [key, weights[i]! / sum]));
    });

/** An experiment and what people do to it in the days after the epoch. */
export const anySubject: fc.Arbitrary<Subject> = fc
  .nat(SUBJECTS.length - 1)
  .chain((i) => {
    const subject = SUBJECTS[i]!;
    const keys = [...new Set([...subject.told, ...VARIATIONS])];
    const goals = [...GOALS, ...(subject.plan?.goals ?? [])];
    const turn = fc.record({
      afterMs: fc.integer({ min: 0, max: 1.5 * DAY_MS }),
      isCollecting: fc.constantFrom(true, true, false),
      split: fc.oneof(anySplit(subject.told), anySplit(keys)),
      goals: fc.subarray(goals),
    });
    return fc.tuple(fc.constant(subject), fc.array(turn, { minLength: 1, maxLength: 4 }));
  })
  .map(([subject, drawn]) => {
    let atMs = EPOCH_MS;
    const turns = drawn.map(({ afterMs, ...turn }) => ({ ...turn, atMs: (atMs += afterMs) }));
    return { ...subject, turns };
  });

/** A moment around the turns of a subject, from a day before the epoch to a day after the last. */
export const toMoment = ({ turns }: Subject, age: number): number =>
  Math.round(EPOCH_MS - DAY_MS + age * (turns.at(-1)!.atMs + 2 * DAY_MS - EPOCH_MS));
/** Evenly between 0 and 1: doubles as they come are nearly all next to 0. */
export const anyAge = fc.nat(1_000_000).map((millionths) => millionths / 1_000_000);

const truths = GOALS.map((id, i) => ({ id, hasMultipleConversions: i > 0 }));

/** All the goals a question about a subject may be about. */
export const goalsOf = ({ plan }: Subject): ReportQuestion['goals'] => [
  ...truths,
  ...(plan?.goals ?? []).map((id) => world.goals.find((goal) => goal.id === id)!),
];

export type Rows = Map<string, ArmCounts[]>;

export function ask(
  subject: Subject,
  nowMs: number,
  question: Partial<ReportQuestion> = {},
  course: Course = world.courseOf(subject),
): Rows {
  const intervals = [{ startMs: 0, endMs: Infinity }];
  return course.report({ intervals, filters: [], goals: goalsOf(subject), ...question }, nowMs);
}

export const TOTAL = '_reference';

/** The counts of one row by arm, without the arms nobody ever came to. */
export function byArm(subject: Subject, rows: Rows, row = TOTAL): Record<string, ArmCounts> {
  const { arms } = world.courseOf(subject);
  const counts = rows.get(row)!;
  return Object.fromEntries(
    arms.map((key, arm) => [key, counts[arm]!] as const).filter(([, { visits }]) => visits > 0),
  );
}

export const flat = (arms: readonly ArmCounts[]): number[] =>
  arms.flatMap(({ visits, visitors, goals }) => [
    visits,
    visitors,
    ...goals.flatMap((goal) => [
      goal.conversions,
      goal.convertedVisits,
      goal.convertedVisitors,
      goal.revenueCents,
    ]),
  ]);

/** What adds up over disjoint sets of visits. */
export const additive = (arms: readonly ArmCounts[]): number[] =>
  arms.flatMap(({ visits, goals }) => [
    visits,
    ...goals.flatMap((goal) => [goal.conversions, goal.convertedVisits, goal.revenueCents]),
  ]);

export const sum = (rows: readonly (readonly number[])[]): number[] =>
  rows[0]!.map((_, i) => rows.reduce((all, row) => all + row[i]!, 0));

/** Shares that sum to 1. */
export function toOne(split: Turn['split']): Turn['split'] {
  const all = Object.values(split).reduce((a, b) => a + b, 0);
  return Object.fromEntries(Object.entries(split).map(([key, share]) => [key, share / all]));
}
