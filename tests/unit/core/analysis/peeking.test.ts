import { describe, expect, it } from 'vitest';
import { analyse } from '@/lib/core/analysis/analyse';
import { startHistory } from '@/lib/core/analysis/history';
import { DEFAULT_METHOD } from '@/lib/core/experiment/question';
import { twoProportionTest } from '@/lib/core/stats/two-proportion-test';
import type { Arm } from './builders';
import { aLook, anExperiment, withWeights } from './builders';

/** Mulberry32: small, seeded, good enough to draw visitors with. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Exact binomial by waiting times: as many steps as successes. */
function binomial(random: () => number, n: number, p: number): number {
  if (p > 0.5) return n - binomial(random, n, 1 - p);
  const lnQ = Math.log1p(-p);
  let successes = 0;
  for (let at = 0; ; successes += 1) {
    at += Math.floor(Math.log(1 - random()) / lnQ) + 1;
    if (at > n) return successes;
  }
}

interface Scenario {
  readonly weights: readonly number[];
  readonly rates: readonly number[];
  readonly experiments: number;
  readonly looks: number;
  readonly visitorsPerLook: number;
  readonly seed: number;
}

/** Shares of experiments that were called at any look: by the product, and by a fixed z-test of the first variation. */
function watch({ weights, rates, experiments, looks, visitorsPerLook, seed }: Scenario) {
  const random = createRandom(seed);
  const experiment = withWeights(anExperiment(weights.length), weights);
  const count = { winner: 0, called: 0, blocked: 0, zTest: 0 };
  for (let i = 0; i < experiments; i += 1) {
    const totals = weights.map((): [number, number] => [0, 0]);
    let history = startHistory();
    const said = { winner: false, called: false, blocked: false, zTest: false };
    for (let look = 0; look < looks; look += 1) {
      let left = visitorsPerLook;
      let weightLeft = 1;
      totals.forEach((arm, place) => {
        const weight = weights[place] ?? 0;
        const isLast = place === weights.length - 1;
        const n = isLast ? left : binomial(random, left, weight / weightLeft);
        left -= n;
        weightLeft -= weight;
        arm[0] += n;
        arm[1] += binomial(random, n, rates[place] ?? 0);
      });
      // Every look lies past the seventh day, so that only the sequence protects.
      const next = aLook(
        totals.map(([n, x]): Arm => [n, x]),
        8 + look / 4,
      );
      const { snapshot } = next;
      const given = { experiment, history, method: DEFAULT_METHOD, proof: 'visitors' } as const;
      const { arms, verdict, health } = analyse({ ...given, snapshot });
      // The one thing of the history that a judgement rests on here.
      history = { ...history, splitP: health.split.sequentialP ?? history.splitP };
      const states = arms.map(({ comparison }) => comparison?.state);
      said.blocked ||= verdict.state === 'blocked';
      said.winner ||= states.includes('winner');
      said.called ||= states.includes('winner') || states.includes('loser');
      const [[nC, xC] = NONE, [nT, xT] = NONE] = totals;
      const fixed = twoProportionTest({ n: nC, x: xC }, { n: nT, x: xT });
      said.zTest ||= (fixed?.p ?? 1) < 0.05;
    }
    count.winner += Number(said.winner);
    count.called += Number(said.called);
    count.blocked += Number(said.blocked);
    count.zTest += Number(said.zTest);
  }
  return {
    winner: count.winner / experiments,
    called: count.called / experiments,
    blocked: count.blocked / experiments,
    zTest: count.zTest / experiments,
  };
}

const NONE = [0, 0] as const;

const base = { experiments: 400, looks: 60, visitorsPerLook: 333 };

describe('watched at every one of 60 looks', () => {
  it.each([
    { name: '50/50 at 5 %', weights: [0.5, 0.5], rates: [0.05, 0.05], seed: 1 },
    { name: '90/10 at 5 %', weights: [0.9, 0.1], rates: [0.05, 0.05], seed: 2 },
    {
      name: 'three arms at 5 %',
      weights: [1 / 3, 1 / 3, 1 / 3],
      rates: [0.05, 0.05, 0.05],
      seed: 3,
    },
  ])('experiments without a difference are called in at most 5 %: $name', (scenario) => {
    const { called, blocked, zTest } = watch({ ...base, ...scenario });
    if (process.env.SHOW_ACCURACY) console.log(scenario.name, { called, blocked, zTest });
    expect(called).toBeLessThanOrEqual(0.05);
    expect(blocked).toBeLessThanOrEqual(0.02);
    // The harness is not blind: a fixed test on the same data goes wrong far more often.
    expect(zTest).toBeGreaterThan(0.2);
  });

  it('a real difference of 25 % is found in most experiments', () => {
    const { winner } = watch({
      ...base,
      experiments: 100,
      visitorsPerLook: 500,
      weights: [0.5, 0.5],
      rates: [0.05, 0.0625],
      seed: 4,
    });
    expect(winner).toBeGreaterThan(0.8);
  });
});
