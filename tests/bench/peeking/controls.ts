import { ruleJudge } from '@/tests/bench/peeking/rule-judge';
import { deltaLiftSequence, fixedZ, unpooledSequence } from '@/tests/bench/peeking/rules';
import type { Scenario } from '@/tests/bench/peeking/run-chunk';
import { plainWorld } from '@/tests/bench/peeking/world';

/** A scenario that must come out wrong, and between which shares: else the harness is blind. */
export interface Control {
  readonly scenario: Scenario;
  readonly low: number;
  readonly high: number;
}

const EVEN = [0.5, 0.5];

/** Armitage, McPherson & Rowe 1969: how often a fixed test at 5 % is "significant" at any of so many looks. */
const ARMITAGE: readonly (readonly [looks: number, share: number])[] = [
  [1, 0.05],
  [5, 0.142],
  [10, 0.193],
  [20, 0.248],
  [50, 0.32],
  [100, 0.374],
];
const TOLERANCE = 0.015;
/** Chance alone moves a share by .35 points at most. */
const ENOUGH = 20_000;

export function controls(experiments: number): readonly Control[] {
  const fixed = ARMITAGE.map(([looks, share]): Control => {
    // Equal batches, large enough for the normal law the published figures rest on.
    const world = plainWorld({ weights: EVEN, rates: [0.5, 0.5], looks, visitorsPerLook: 1_000 });
    const seats = [{ id: 'rule', create: ruleJudge(fixedZ) }];
    return {
      scenario: { id: `fixed-${looks}`, world, experiments: ENOUGH, seats },
      low: share - TOLERANCE,
      high: share + TOLERANCE,
    };
  });
  const seatOf = (create: Scenario['seats'][number]['create']) => [{ id: 'rule', create }];
  const few = Math.min(experiments, 2_000);
  return [
    ...fixed,
    {
      scenario: {
        id: 'unpooled',
        world: plainWorld({
          weights: [0.95, 0.05],
          rates: [0.01, 0.01],
          looks: 100,
          visitorsPerLook: 500,
        }),
        experiments,
        seats: seatOf(ruleJudge(unpooledSequence(10_000))),
      },
      low: 0.3,
      high: 1,
    },
    {
      scenario: {
        id: 'delta-lift',
        world: plainWorld({
          weights: EVEN,
          rates: [0.05, 0.05],
          looks: 5_000,
          visitorsPerLook: 1,
        }),
        experiments: few,
        seats: seatOf(ruleJudge(deltaLiftSequence(10_000))),
      },
      low: 0.3,
      high: 1,
    },
    {
      scenario: {
        id: 'ramp',
        // Totals over a split that was changed from 10 to 50 % while the rate drifted from 4 to 6 % (Simpson).
        world: plainWorld({
          weights: EVEN,
          rates: [0.05, 0.05],
          looks: 100,
          visitorsPerLook: 4_000,
          weightsAt: (look) => (look < 50 ? [0.9, 0.1] : EVEN),
          ratesAt: (look) => [0.04 + 0.0002 * look, 0.04 + 0.0002 * look],
        }),
        experiments: few,
        seats: seatOf(ruleJudge(unpooledSequence(10_000))),
      },
      low: 0.9,
      high: 1,
    },
  ];
}
