import { CELLS } from './segments';
import type { GoalTruth } from './cohort-draws';

export interface GoalCounts {
  conversions: number;
  /** Visits with at least one conversion. */
  convertedVisits: number;
  /** Unique visitors with at least one conversion. */
  convertedVisitors: number;
  revenueCents: number;
}

export interface ArmCounts {
  visits: number;
  visitors: number;
  /** In the order of the goals asked for. */
  goals: GoalCounts[];
}

/** Which cells count, and under which row of the answer: -1 leaves a cell out. */
export type Grouping = readonly number[];

export const ONE_GROUP: Grouping = CELLS.map(() => 0);

/** Empty counts by [group][arm]. */
export function createTally(
  groups: number,
  arms: number,
  goals: readonly GoalTruth[],
): ArmCounts[][] {
  return Array.from({ length: groups }, () =>
    Array.from({ length: arms }, () => ({
      visits: 0,
      visitors: 0,
      goals: goals.map(() => ({
        conversions: 0,
        convertedVisits: 0,
        convertedVisitors: 0,
        revenueCents: 0,
      })),
    })),
  );
}
