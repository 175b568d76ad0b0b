import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  expectAllCounted,
  expectNothingLeft,
  expectOrderKept,
  expectWindowsKept,
  longestWaitWithRoom,
} from '@/tests/unit/server/kameleoon/budget-claims';
import { play, scenarios } from '@/tests/unit/server/kameleoon/budget-scenario';
import { createWorld } from '@/tests/unit/server/kameleoon/budget-world';

const MINUTE_MS = 60_000;
/** Seconds when all is well; a failure is shrunk for up to a minute and a half, then printed with its seed. */
const TIMEOUT_MS = 120_000;

describe('the budget, whatever happens', () => {
  it(
    'keeps both windows of either kind of server: stalls, losses, neighbours, restarts, set clocks',
    async () => {
      await fc.assert(
        fc.asyncProperty(scenarios(MINUTE_MS, ['on', 'clock', 'restart']), async (scenario) => {
          const world = await play(scenario, expectAllCounted);
          expectWindowsKept(world, scenario.phaseMs);
          expectAllCounted(world);
          expectOrderKept(world);
          await expectNothingLeft(world);
        }),
        { numRuns: 12, interruptAfterTimeLimit: 90_000 },
      );
    },
    TIMEOUT_MS,
  );

  it(
    'lets nobody wait a minute at the head of a lane while there is room',
    async () => {
      await fc.assert(
        fc.asyncProperty(scenarios(2 * MINUTE_MS, ['on', 'clock']), async (scenario) => {
          const world = await play(scenario, () => {}, [200_000, 200_000]);
          await world.clock.advance(200_000);
          const endMs = world.clock.monotonicMs();
          expect(longestWaitWithRoom(world, endMs)).toBeLessThanOrEqual(MINUTE_MS);
        }),
        { numRuns: 8, interruptAfterTimeLimit: 90_000 },
      );
    },
    TIMEOUT_MS,
  );

  it('gives each priority a tenth at least of what is let out while both ask without end', async () => {
    const world = createWorld({ seed: 3, backOffMs: 20_000 });
    await world.start();
    for (let i = 0; i < 30; i += 1) {
      void world.demand('people', 3 * MINUTE_MS);
      void world.demand('reports', 3 * MINUTE_MS);
    }
    await world.clock.advance(3 * MINUTE_MS);
    const { granted, total } = world.use();
    expect(total).toBeGreaterThan(600);
    expect(granted.background + granted.started).toBeGreaterThan(total / 10);
    expect(granted.interactive).toBeGreaterThan(total / 2);
  });
});
