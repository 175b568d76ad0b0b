import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExperimentPlan } from '@/lib/sandbox/world/plan';
import type { ReportQuestion } from '@/lib/sandbox/world/report';
import type { ArmCounts } from '@/lib/sandbox/world/tally';
import { createWorld, type World } from '@/lib/sandbox/world/world';
import { EPOCH_MS, sharedWorld } from './test-sandbox';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SEED = 20260521;
const size = { active: 100, stopped: 3_000 };
const world = createWorld({ seed: SEED, epochMs: EPOCH_MS, size });
const plain = world.experiments.filter((plan) => plan.plain !== undefined);

function ask(
  plan: ExperimentPlan,
  nowMs: number,
  question: Partial<ReportQuestion> = {},
  of: World = world,
): Map<string, ArmCounts[]> {
  const goals = plan.goals.map((id) => of.goals.find((goal) => goal.id === id)!);
  const intervals = [{ startMs: 0, endMs: Infinity }];
  return of.report(plan, { intervals, filters: [], goals, ...question }, nowMs);
}
const total = (...args: Parameters<typeof ask>): ArmCounts[] => ask(...args).get('_reference')!;

const flat = (arms: readonly ArmCounts[]): number[] =>
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
const additive = (arms: readonly ArmCounts[]): number[] =>
  arms.flatMap(({ visits, goals }) => [
    visits,
    ...goals.flatMap((goal) => [goal.conversions, goal.convertedVisits, goal.revenueCents]),
  ]);
const sum = (rows: readonly (readonly number[])[]): number[] =>
  rows[0]!.map((_, i) => rows.reduce((all, row) => all + row[i]!, 0));

const anyPlan = fc.nat(plain.length - 1).map((i) => plain[i]!);
/** A moment of an experiment's life, and a while after it. */
const anyAge = fc.nat(1_000_000).map((millionths) => millionths / 1_000_000);
const momentOf = ({ launchMs, endMs }: ExperimentPlan, age: number): number =>
  Math.round(launchMs! + age * ((endMs ?? EPOCH_MS) - launchMs! + DAY_MS));

describe('a big world', () => {
  it('has what was asked for beside the stories, over several projects', () => {
    expect(plain.filter(({ status }) => status === 'active')).toHaveLength(100);
    expect(plain.filter(({ status }) => status === 'stopped')).toHaveLength(3_000);
    expect(world.experiments.length).toBe(sharedWorld.experiments.length + 3_100);
    expect(new Set(plain.map(({ siteId }) => siteId)).size).toBeGreaterThan(5);
    expect(new Set(plain.map(({ configured }) => configured.length))).toEqual(new Set([2, 3, 4]));
    const ids = world.experiments.flatMap(({ id, variations }) => [
      id,
      ...variations.map((variation) => variation.id),
    ]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(world.experiments.map(({ name }) => name)).size).toBe(world.experiments.length);
  });

  it('leaves the stories as they are', () => {
    // A young one with little traffic: cheap to count in two worlds.
    const story = sharedWorld.experiments.find(({ id }) => id === 188502)!;
    expect(world.experiments.slice(0, 22)).toEqual(sharedWorld.experiments);
    expect(total(story, EPOCH_MS)).toEqual(total(story, EPOCH_MS, {}, sharedWorld));
  });

  it('holds every smaller world', () => {
    const small = createWorld({ seed: SEED, epochMs: EPOCH_MS, size: { active: 7, stopped: 20 } });
    for (const plan of small.experiments) {
      expect(world.experiments.find(({ id }) => id === plan.id)).toEqual(plan);
    }
    const plan = small.experiments.at(-1)!;
    expect(total(plan, EPOCH_MS, {}, small)).toEqual(total(plan, EPOCH_MS));
  });

  it('has experiments nobody converts in, and different ages', () => {
    const running = plain.filter(({ status }) => status === 'active');
    const ages = running.map(({ launchMs }) => (EPOCH_MS - launchMs!) / DAY_MS);
    expect(Math.min(...ages)).toBeLessThan(1);
    expect(Math.max(...ages)).toBeGreaterThan(40);
    const silent = plain.filter((plan) =>
      plan.plain!.rates[plan.goals[0]!]!.every((rate) => rate === 0),
    );
    expect(silent.length).toBeGreaterThan(30);
    const [first] = silent;
    for (const arm of total(first!, EPOCH_MS)) {
      expect(arm.visitors).toBeGreaterThan(0);
      expect(arm.goals[0]!.conversions).toBe(0);
    }
  });
});

