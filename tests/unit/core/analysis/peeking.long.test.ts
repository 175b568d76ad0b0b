import { describe, expect, it } from 'vitest';
import { effects } from '@/tests/bench/peeking/effects';
import { lives } from '@/tests/bench/peeking/life';
import { nothing } from '@/tests/bench/peeking/nothing';
import type { Scale } from '@/tests/bench/peeking/registry';
import { runAll } from '@/tests/bench/peeking/run-all';
import { runChunk } from '@/tests/bench/peeking/run-chunk';
import type { Tally } from '@/tests/bench/peeking/tally';

/** Between the quick test and `npm run bench:peeking`: nearly every scenario, some hundred experiments each. */
const SEED = 5;
const EXPERIMENTS = 500;
const TINY: Scale = { experiments: 300, layered: 10, lives: 300 };

const part = (tally: Tally | undefined, name: string): number =>
  (tally?.[name] ?? 0) / (tally?.experiments ?? 0);

/** A share that is truly `share` stays below this but once in a thousand times. */
const atMost = (share: number, experiments: number): number =>
  share + 3.1 * Math.sqrt((share * (1 - share)) / experiments);

describe('watched at every look', () => {
  it.each(
    nothing(EXPERIMENTS)
      .filter(({ scenario }) => scenario.world.looks <= 200)
      .map(({ scenario }) => [scenario.id, scenario] as const),
  )('nothing is called where there is no difference: %s', (_, scenario) => {
    const { open, planned } = runChunk(scenario, SEED, 0, EXPERIMENTS);
    expect(part(open, 'called')).toBeLessThanOrEqual(atMost(0.035, EXPERIMENTS));
    expect(part(planned, 'called')).toBeLessThanOrEqual(atMost(0.05, EXPERIMENTS));
  });

  it.each(effects(EXPERIMENTS).map((row) => [row.scenario.id, row] as const))(
    'a true difference lies within what is shown, and is found: %s',
    (_, { scenario, isEven }) => {
      const { open, planned } = runChunk(scenario, SEED, 0, EXPERIMENTS);
      for (const outcome of [open, planned]) {
        expect(part(outcome, 'missedDifference')).toBeLessThanOrEqual(atMost(0.05, EXPERIMENTS));
        expect(part(outcome, 'missedLift')).toBeLessThanOrEqual(atMost(0.05, EXPERIMENTS));
      }
      if (!isEven) return;
      expect(part(open, 'rightBy1')).toBeGreaterThan(1 - atMost(0.15, EXPERIMENTS));
      expect(part(planned, 'rightBy0')).toBeGreaterThan(1 - atMost(0.28, EXPERIMENTS));
    },
  );

  it.each(lives(EXPERIMENTS).map(({ scenario }) => [scenario.id, scenario] as const))(
    'a confirmed call is hardly ever taken back: %s',
    (id, scenario) => {
      const { open } = runChunk(scenario, SEED, 0, EXPERIMENTS);
      const limit = id.includes('-20') ? 0.0005 : 0.002;
      expect(open?.withdrawnConfirmed ?? 0).toBeLessThanOrEqual(
        atMost(limit, EXPERIMENTS) * EXPERIMENTS,
      );
    },
  );
});

it('one worker and two come to the same figures', async () => {
  const ids = ['fixed-10', 'rate-5', 'repeat-30', 'daily-10'];
  const given = { scale: TINY, seed: SEED, ids, onDone: () => undefined };
  const one = await runAll({ ...given, workers: 1 });
  const two = await runAll({ ...given, workers: 2 });
  expect([...two.keys()].sort()).toEqual([...ids].sort());
  for (const id of ids) expect(two.get(id)).toEqual(one.get(id));
}, 120_000);
