import { describe, expect, it } from 'vitest';
import { controls } from '@/tests/bench/peeking/controls';
import { effects } from '@/tests/bench/peeking/effects';
import { layered } from '@/tests/bench/peeking/layered';
import { lives } from '@/tests/bench/peeking/life';
import { nothing } from '@/tests/bench/peeking/nothing';
import type { Scenario } from '@/tests/bench/peeking/run-chunk';
import { runChunk } from '@/tests/bench/peeking/run-chunk';
import { runLayeredChunk } from '@/tests/bench/peeking/run-layered';
import type { Tally } from '@/tests/bench/peeking/tally';

/** The seeded, smaller twin of `npm run bench:peeking`; the larger one is `peeking.long.test.ts`. */
const SEED = 4;

const part = (tally: Tally | undefined, name: string): number =>
  (tally?.[name] ?? 0) / (tally?.experiments ?? 0);

function find<Row extends { readonly scenario: Scenario }>(rows: readonly Row[], id: string): Row {
  const row = rows.find(({ scenario }) => scenario.id === id);
  if (row === undefined) throw new Error(`no scenario ${id}`);
  return row;
}

describe('the simulation is not blind', () => {
  it.each([
    ['fixed-1', 3_000],
    ['fixed-10', 3_000],
    ['fixed-100', 2_000],
    ['unpooled', 200],
    ['delta-lift', 40],
    ['ramp', 40],
  ])('it sees that %s goes wrong as often as it must', (id, experiments) => {
    const { scenario, low, high } = find(controls(experiments), id);
    const called = part(runChunk(scenario, SEED, 0, experiments).rule, 'called');
    // Fewer experiments than the bench has: chance moves the share by up to 1.5 points more.
    expect(called).toBeGreaterThan(low - 0.015);
    expect(called).toBeLessThan(high + 0.015);
  });
});

describe('watched at every look, nothing is called where there is no difference', () => {
  it.each(['rate-5', 'split-90-10', 'arms-3', 'delayed'])(
    'in at least 95 of 100 experiments, with and without a planned end: %s',
    (id) => {
      const { open, planned } = runChunk(find(nothing(200), id).scenario, SEED, 0, 200);
      expect(part(open, 'called')).toBeLessThanOrEqual(0.05);
      expect(part(planned, 'called')).toBeLessThanOrEqual(0.06);
      expect(part(open, 'blocked')).toBeLessThanOrEqual(0.02);
    },
  );

  it('bots that all land in one arm are met by the split check and not by a call', () => {
    const { scenario } = find(nothing(50), 'bot-burst-one-arm');
    const { open } = runChunk(scenario, SEED, 0, 50);
    expect(part(open, 'blocked')).toBe(1);
    expect(part(open, 'called')).toBeLessThanOrEqual(0.05);
  });
});

describe('through every layer that can withhold a call', () => {
  const watch = (id: string, experiments: number): Record<string, Tally> => {
    const scenario = layered(experiments).find((row) => row.id === id);
    if (scenario === undefined) throw new Error(`no scenario ${id}`);
    return runLayeredChunk(scenario, SEED, 0, experiments);
  };

  it('people who convert again and are counted again make no false winners: first visits decide', () => {
    const { open, unguarded } = watch('repeat-50', 40);
    expect(part(unguarded, 'called')).toBeGreaterThan(0.2);
    expect(part(open, 'called')).toBeLessThanOrEqual(0.05);
    expect(part(open, 'withheld')).toBe(0);
  });

  it('where first visits cannot be had either, the call is withheld', () => {
    const { open } = watch('repeat-50-alone', 5);
    expect(part(open, 'withheld')).toBe(1);
    expect(part(open, 'called')).toBe(0);
  });

  it('a split that was changed under a drifting rate is blocked and not added up', () => {
    const { open, unguarded } = watch('split-changed', 20);
    expect(part(unguarded, 'called')).toBeGreaterThan(0.9);
    expect(part(open, 'blocked')).toBe(1);
    expect(part(open, 'called')).toBeLessThanOrEqual(0.05);
  });
});

describe('watched at every look, a true difference', () => {
  const { scenario } = find(effects(200), 'plus-10-of-5');
  const { open, planned } = runChunk(scenario, SEED, 0, 200);

  it('is called in most experiments, never the wrong way round', () => {
    expect(part(open, 'rightBy1')).toBeGreaterThan(0.8);
    expect(part(planned, 'rightBy0')).toBeGreaterThan(0.66);
    expect(part(open, 'wrong')).toBeLessThan(0.01);
  });

  it('lies within the intervals that are shown, at every look at once', () => {
    expect(part(open, 'missedDifference')).toBeLessThanOrEqual(0.05);
    expect(part(open, 'missedLift')).toBeLessThanOrEqual(0.05);
    expect(part(planned, 'missedLift')).toBeLessThanOrEqual(0.05);
  });

  it('keeps a call that was confirmed', () => {
    const { open: life } = runChunk(find(lives(200), 'daily-20').scenario, SEED, 0, 200);
    expect(part(life, 'confirmed')).toBeGreaterThan(0.9);
    expect(life?.withdrawnConfirmed ?? 0).toBe(0);
  });
});

it('the same seed gives the same experiments, and another chunk others', () => {
  const { scenario } = find(lives(20), 'daily-10');
  expect(runChunk(scenario, SEED, 3, 20)).toEqual(runChunk(scenario, SEED, 3, 20));
  expect(runChunk(scenario, SEED, 3, 20)).not.toEqual(runChunk(scenario, SEED, 4, 20));
});
