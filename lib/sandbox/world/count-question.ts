import type { GoalTruth } from './cohort-draws';
import type { HourMask } from './interval-set';
import type { Grouping } from './tally';

/** What is to be counted of a stream's people. */
export interface CountQuestion {
  readonly mask: HourMask;
  readonly goals: readonly GoalTruth[];
  readonly grouping: Grouping;
  /** Which visits count at all, as bits: NEW_VISITS, RETURNING_VISITS or ALL_VISITS. */
  readonly allowed: number;
  /** Which visitors count at all, as bits: NEW_CUSTOMERS, LOYAL or EVERYBODY. */
  readonly people: number;
  /** Nobody comes any more from here on, epoch ms; those who came may return. */
  readonly cutMs: number;
}
