import { describe, expect, it } from 'vitest';
import { toCoverage } from '@/tests/bench/arrival/coverage';
import { runTest } from '@/tests/bench/arrival/world';
import { ASKED_ON, WORLDS } from '@/tests/bench/arrival/worlds';
import { createRandom, hashSeed } from '@/tests/bench/peeking/random';

/** The bench (`npm run bench:arrival`) asks 2,000 tests of each world. */
const TESTS = 120;
const SEED = 'arrival in npm test';

const asked = (worlds: typeof WORLDS) =>
  worlds.flatMap((world) =>
    Array.from({ length: TESTS }, (_, i) =>
      runTest(world, ASKED_ON, createRandom(hashSeed(`${SEED} ${world.id}`, i))),
    ).flat(),
  );

// 360 tests, each asked three or four times of one course: a standard error of about 1.6 points.
describe('the range of 80 % in simulated tests whose true effect is the planned one', () => {
  it.each([
    ['without a planned end', ['50/50', '80/20', 'three arms']],
    ['with a planned end', ['50/50, planned end', '80/20, planned end', 'three arms, planned end']],
  ])('holds the moment of decision in about 80 of 100, %s', { timeout: 300_000 }, (_, ids) => {
    const worlds = WORLDS.filter(({ id }) => ids.includes(id));
    expect(worlds).toHaveLength(ids.length);
    const { said, within, early, late } = toCoverage(asked(worlds));
    expect(said).toBeGreaterThan(1_000);
    expect(within).toBeGreaterThan(0.75);
    expect(within).toBeLessThan(0.85);
    expect(early).toBeLessThan(0.14);
    expect(late).toBeLessThan(0.14);
  });

  it('is blind to nothing: ranges said for twice the true effect are left far more often', () => {
    const [world] = WORLDS;
    if (world === undefined) throw new Error('no world');
    const asks = Array.from({ length: TESTS }, (_, i) =>
      runTest(world, ASKED_ON, createRandom(hashSeed(SEED, i)), 2 * world.effect),
    ).flat();
    expect(toCoverage(asks).within).toBeLessThan(0.6);
  });
});