describe('the counts of a plain experiment', () => {
  it('are in order, and never fall', () => {
    fc.assert(
      fc.property(anyPlan, anyAge, anyAge, (plan, a, b) => {
        const [earlier, later] = [Math.min(a, b), Math.max(a, b)].map((age) =>
          total(plan, momentOf(plan, age)),
        );
        flat(later!).forEach((count, i) =>
          expect(count).toBeGreaterThanOrEqual(flat(earlier!)[i]!),
        );
        for (const arm of later!) {
          expect(arm.visits).toBeGreaterThanOrEqual(arm.visitors);
          for (const goal of arm.goals) {
            expect(goal.conversions).toBeGreaterThanOrEqual(goal.convertedVisits);
            expect(goal.convertedVisits).toBeGreaterThanOrEqual(goal.convertedVisitors);
            expect(goal.convertedVisitors).toBeLessThanOrEqual(arm.visitors);
            expect(Number.isInteger(goal.revenueCents)).toBe(true);
          }
        }
      }),
      { numRuns: 15 },
    );
  });

  it('of the past are the same whenever and in whatever company one asks', () => {
    const twin = createWorld({ seed: SEED, epochMs: EPOCH_MS, size });
    fc.assert(
      fc.property(anyPlan, anyAge, anyAge, (plan, age, from) => {
        const nowMs = momentOf(plan, age);
        const intervals = [{ startMs: momentOf(plan, from * age), endMs: nowMs }];
        const then = total(plan, nowMs, { intervals });
        expect(total(plan, nowMs + 30 * DAY_MS, { intervals })).toEqual(then);
        expect(total(plan, nowMs, { intervals }, twin)).toEqual(then);
        const goals = [world.goals.find((goal) => goal.id === plan.goals.at(-1))!];
        const asked = total(plan, nowMs, { intervals, goals });
        expect(asked.map((arm) => arm.goals[0])).toEqual(then.map((arm) => arm.goals.at(-1)));
      }),
      { numRuns: 15 },
    );
  });

  it('add up over stretches of time in visits, while visitors do not exceed the sum', () => {
    fc.assert(
      fc.property(anyPlan, fc.array(anyAge, { minLength: 1, maxLength: 4 }), (plan, ages) => {
        const nowMs = momentOf(plan, 1);
        const cuts = [0, ...ages.map((age) => momentOf(plan, age)).sort((a, b) => a - b), nowMs];
        const parts = cuts.slice(1).map((endMs, i) => ({ startMs: cuts[i]!, endMs }));
        const each = parts.map((part) => total(plan, nowMs, { intervals: [part] }));
        const all = total(plan, nowMs);
        expect(sum(each.map(additive))).toEqual(additive(all));
        expect(total(plan, nowMs, { intervals: parts })).toEqual(all);
        all.forEach((arm, i) => {
          const visitors = each.map((part) => part[i]!.visitors);
          expect(arm.visitors).toBeLessThanOrEqual(visitors.reduce((a, b) => a + b));
          expect(arm.visitors).toBeGreaterThanOrEqual(Math.max(...visitors));
        });
      }),
      { numRuns: 15 },
    );
  });

  it('add up over the rows of every breakdown', () => {
    fc.assert(
      fc.property(anyPlan, anyAge, (plan, age) => {
        const nowMs = momentOf(plan, age);
        const all = total(plan, nowMs);
        for (const type of ['DEVICE_TYPE', 'BROWSER', 'COUNTRY'] as const) {
          const rows = [...ask(plan, nowMs, { breakdown: { type } }).values()];
          expect(sum(rows.map(flat))).toEqual(flat(all));
        }
        const visits = [...ask(plan, nowMs, { breakdown: { type: 'NEW_VISITOR' } }).values()];
        expect(sum(visits.map(additive))).toEqual(additive(all));
        const days = ask(plan, nowMs, { breakdown: { type: 'INTERVAL', unit: 'DAY' } });
        if (days.size > 0) expect(sum([...days.values()].map(additive))).toEqual(additive(all));
        const filters = [{ type: 'DEVICE_TYPE', values: ['PHONE'], include: true }] as const;
        const phones = ask(plan, nowMs, { breakdown: { type: 'DEVICE_TYPE' } }).get('PHONE');
        expect(total(plan, nowMs, { filters })).toEqual(phones);
      }),
      { numRuns: 15 },
    );
  });

  it('multiply after the epoch when the world is fast, and not before', () => {
    const plan = plain.at(-1)!;
    const fast = createWorld({ seed: SEED, epochMs: EPOCH_MS, size, speed: 10 });
    expect(total(plan, EPOCH_MS, {}, fast)).toEqual(total(plan, EPOCH_MS));
    const visitors = (of: World): number =>
      total(plan, EPOCH_MS + DAY_MS, {}, of)[0]!.visitors - total(plan, EPOCH_MS)[0]!.visitors;
    expect(Math.abs(visitors(fast) / visitors(world) - 10)).toBeLessThan(1.5);
  });
});
