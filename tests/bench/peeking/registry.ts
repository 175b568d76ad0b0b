import { controls } from '@/tests/bench/peeking/controls';
import { effects } from '@/tests/bench/peeking/effects';
import { layered } from '@/tests/bench/peeking/layered';
import { lives } from '@/tests/bench/peeking/life';
import { nothing } from '@/tests/bench/peeking/nothing';
import { rivals } from '@/tests/bench/peeking/rivals';
import type { Tally } from '@/tests/bench/peeking/tally';
import { runChunk } from '@/tests/bench/peeking/run-chunk';
import { runLayeredChunk } from '@/tests/bench/peeking/run-layered';

/** How many experiments a scenario gets. */
export interface Scale {
  readonly experiments: number;
  /** Of the scenarios that go through every layer, which cost more a look. */
  readonly layered: number;
  readonly lives: number;
}

export const FULL: Scale = { experiments: 10_000, layered: 4_000, lives: 20_000 };
export const QUICK: Scale = { experiments: 2_000, layered: 500, lives: 2_000 };

export interface Job {
  readonly experiments: number;
  readonly run: (seed: number, chunk: number, experiments: number) => Record<string, Tally>;
}

/** Every scenario by its id: what workers look up, so that only names and numbers travel. */
export function registry(scale: Scale): ReadonlyMap<string, Job> {
  const plain = [
    ...controls(scale.experiments).map(({ scenario }) => scenario),
    ...nothing(scale.experiments).map(({ scenario }) => scenario),
    ...effects(scale.experiments).map(({ scenario }) => scenario),
    ...rivals(scale.experiments),
    ...lives(scale.lives).map(({ scenario }) => scenario),
  ];
  const jobs = new Map<string, Job>();
  for (const scenario of plain)
    jobs.set(scenario.id, {
      experiments: scenario.experiments,
      run: (...given) => runChunk(scenario, ...given),
    });
  for (const scenario of layered(scale.layered))
    jobs.set(scenario.id, {
      experiments: scenario.experiments,
      run: (...given) => runLayeredChunk(scenario, ...given),
    });
  return jobs;
}
