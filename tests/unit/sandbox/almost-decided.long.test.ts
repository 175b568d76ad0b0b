import { expect, it } from 'vitest';
import { createWorld } from '@/lib/sandbox/world/world';
import { judge } from './judge';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ID = 188405;

const EPOCHS = Array.from(
  { length: 30 },
  (_, i) =>
    Math.floor((Date.UTC(2025, 9, 9) + i * 11.37 * DAY_MS + i * i * 3_333_000) / 1000) * 1000,
);

it.each(EPOCHS.map((epochMs, i) => [new Date(epochMs).toISOString(), epochMs, i] as const))(
  'begun at %s it is decided between 60 and 150 s later, never before, and stays so',
  (_, epochMs, i) => {
    const world = createWorld({ seed: 1_000 + i * 77, epochMs });
    const plan = world.experiments.find((one) => one.id === ID)!;
    const goals = world.goals.filter((goal) => goal.id === plan.goals[0]);
    const question = { intervals: [{ startMs: 0, endMs: Infinity }], filters: [], goals };
    const stateAt = (nowMs: number): string => {
      const arms = world
        .report(plan, question, nowMs)
        .get('_reference')!
        .map(({ visitors, goals: [goal] }) => ({ visitors, converted: goal!.convertedVisitors }));
      return judge(arms, plan.configured, (nowMs - plan.launchMs!) / DAY_MS).state;
    };

    // The search runs before the sandbox listens. Processor time: other work does not count.
    const before = process.cpuUsage();
    world.lanesOf(plan);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(3_000);
    for (let second = 0; second <= 60; second += 3) {
      expect(stateAt(epochMs + second * 1_000)).toBe('inconclusive');
    }
    for (let second = 150; second <= 600; second += 25) {
      expect(stateAt(epochMs + second * 1_000)).toBe('winner');
    }
    for (const hours of [1, 2, 5, 12, 24, 72]) {
      expect(stateAt(epochMs + hours * HOUR_MS)).toBe('winner');
    }
    const firstHour = Math.ceil(plan.launchMs! / HOUR_MS) + 1;
    for (let hour = firstHour; hour * HOUR_MS <= epochMs; hour += 1) {
      expect(['collecting', 'inconclusive']).toContain(stateAt(hour * HOUR_MS));
    }
  },
);
