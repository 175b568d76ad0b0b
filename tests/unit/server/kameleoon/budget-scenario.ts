import fc from 'fast-check';
import type { World } from '@/tests/unit/server/kameleoon/budget-world';
import { createWorld } from '@/tests/unit/server/kameleoon/budget-world';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A stretch of time, and what ends it. */
export interface Phase {
  readonly people: number;
  readonly reports: number;
  readonly forMs: number;
  /** Requests of a neighbour at its beginning. */
  readonly beside: number;
  readonly then: 'on' | 'clock' | 'restart';
  /** What the wall clock is set by: while it runs (`clock`), or while nothing does (`restart`). */
  readonly stepMs: number;
  readonly goneMs: number;
}

export interface Scenario {
  readonly seed: number;
  readonly kind: 'sliding' | 'fixed';
  readonly phaseMs: number;
  readonly stalls: number;
  readonly lost: number;
  readonly cancelled: number;
  readonly phases: readonly Phase[];
}

export const scenarios = (
  longestMs: number,
  endings: readonly Phase['then'][],
): fc.Arbitrary<Scenario> =>
  fc.record({
    seed: fc.nat(),
    kind: fc.constantFrom('sliding', 'fixed'),
    phaseMs: fc.nat({ max: HOUR_MS }),
    stalls: fc.constantFrom(0.01, 0.2, 1),
    lost: fc.constantFrom(0, 0.02, 0.3),
    cancelled: fc.constantFrom(0, 0.1),
    phases: fc.array(
      fc.record({
        people: fc.nat({ max: 14 }),
        reports: fc.nat({ max: 10 }),
        forMs: fc.oneof(fc.nat({ max: 15_000 }), fc.nat({ max: longestMs })),
        beside: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.nat({ max: 50 })),
        then: fc.constantFrom(...endings),
        stepMs: fc.oneof(
          fc.integer({ min: -15_000, max: 15_000 }),
          fc.integer({ min: -2 * HOUR_MS, max: 2 * HOUR_MS }),
        ),
        goneMs: fc.oneof(fc.nat({ max: 15_000 }), fc.nat({ max: 10 * MINUTE_MS })),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  });

/** Lets a world live through it; `atEnd` of each life, when everybody has been served or has given up. */
export async function play(
  scenario: Scenario,
  atEndOfLife: (world: World) => void,
  patienceMs?: readonly [number, number],
): Promise<World> {
  const { seed, kind, phaseMs, stalls, lost, cancelled } = scenario;
  const world = createWorld({
    seed,
    server: { kind, phaseMs },
    stalls,
    lost,
    cancelled,
    backOffMs: 15_000,
    ...(patienceMs && { patienceMs }),
  });
  const { clock } = world;
  await world.start();
  for (const { people, reports, forMs, beside, then, stepMs, goneMs } of scenario.phases) {
    const untilMs = clock.monotonicMs() + forMs;
    world.spendBeside(beside);
    for (let i = 0; i < people; i += 1) void world.demand('people', untilMs);
    for (let i = 0; i < reports; i += 1) void world.demand('reports', untilMs);
    await clock.advance(forMs);
    if (then === 'clock') clock.stepWall(stepMs);
    if (then !== 'restart') continue;
    atEndOfLife(world);
    await world.kill();
    clock.stepWall(stepMs);
    await clock.advance(goneMs);
    await world.start();
  }
  return world;
}
