import type { CreateJudge, JudgeContext } from '@/tests/bench/peeking/judge';
import { createRandom, hashSeed } from '@/tests/bench/peeking/random';
import type { Tally } from '@/tests/bench/peeking/tally';
import type { Counts, World } from '@/tests/bench/peeking/world';

/** A rule with the plan it is given. */
export interface Seat {
  readonly id: string;
  readonly create: CreateJudge;
  readonly plan?: Partial<Omit<JudgeContext, 'world'>>;
}

export interface Scenario {
  readonly id: string;
  readonly world: World;
  readonly experiments: number;
  /** All of them watch the very same counts. */
  readonly seats: readonly Seat[];
}

/** N* where nobody planned (statistics A12.2). */
const UNPLANNED = { plannedVisitors: 10_000, plannedEnd: null, marks: [] };

/** Experiments a chunk holds: its seed is its own, so the outcome does not depend on who runs it. */
export const CHUNK = 250;

/** One chunk of one scenario: tallies by seat. Deterministic in seed, scenario and chunk. */
export function runChunk(
  scenario: Scenario,
  seed: number,
  chunk: number,
  experiments: number,
): Record<string, Tally> {
  const { world, seats } = scenario;
  const random = createRandom(hashSeed(`${seed}:${scenario.id}`, chunk));
  const open = seats.map(({ id, create, plan }) => ({
    id,
    begin: create({ world, ...UNPLANNED, ...plan }),
    tally: {} as Tally,
  }));
  for (let i = 0; i < experiments; i += 1) {
    const totals: Counts[] = world.weights.map(() => ({ n: 0, x: 0 }));
    const unfold = world.start(random);
    const judges = open.map(({ begin }) => begin());
    for (let look = 0; look < world.looks; look += 1) {
      unfold(look, totals);
      const atMs = world.atMs(look);
      for (const judge of judges) judge.look(look, atMs, totals);
    }
    judges.forEach((judge, place) => judge.end(open[place]?.tally ?? {}));
  }
  return Object.fromEntries(open.map(({ id, tally }) => [id, tally]));
}
