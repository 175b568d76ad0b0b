import type { ExperimentPlan } from '@/lib/sandbox/world/plan';
import { mix, Random } from '@/lib/sandbox/world/random';
import type { Stretch } from './stretches';
import { ORIGIN, toPlannedArms } from './subject';

/** Rates by arm of a goal, 0 to 1; empty for a goal nothing is known of. */
export type ToldRates = (goalId: number) => readonly number[] | undefined;

/** The truth of what nobody has told: seeded by the world and ids alone, so it never depends on who asks or when. */
export interface Truth {
  /** The variation that is better by far; undefined while no new one has got any visitors. */
  readonly best: string | undefined;
  /** New visitors a day over all arms, on an average day. */
  readonly visitorsPerDay: number;
  /** The true rate of a goal in each of these arms, 0 to 1. `told`: rates of the plan, by its arms. */
  ratesOf(goalId: number, keys: readonly string[], told?: ToldRates): readonly number[];
}

const TRAFFIC_SALT = 0x7aff;
const RATE_SALT = 0x4a7e;
const LIFT_SALT = 0x11f7;

/**
 * A created experiment has 2,400 to 6,000 new visitors a day and goals of 8 to 16 %. The first variation nobody told of
 * that ever gets visitors is 20 to 30 % better than the original, so that a try ends with a winner within two weeks;
 * those that join it differ by a few per cent, either way.
 */
export function createTruth(
  id: number,
  worldSeed: number,
  plan: ExperimentPlan | undefined,
  stretches: readonly Stretch[],
): Truth {
  const seed = mix(worldSeed, id);
  const planned = plan === undefined ? [] : toPlannedArms(plan);
  const isToldOf = plan?.launchMs !== undefined;
  const newcomers = [...new Set(stretches.flatMap(({ shares }) => [...shares.keys()]))].filter(
    (key) => key !== ORIGIN && !(isToldOf && planned.includes(key)),
  );

  function liftOf(key: string, goalId: number): number {
    if (key === ORIGIN) return 0;
    const random = new Random(mix(mix(seed, LIFT_SALT), Number(key)));
    const weight = 0.9 + 0.2 * new Random(mix(mix(seed, LIFT_SALT), goalId)).next();
    if (key === newcomers[0]) return weight * (0.22 + 0.05 * random.next());
    return weight * Math.max(-0.1, Math.min(0.1, 0.035 * random.normal()));
  }

  return {
    best: newcomers[0],
    visitorsPerDay: Math.round(2_400 + 3_600 * new Random(mix(seed, TRAFFIC_SALT)).next()),
    ratesOf: (goalId, keys, told) => {
      const known = told?.(goalId);
      const usual = 0.08 + 0.08 * new Random(mix(mix(seed, RATE_SALT), goalId)).next();
      const base = known?.[0] ?? usual;
      return keys.map((key) => {
        const arm = known === undefined ? -1 : planned.indexOf(key);
        return known?.[arm] ?? Math.min(0.95, base * (1 + liftOf(key, goalId)));
      });
    },
  };
}
