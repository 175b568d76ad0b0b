import { plannedSample } from '@/tests/bench/peeking/planned-sample';
import { product } from '@/tests/bench/peeking/product';
import { ruleJudge } from '@/tests/bench/peeking/rule-judge';
import { chanceRule, eppo, fixedZ, growthbook, statsig } from '@/tests/bench/peeking/rules';
import type { Scenario, Seat } from '@/tests/bench/peeking/run-chunk';
import { plainWorld } from '@/tests/bench/peeking/world';

/** A/A worlds in which every rule watches the same counts. */
const WORLDS = {
  even: { rate: 0.05, weights: [0.5, 0.5], visitors: 20_000 },
  uneven: { rate: 0.05, weights: [0.9, 0.1], visitors: 50_000 },
  extreme: { rate: 0.01, weights: [0.95, 0.05], visitors: 50_000 },
  few: { rate: 0.005, weights: [0.5, 0.5], visitors: 10_000 },
} as const;

export type RivalWorld = keyof typeof WORLDS;
export const RIVAL_WORLDS = Object.keys(WORLDS) as readonly RivalWorld[];

const LOOKS = 100;

const seats = (plan: number, share: number, marks: readonly number[]): readonly Seat[] => [
  { id: 'ours', create: product, plan: { plannedVisitors: plan * share, marks } },
  { id: 'ours-planned', create: product, plan: { plannedEnd: plan, marks } },
  { id: 'growthbook', create: ruleJudge(growthbook), plan: { marks } },
  { id: 'eppo', create: ruleJudge(eppo), plan: { marks } },
  { id: 'statsig', create: ruleJudge(statsig), plan: { marks } },
  { id: 'chance', create: ruleJudge(chanceRule), plan: { marks } },
  { id: 'fixed', create: ruleJudge(fixedZ), plan: { marks } },
];

/** Every rule on the same A/A data (ids `rivals-even`, ...), and on +10 % of 5 % up to twice the plan (`rivals-effect`). */
export function rivals(experiments: number): readonly Scenario[] {
  const rates = [0.05, 0.055];
  const perLook = Math.ceil(plannedSample(rates, [0.5, 0.5]) / (LOOKS / 2));
  const plan = perLook * (LOOKS / 2);
  return [
    ...RIVAL_WORLDS.map((id): Scenario => {
      const { rate, weights, visitors } = WORLDS[id];
      const visitorsPerLook = visitors / LOOKS;
      return {
        id: `rivals-${id}`,
        world: plainWorld({ weights, rates: [rate, rate], looks: LOOKS, visitorsPerLook }),
        experiments,
        seats: seats(visitors / 2, 1, []),
      };
    }),
    {
      id: 'rivals-effect',
      world: plainWorld({ weights: [0.5, 0.5], rates, looks: LOOKS, visitorsPerLook: perLook }),
      experiments,
      seats: seats(plan, 1, [LOOKS / 2 - 1, LOOKS - 1]),
    },
  ];
}
