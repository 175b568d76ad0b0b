import { describe, expect, it } from 'vitest';
import type { ExperimentPlan } from '@/lib/sandbox/world/plan';
import type { ArmCounts } from '@/lib/sandbox/world/tally';
import { createWorld } from '@/lib/sandbox/world/world';
import { EPOCH_MS } from './test-sandbox';

const world = createWorld({
  seed: 20260521,
  epochMs: EPOCH_MS,
  size: { active: 0, stopped: 1_500 },
});
const plain = world.experiments.filter((plan) => plan.plain !== undefined);

/** Counts of the main goal by arm, from the launch to the end. */
function total(plan: ExperimentPlan): ArmCounts[] {
  const goals = world.goals.filter((goal) => goal.id === plan.goals[0]);
  const intervals = [{ startMs: 0, endMs: Infinity }];
  return world.report(plan, { intervals, filters: [], goals }, EPOCH_MS).get('_reference')!;
}

describe('the chances of plain experiments are honest', () => {
  const finals = plain.map((plan) => ({ plan, arms: total(plan) }));

  it('splits differ from even as chance would have it', () => {
    const squares = finals.map(({ arms }) => {
      const expected = arms.reduce((all, arm) => all + arm.visitors, 0) / arms.length;
      const chi = arms.reduce((all, arm) => all + (arm.visitors - expected) ** 2 / expected, 0);
      return chi / (arms.length - 1);
    });
    const mean = squares.reduce((a, b) => a + b) / squares.length;
    expect(Math.abs(mean - 1)).toBeLessThan(0.1);
  });

  it('arms with the same truth differ as chance would have it', () => {
    const scores: number[] = [];
    for (const { plan, arms } of finals) {
      const rates = plan.plain!.rates[plan.goals[0]!]!;
      for (let arm = 1; arm < arms.length; arm += 1) {
        const [a, b] = [arms[0]!, arms[arm]!];
        const [convertedA, convertedB] = [a, b].map(({ goals }) => goals[0]!.convertedVisitors);
        const pooled = (convertedA! + convertedB!) / (a.visitors + b.visitors);
        if (rates[arm] !== rates[0] || a.visitors * pooled < 25) continue;
        const error = Math.sqrt(pooled * (1 - pooled) * (1 / a.visitors + 1 / b.visitors));
        scores.push((convertedB! / b.visitors - convertedA! / a.visitors) / error);
      }
    }
    const mean = scores.reduce((a, b) => a + b) / scores.length;
    const variance = scores.reduce((all, z) => all + z * z, 0) / scores.length;
    expect(scores.length).toBeGreaterThan(800);
    expect(Math.abs(mean)).toBeLessThan(0.12);
    expect(Math.abs(variance - 1)).toBeLessThan(0.15);
    const beyond = scores.filter((z) => Math.abs(z) > 1.96).length / scores.length;
    expect(Math.abs(beyond - 0.05)).toBeLessThan(0.02);
  });
});
