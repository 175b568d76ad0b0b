import type { ExperimentPlan, GoalPlan, SitePlan } from '@/lib/sandbox/world/plan';
import { createPlainCatalogue, type WorldSize } from '@/lib/sandbox/world/plain/plain-catalogue';
import { tellBank } from './bank';
import { createCalendar } from './calendar';
import { tellInsurance } from './insurance';
import { tellShop } from './shop';
import { GOALS, SITES } from './sites';

export interface Catalogue {
  readonly sites: readonly SitePlan[];
  readonly goals: readonly GoalPlan[];
  readonly experiments: readonly ExperimentPlan[];
}

/** Everything there is, with dates relative to the epoch. The stories do not depend on the size. */
export function createCatalogue(epochMs: number, seed: number, size?: WorldSize): Catalogue {
  const calendar = createCalendar(epochMs);
  const experiments = [tellInsurance, tellBank, tellShop].flatMap((tell) => tell(calendar));
  if (size === undefined || size.active + size.stopped === 0) {
    return { sites: SITES, goals: GOALS, experiments };
  }
  const plain = createPlainCatalogue(calendar, seed, size);
  return {
    sites: [...SITES, ...plain.sites],
    goals: [...GOALS, ...plain.goals],
    experiments: [...experiments, ...plain.experiments],
  };
}
