import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  expectAllCounted,
  expectNothingLeft,
  expectOrderKept,
  expectWindowsKept,
  longestWaitWithRoom,
} from '@/tests/unit/server/kameleoon/budget-claims';
import { HOUR_MS } from '@/tests/unit/server/kameleoon/budget-judge';
import { play, scenarios } from '@/tests/unit/server/kameleoon/budget-scenario';
import type { World, WorldOptions } from '@/tests/unit/server/kameleoon/budget-world';
import { createWorld } from '@/tests/unit/server/kameleoon/budget-world';

const MINUTE_MS = 60_000;
const TIMEOUT_MS = 300_000;

const within = (times: readonly number[], fromMs: number, lengthMs: number): number =>
  times.filter((atMs) => atMs >= fromMs && atMs < fromMs + lengthMs).length;

/** Demand without end from a cold start, for that many hours. */
async function saturate(
  demand: { readonly people: number; readonly reports: number; readonly hours: number },
  options: Partial<WorldOptions> = {},
  beside?: (world: World) => void,
): Promise<World> {
  const world = createWorld({ seed: 11, backOffMs: 60_000, ...options });
  await world.start();
  beside?.(world);
  for (let i = 0; i < demand.people; i += 1) void world.demand('people', 1e12);
  for (let i = 0; i < demand.reports; i += 1) void world.demand('reports', 1e12);
  await world.clock.advance(demand.hours * HOUR_MS);
  return world;
}

describe('the budget over hours, whatever happens', () => {
  it(
    'keeps both windows of either kind of server: stalls, losses, neighbours, restarts, set clocks',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          scenarios(12 * MINUTE_MS, ['on', 'clock', 'restart']),
          async (scenario) => {
            const world = await play(scenario, expectAllCounted);
            expectWindowsKept(world, scenario.phaseMs);
            expectAllCounted(world);
            expectOrderKept(world);
            await expectNothingLeft(world);
          },
        ),
        { numRuns: 60, interruptAfterTimeLimit: 240_000, markInterruptAsFailure: true },
      );
    },
    TIMEOUT_MS,
  );

  it(
    'lets nobody wait a minute at the head of a lane while there is room',
    async () => {
      await fc.assert(
        fc.asyncProperty(scenarios(10 * MINUTE_MS, ['on', 'clock']), async (scenario) => {
          const world = await play(scenario, () => {}, [200_000, 200_000]);
          await world.clock.advance(200_000);
          const endMs = world.clock.monotonicMs();
          expect(longestWaitWithRoom(world, endMs)).toBeLessThanOrEqual(MINUTE_MS);
        }),
        { numRuns: 30, interruptAfterTimeLimit: 240_000, markInterruptAsFailure: true },
      );
    },
    TIMEOUT_MS,
  );

  it.each([
    { people: 0, reports: 8 },
    { people: 12, reports: 0 },
    { people: 12, reports: 8 },
  ])(
    'makes nine tenths of every hour usable under saturating demand: %o',
    async (demand) => {
      const world = await saturate({ ...demand, hours: 2 });
      expectWindowsKept(world, 1_234_567);
      expect(within(world.seen, 0, HOUR_MS)).toBeGreaterThanOrEqual(900);
      expect(within(world.seen, HOUR_MS, HOUR_MS)).toBeGreaterThanOrEqual(900);
      const { granted, total } = world.use();
      if (demand.people > 0) expect(granted.interactive).toBeGreaterThan(total / 2);
      if (demand.reports > 0)
        expect(granted.background + granted.started).toBeGreaterThan(total / 10);
    },
    TIMEOUT_MS,
  );

  it.each(
    (['sliding', 'fixed'] as const).flatMap((kind) => [
      { kind, atOnce: 1, people: 0 },
      { kind, atOnce: 35, people: 6 },
    ]),
  )(
    'meets few refusals, and no storm of them, beside a neighbour that takes half of the hour: %o',
    async ({ kind, atOnce, people }) => {
      const world = await saturate(
        { people, reports: 8, hours: 3 },
        { server: { kind, phaseMs: 1_234_000 } },
        ({ clock, spendBeside }) => {
          const spend = (): void => {
            spendBeside(atOnce);
            clock.setTimer(spend, atOnce * 7_200);
          };
          spend();
        },
      );
      const { seen, refused } = world;
      expect(seen.length).toBeGreaterThan(1_200);
      expect(refused.length).toBeLessThan(seen.length / 40);
      const worstMinute = Math.max(0, ...refused.map((atMs) => within(refused, atMs, MINUTE_MS)));
      expect(worstMinute).toBeLessThanOrEqual(5);
    },
    TIMEOUT_MS,
  );
});
