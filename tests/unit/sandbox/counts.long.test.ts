import { describe, expect, it } from 'vitest';
import type { ExperimentPlan } from '@/lib/sandbox/world/plan';
import type { ReportQuestion } from '@/lib/sandbox/world/report';
import type { ArmCounts } from '@/lib/sandbox/world/tally';
import { createWorld, type World } from '@/lib/sandbox/world/world';
import { EPOCH_MS, sharedWorld } from './test-sandbox';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const planOf = (world: World, id: number): ExperimentPlan =>
  world.experiments.find((plan) => plan.id === id)!;

/** Counts of an experiment by row; everything up to `nowMs` unless the question says otherwise. */
function ask(
  id: number,
  question: Partial<ReportQuestion> = {},
  nowMs = EPOCH_MS,
  world = sharedWorld,
): Map<string, ArmCounts[]> {
  const plan = planOf(world, id);
  const goals = plan.goals.map((goalId) => world.goals.find((goal) => goal.id === goalId)!);
  const intervals = [{ startMs: 0, endMs: Infinity }];
  return world.report(plan, { intervals, filters: [], goals, ...question }, nowMs);
}

const total = (...args: Parameters<typeof ask>): ArmCounts[] => ask(...args).get('_reference')!;

/** Every count of a row as one flat list, arm by arm. */
const flat = (arms: readonly ArmCounts[]): number[] =>
  arms.flatMap((arm) => [
    arm.visits,
    arm.visitors,
    ...arm.goals.flatMap((goal) => [
      goal.conversions,
      goal.convertedVisits,
      goal.convertedVisitors,
      goal.revenueCents,
    ]),
  ]);

const sum = (rows: readonly (readonly number[])[]): number[] =>
  rows[0]!.map((_, i) => rows.reduce((all, row) => all + row[i]!, 0));

/** Visits, conversions, converted visits and revenue: what adds up over disjoint intervals. */
const additive = (arms: readonly ArmCounts[]): number[] =>
  arms.flatMap((arm) => [
    arm.visits,
    ...arm.goals.flatMap((goal) => [goal.conversions, goal.convertedVisits, goal.revenueCents]),
  ]);

const BUSY = [188401, 188405, 188501, 188601, 188602, 188607];

describe('the past', () => {
  it.each(BUSY)('of experiment %i is the same whenever one asks', (id) => {
    const intervals = [{ startMs: 0, endMs: EPOCH_MS + 90_500 }];
    const then = total(id, { intervals }, EPOCH_MS + 90_500);
    expect(total(id, { intervals }, EPOCH_MS + 30 * DAY_MS)).toEqual(then);
  });

  it('is the same in another process, whatever was asked before', () => {
    const twin = createWorld({ seed: 20260521, epochMs: EPOCH_MS });
    for (const id of [188402, 188602]) {
      const nowMs = EPOCH_MS + 3 * HOUR_MS + 1_234;
      expect(total(id, {}, nowMs, twin)).toEqual(total(id, {}, nowMs));
    }
  });

  it('differs with the seed', () => {
    const other = createWorld({ seed: 1, epochMs: EPOCH_MS });
    expect(total(188402, {}, EPOCH_MS, other)).not.toEqual(total(188402));
  });

  it('is not touched by speed, which multiplies what comes after the epoch', () => {
    const fast = createWorld({ seed: 20260521, epochMs: EPOCH_MS, speed: 10 });
    const [slowBefore, fastBefore] = [sharedWorld, fast].map((w) => total(188402, {}, EPOCH_MS, w));
    expect(Math.abs(fastBefore![0]!.visitors - slowBefore![0]!.visitors)).toBeLessThan(40);
    const after = (world: World): number =>
      total(
        188402,
        { intervals: [{ startMs: EPOCH_MS, endMs: Infinity }] },
        EPOCH_MS + DAY_MS,
        world,
      )
        .map((arm) => arm.visitors)
        .reduce((a, b) => a + b);
    expect(after(fast) / after(sharedWorld)).toBeGreaterThan(6);
  });
});

