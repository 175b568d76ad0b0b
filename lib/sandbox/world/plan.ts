import type { GoalTruth } from './cohort-draws';
import type { Deserved } from './deserved';
import type { Country } from './segments';
import type { Stream } from './stream';

/** What the catalogue says of a site, a goal and an experiment: the hidden truth included. */
export interface SitePlan {
  readonly id: number;
  /** Ten lower-case alphanumerics. */
  readonly code: string;
  readonly name: string;
  readonly url: string;
}

export type GoalType = 'CLICK' | 'CUSTOM' | 'PAGE_VIEWS' | 'SCROLL' | 'TIME_SPENT' | 'URL';

export interface GoalPlan extends GoalTruth {
  readonly siteId: number;
  readonly name: string;
  readonly type: GoalType;
  readonly params?: Readonly<Record<string, unknown>>;
}

export type ExperimentStatus = 'draft' | 'active' | 'paused' | 'stopped';

export interface ExperimentPlan {
  readonly id: number;
  readonly siteId: number;
  readonly name: string;
  readonly description: string;
  readonly status: ExperimentStatus;
  readonly type: 'AI' | 'CLASSIC' | 'DEVELOPER' | 'SDK_HYBRID';
  readonly allocation: 'MANUAL' | 'MULTI_ARMED_BANDIT';
  readonly baseUrl: string | null;
  /** True: arm 0 is the original. False: all arms are variations. */
  readonly hasOriginal: boolean;
  readonly variations: readonly { readonly id: number; readonly name: string }[];
  /** The split as configured now, by arm (0 to 1). */
  readonly configured: readonly number[];
  /** Goal ids; the first is the main goal. */
  readonly goals: readonly number[];
  readonly createdMs: number;
  /** Absent for a draft. */
  readonly launchMs?: number;
  /** When it stopped collecting: paused or stopped. */
  readonly endMs?: number;
  /** When the split was last set. */
  readonly splitSetMs: number;
  readonly streams: readonly Stream[];
  /** Instead of streams: an experiment without a story, counted in closed form. */
  readonly plain?: PlainTruth;
  readonly deserved: Deserved;
}

/** One steady truth from the launch to the end. */
export interface PlainTruth {
  /** Where all its people come from: a third of the cells, a third of the work. */
  readonly country: Country;
  /** New visitors a day over all arms, on an average day. */
  readonly visitorsPerDay: number;
  /** By goal id: share of visitors (0 to 1) of each arm who convert sooner or later. */
  readonly rates: Readonly<Record<number, readonly number[]>>;
  /** The same for goals that are not among them: those somebody adds while it runs. */
  readonly ratesOf?: (goalId: number) => readonly number[];
}

export function countArms(plan: ExperimentPlan): number {
  return plan.variations.length + (plan.hasOriginal ? 1 : 0);
}
