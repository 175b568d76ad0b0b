import { binomial, multinomial } from '@/tests/bench/peeking/binomial';
import type { Random } from '@/tests/bench/peeking/random';
import type { ArmReport, Reports } from '@/tests/bench/peeking/reports';
import { GOALS, toExperiment, toSnapshot } from '@/tests/bench/peeking/reports';
import { lookAtMs, returning } from '@/tests/bench/peeking/returning';

/** A/A seen through every layer that can withhold a call: reports, proof of the unit, split, goals, families. */
export interface Layered {
  readonly id: string;
  readonly experiments: number;
  readonly weights: readonly number[];
  readonly rates: readonly number[];
  readonly visitors: number;
  /** Whether believing the counts as they come would go wrong. */
  readonly isDoubtful: boolean;
  readonly start: (random: Random) => (look: number) => Reports;
}

export const LAYERED_LOOKS = 100;
const PER_LOOK = 500;
const CHANGE = 50;

export function layered(experiments: number): readonly Layered[] {
  const base = { experiments, visitors: PER_LOOK * LAYERED_LOOKS, isDoubtful: false };
  const two = { ...base, weights: [0.5, 0.5], rates: [0.05, 0.05] };
  const back = (
    id: string,
    repeat: number,
    isHonest: boolean,
    hasFirstVisits: boolean,
  ): Layered => ({
    ...two,
    id,
    isDoubtful: !isHonest,
    start: returning({ repeat, isHonest, hasFirstVisits }),
  });
  const five = [0.2, 0.2, 0.2, 0.2, 0.2];
  return [
    back('repeat-10', 0.1, false, true),
    back('repeat-30', 0.3, false, true),
    back('repeat-50', 0.5, false, true),
    back('repeat-50-alone', 0.5, false, false),
    back('repeat-30-people', 0.3, true, true),
    { ...two, id: 'goal-switched', start: goals([0.5, 0.5], true) },
    {
      ...base,
      id: 'goals-3-arms-5',
      weights: five,
      rates: five.map(() => 0.05),
      start: goals(five, false),
    },
    {
      ...two,
      visitors: 400_000,
      isDoubtful: true,
      id: 'split-changed',
      start: changing(false),
    },
    { ...two, visitors: 400_000, id: 'split-restarted', start: changing(true) },
  ];
}

const sound = (atMs: number, arms: readonly ArmReport[], sinceMs?: number) => ({
  people: toSnapshot('visitors', atMs, arms, sinceMs),
  // A report of visits shows one repeat, which proves that the other counts people.
  visits: toSnapshot(
    'visits',
    atMs,
    arms.map((arm) => ({ ...arm, converted: arm.converted.map((count) => count + 1) })),
    sinceMs,
  ),
  first: null,
});

/** Three goals, each a step further than the one before; the main one may be another from half way on. */
const goals = (weights: readonly number[], isSwitched: boolean) => {
  const before = toExperiment(weights);
  const after = toExperiment(weights, { mainGoalId: GOALS[1] ?? null });
  return (random: Random) => {
    const totals = weights.map(() => ({ n: 0, x: [0, 0, 0] }));
    return (look: number): Reports => {
      const arrived = multinomial(random, PER_LOOK, weights);
      totals.forEach((arm, place) => {
        const n = arrived[place] ?? 0;
        arm.n += n;
        // Clicks, carts, orders: 20 %, half of those, half of those.
        let reached = n;
        [0.2, 0.5, 0.5].forEach((share, goal) => {
          reached = binomial(random, reached, share);
          arm.x[2 - goal] = (arm.x[2 - goal] ?? 0) + reached;
        });
      });
      const arms = totals.map(({ n, x }) => ({ visitors: n, visits: 2 * n, converted: [...x] }));
      const experiment = isSwitched && look >= CHANGE ? after : before;
      return { experiment, ...sound(lookAtMs(look), arms) };
    };
  };
};

/** The split goes from 90/10 to 50/50 half way, while the rate drifts from 4 to 6 %. */
const changing = (isRestarted: boolean) => {
  const changedAtMs = lookAtMs(CHANGE) - 1;
  const before = toExperiment([0.9, 0.1]);
  const after = toExperiment([0.5, 0.5], { splitChangedAtMs: changedAtMs });
  return (random: Random) => {
    let totals = [0, 1].map(() => ({ n: 0, x: 0 }));
    return (look: number): Reports => {
      const isAfter = look >= CHANGE;
      if (isRestarted && look === CHANGE) totals = totals.map(() => ({ n: 0, x: 0 }));
      const rate = 0.04 + 0.0002 * look;
      const arrived = multinomial(random, 4_000, isAfter ? [0.5, 0.5] : [0.9, 0.1]);
      totals.forEach((arm, place) => {
        const n = arrived[place] ?? 0;
        arm.n += n;
        arm.x += binomial(random, n, rate);
      });
      const arms = totals.map(({ n, x }) => ({ visitors: n, visits: 2 * n, converted: [x] }));
      const sinceMs = isAfter && isRestarted ? changedAtMs : undefined;
      return { experiment: isAfter ? after : before, ...sound(lookAtMs(look), arms, sinceMs) };
    };
  };
};