describe('the present', () => {
  it.each(BUSY)('of experiment %i never counts down', (id) => {
    let before = flat(total(id));
    for (let second = 7; second < 7_200; second += 311) {
      const now = flat(total(id, {}, EPOCH_MS + second * 1_000));
      now.forEach((count, i) => expect(count).toBeGreaterThanOrEqual(before[i]!));
      before = now;
    }
  });

  it('moves by a few people every few seconds where traffic is heavy', () => {
    const visitors = (second: number): number =>
      total(188501, {}, EPOCH_MS + second * 1_000).reduce((all, arm) => all + arm.visitors, 0);
    const steps = Array.from({ length: 30 }, (_, i) => visitors(10 * (i + 1)) - visitors(10 * i));
    expect(Math.max(...steps)).toBeLessThan(40);
    expect(steps.filter((step) => step > 0).length).toBeGreaterThan(25);
  });

  it('goes on for days', () => {
    const later = total(188402, {}, EPOCH_MS + 5 * DAY_MS)[0]!.visitors;
    expect(later).toBeGreaterThan(total(188402)[0]!.visitors + 5_000);
  });
});

describe('breakdowns', () => {
  it.each(['DEVICE_TYPE', 'BROWSER', 'COUNTRY'] as const)('by %s add up to the total', (type) => {
    const rows = [...ask(188401, { breakdown: { type } }).values()];
    expect(rows.length).toBeGreaterThan(2);
    expect(sum(rows.map(flat))).toEqual(flat(total(188401)));
  });

  it('by NEW_VISITOR add up in visits, and every new visitor comes once', () => {
    const rows = ask(188401, { breakdown: { type: 'NEW_VISITOR' } });
    expect(sum([...rows.values()].map(additive))).toEqual(additive(total(188401)));
    for (const [arm, counts] of rows.get('NEW')!.entries()) {
      expect(counts.visits).toBe(counts.visitors);
      expect(counts.visitors).toBe(total(188401)[arm]!.visitors);
    }
  });

  it.each(['HOUR', 'DAY', 'WEEK', 'MONTH', 'YEAR'] as const)('by %s add up in visits', (unit) => {
    const rows = ask(188607, { breakdown: { type: 'INTERVAL', unit } });
    const keys = [...rows.keys()];
    expect(keys).toEqual([...keys].sort());
    for (const key of keys) expect(key).toMatch(/^\d{4}-\d\d-\d\dT\d\d:00:00$/);
    expect(sum([...rows.values()].map(additive))).toEqual(additive(total(188607)));
  });

  it('by day count people who come back on each day: visitors exceed the total', () => {
    const rows = [...ask(188607, { breakdown: { type: 'INTERVAL', unit: 'DAY' } }).values()];
    const daily = rows.reduce((all, arms) => all + arms[0]!.visitors, 0);
    expect(daily).toBeGreaterThan(total(188607)[0]!.visitors);
  });
});

describe('intervals', () => {
  it('that do not meet add up in visits, while visitors do not exceed the sum', () => {
    const cuts = [
      0,
      EPOCH_MS - 9.37 * DAY_MS,
      EPOCH_MS - 2.11 * DAY_MS,
      EPOCH_MS - 777_777,
      Infinity,
    ];
    const parts = cuts.slice(1).map((endMs, i) => ({ startMs: cuts[i]!, endMs }));
    const each = parts.map((part) => total(188401, { intervals: [part] }));
    const all = total(188401, { intervals: parts });
    expect(all).toEqual(total(188401));
    expect(sum(each.map(additive))).toEqual(additive(all));
    all.forEach((arm, i) => {
      const visitors = each.map((part) => part[i]!.visitors);
      expect(arm.visitors).toBeLessThan(visitors.reduce((a, b) => a + b));
      expect(arm.visitors).toBeGreaterThanOrEqual(Math.max(...visitors));
    });
  });

  it('with a gap leave out what happened in it', () => {
    const gap = { startMs: EPOCH_MS - 5 * DAY_MS, endMs: EPOCH_MS - 4 * DAY_MS + 123_456 };
    const around = [
      { startMs: 0, endMs: gap.startMs },
      { startMs: gap.endMs, endMs: Infinity },
    ];
    const [inside, outside] = [
      total(188402, { intervals: [gap] }),
      total(188402, { intervals: around }),
    ];
    expect(sum([additive(inside), additive(outside)])).toEqual(additive(total(188402)));
  });

  it('that overlap count nothing twice', () => {
    const intervals = [
      { startMs: 0, endMs: EPOCH_MS - DAY_MS },
      { startMs: EPOCH_MS - 2 * DAY_MS, endMs: Infinity },
    ];
    expect(total(188402, { intervals })).toEqual(total(188402));
  });
});

