import type { GoalTruth } from './cohort-draws';
import type { Cohorts } from './cohorts';
import { addCounts } from './count';
import { createHourMask, type Interval } from './interval-set';
import type { ArmCounts, Grouping } from './tally';

/** Which visits one group of rows is about. */
export interface ReportPart {
  /** Disjoint and sorted. */
  readonly intervals: readonly Interval[];
  readonly goals: readonly GoalTruth[];
  readonly grouping: Grouping;
  /** NEW_VISITS, RETURNING_VISITS or ALL_VISITS. */
  readonly allowed: number;
  /** NEW_CUSTOMERS, LOYAL or EVERYBODY. */
  readonly people: number;
}

/** Where counts come from: adds those of a part to a tally by [group][arm]. */
export type Source = (part: ReportPart, tally: readonly ArmCounts[][]) => void;

/** People drawn hour by hour; from `cutMs` on nobody comes any more. */
export function createStreamSource(streams: readonly Cohorts[], cutMs = Infinity): Source {
  return ({ intervals, ...rest }, tally) => {
    const mask = createHourMask(intervals);
    if (mask === undefined) return;
    for (const cohorts of streams) addCounts(cohorts, { ...rest, mask, cutMs }, tally);
  };
}
