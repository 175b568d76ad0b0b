import type { ExperimentPlan, GoalPlan, SitePlan } from '@/lib/sandbox/world/plan';
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

/** Everything there is, with dates relative to the epoch. */
export function createCatalogue(epochMs: number): Catalogue {
  const calendar = createCalendar(epochMs);
  const experiments = [tellInsurance, tellBank, tellShop].flatMap((tell) => tell(calendar));
  return { sites: SITES, goals: GOALS, experiments };
}
