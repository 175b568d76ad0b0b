import { plannedSample } from '@/tests/bench/peeking/planned-sample';
import { product } from '@/tests/bench/peeking/product';
import type { Scenario } from '@/tests/bench/peeking/run-chunk';
import { plainWorld } from '@/tests/bench/peeking/world';

/** A true difference, watched at 100 looks up to twice the sample that a fixed test needs for 80 %. */
export interface Effect {
  readonly scenario: Scenario;
  /** People of the whole experiment. */
  readonly plan: number;
  /** Whether the limits of power hold: they are set for even splits of two arms. */
  readonly isEven: boolean;
}

const TRUTHS: readonly (readonly [
  id: string,
  rates: readonly number[],
  weights: readonly number[],
])[] = [
  ['plus-10-of-5', [0.05, 0.055], [0.5, 0.5]],
  ['minus-10-of-5', [0.05, 0.045], [0.5, 0.5]],
  ['plus-20-of-1', [0.01, 0.012], [0.5, 0.5]],
  ['plus-5-of-20', [0.2, 0.21], [0.5, 0.5]],
  ['plus-4-of-50', [0.5, 0.52], [0.5, 0.5]],
  ['plus-50-of-0.2', [0.002, 0.003], [0.5, 0.5]],
  ['plus-100-of-2', [0.02, 0.04], [0.5, 0.5]],
  ['plus-10-at-90-10', [0.05, 0.055], [0.9, 0.1]],
  ['minus-10-at-90-10', [0.05, 0.045], [0.9, 0.1]],
  ['plus-50-at-95-5', [0.01, 0.015], [0.95, 0.05]],
  ['plus-10-of-three', [0.05, 0.055, 0.05], [1 / 3, 1 / 3, 1 / 3]],
];

/** Looks up to the plan; as many again follow. */
const TO_PLAN = 50;

export const effects = (experiments: number): readonly Effect[] =>
  TRUTHS.map(([id, rates, weights]) => {
    const visitorsPerLook = Math.ceil(plannedSample(rates, weights) / TO_PLAN);
    const plan = visitorsPerLook * TO_PLAN;
    const share = (weights[0] ?? 0) + (weights[1] ?? 0);
    const marks = [TO_PLAN - 1, 2 * TO_PLAN - 1];
    return {
      plan,
      isEven: weights.length === 2 && weights[0] === weights[1],
      scenario: {
        id,
        world: plainWorld({ weights, rates, looks: 2 * TO_PLAN, visitorsPerLook }),
        experiments,
        seats: [
          { id: 'open', create: product, plan: { plannedVisitors: plan * share, marks } },
          { id: 'planned', create: product, plan: { plannedEnd: plan, marks } },
        ],
      },
    };
  });
