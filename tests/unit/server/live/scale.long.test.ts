import { afterEach, describe, expect, it, vi } from 'vitest';
import { toQuestion } from '@/lib/core/experiment/question';
import type { SandboxHouse, SandboxHouseOptions } from './sandbox-house';
import { aSandboxHouse } from './sandbox-house';

// Making a world of thousands takes seconds on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

const MINUTE_MS = 60_000;
const open: SandboxHouse[] = [];
afterEach(async () => {
  for (const house of open.splice(0)) await house.stop();
});

async function aHouse(options: SandboxHouseOptions): Promise<SandboxHouse> {
  const house = await aSandboxHouse(options);
  open.push(house);
  return house;
}

/** Running experiments as the world has them, by whether a verdict or the reason for none is shown. */
function firstVerdicts({ results }: SandboxHouse) {
  const { read, total } = results.status().progress;
  return { read, total };
}

async function timeToAll(house: SandboxHouse, active: number, maxMs: number): Promise<number> {
  for (let atMs = 0; atMs <= maxMs; atMs += 1000) {
    const { read, total } = firstVerdicts(house);
    if (total >= active && read === total) return atMs;
    await house.clock.advance(1000);
  }
  return Number.POSITIVE_INFINITY;
}

describe('a cold start', () => {
  it.each(['sliding', 'fixed'] as const)(
    'shows every first verdict of 100 running experiments within 90 s, beside 3,000 stopped ones, and is never refused (%s windows)',
    async (windows) => {
      const house = await aHouse({ size: { active: 100, stopped: 3_000 }, windows });
      const tookMs = await timeToAll(house, 100, 5 * MINUTE_MS);
      expect(tookMs).toBeLessThanOrEqual(90_000);
      const report = house.sandbox.requests();
      expect(report.byStatus['429'] ?? 0).toBe(0);
      // What is at rest follows: all of it is listed, and none of it cost a first verdict its place.
      await house.clock.advance(3 * MINUTE_MS);
      expect(house.results.status().listed.read).toBeGreaterThanOrEqual(3_100);
      expect(house.sandbox.requests().byStatus['429'] ?? 0).toBe(0);
    },
  );

  it('grows with the number of running experiments, told as progress all the while', async () => {
    const house = await aHouse({ size: { active: 200, stopped: 0 } });
    await house.clock.advance(45_000);
    const early = firstVerdicts(house);
    expect(early.total).toBeGreaterThanOrEqual(200);
    expect(early.read).toBeGreaterThan(60);
    expect(early.read).toBeLessThan(early.total);
    const tookMs = 45_000 + (await timeToAll(house, 200, 5 * MINUTE_MS));
    expect(tookMs).toBeLessThanOrEqual(150_000);
    expect(house.sandbox.requests().byStatus['429'] ?? 0).toBe(0);
  });

  it('reads an experiment that somebody opens meanwhile before all others', async () => {
    const house = await aHouse({ size: { active: 100, stopped: 50 } });
    await house.clock.advance(10_000);
    const waiting = house.results
      .list()
      .readings.filter(({ analysis, experiment }) => !analysis && experiment.status === 'active');
    const last = waiting.at(-1)?.experiment;
    if (!last) expect.fail('all have been read already');
    house.results.subscribe([toQuestion(last.id)], () => undefined);
    await house.clock.advance(10_000);
    expect(house.results.find(toQuestion(last.id))?.analysis).not.toBeNull();
    expect(firstVerdicts(house).read).toBeLessThan(100);
  });
});