describe('filters', () => {
  it('give the row of the breakdown, and with include false the rest', () => {
    const rows = ask(188402, { breakdown: { type: 'DEVICE_TYPE' } });
    const filtered = (include: boolean) =>
      total(188402, { filters: [{ type: 'DEVICE_TYPE', values: ['PHONE'], include }] });
    expect(filtered(true)).toEqual(rows.get('PHONE'));
    expect(sum([flat(filtered(true)), flat(filtered(false))])).toEqual(flat(total(188402)));
  });

  it('hold together, and with a breakdown', () => {
    const filters = [
      { type: 'BROWSER', values: ['SAFARI', 'CHROME'], include: true },
      { type: 'COUNTRY', values: ['FR'], include: false },
      { type: 'NEW_VISITOR', values: ['RETURNING'], include: true },
    ] as const;
    const whole = total(188402, { filters });
    const rows = [...ask(188402, { filters, breakdown: { type: 'BROWSER' } }).values()];
    expect(sum(rows.map(flat))).toEqual(flat(whole));
    expect(whole[0]!.visitors).toBeGreaterThan(0);
    expect(whole[0]!.visits).toBeLessThan(total(188402)[0]!.visits / 10);
  });

  it('show where the broken split comes from', () => {
    const ratio = (browser: string): number => {
      const filters = [{ type: 'BROWSER', values: [browser], include: true }] as const;
      const [a, b] = total(188601, { filters });
      return a!.visitors / b!.visitors;
    };
    expect(ratio('SAFARI')).toBeGreaterThan(1.2);
    expect(Math.abs(ratio('CHROME') - 1)).toBeLessThan(0.06);
  });
});

describe('what people do', () => {
  it('counts as it must: conversions >= converted visits >= converted visitors', () => {
    for (const plan of sharedWorld.experiments) {
      for (const arm of total(plan.id)) {
        expect(arm.visits).toBeGreaterThanOrEqual(arm.visitors);
        for (const goal of arm.goals) {
          expect(goal.conversions).toBeGreaterThanOrEqual(goal.convertedVisits);
          expect(goal.convertedVisits).toBeGreaterThanOrEqual(goal.convertedVisitors);
          expect(goal.convertedVisitors).toBeLessThanOrEqual(arm.visitors);
        }
      }
    }
  });

  it('follows the day: evenings are busier than nights', () => {
    const rows = ask(188501, { breakdown: { type: 'INTERVAL', unit: 'HOUR' } });
    const at = (hour: string): number =>
      [...rows].reduce(
        (all, [key, arms]) => all + (key.includes(`T${hour}:`) ? arms[0]!.visits : 0),
        0,
      );
    expect(at('19')).toBeGreaterThan(3 * at('03'));
  });

  it('earns heavy-tailed amounts only where a goal has a price', () => {
    const [order, basket] = total(188607)[0]!.goals;
    expect(order!.revenueCents / order!.conversions).toBeGreaterThan(5_400);
    expect(Number.isInteger(order!.revenueCents)).toBe(true);
    expect(basket!.revenueCents).toBe(0);
  });
});
