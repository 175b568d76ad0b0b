import { toBuckets, type BucketUnit } from './buckets';
import type { GoalTruth } from './cohort-draws';
import { toDisjoint, type Interval } from './interval-set';
import { toPeople } from './people';
import {
  SEGMENT_VALUES,
  toCellValue,
  toPassing,
  type CellType,
  type SegmentFilter,
} from './segment-filter';
import { CELLS } from './segments';
import type { Source } from './source';
import { createTally, type ArmCounts, type Grouping } from './tally';
import { NEW_VISITS, RETURNING_VISITS } from './visit-bits';

export type Breakdown =
  | { readonly type: CellType | 'NEW_VISITOR' | 'CUSTOM_DATUM' }
  | { readonly type: 'INTERVAL'; readonly unit: BucketUnit };

export interface ReportQuestion {
  readonly intervals: readonly Interval[];
  readonly breakdown?: Breakdown;
  readonly filters: readonly SegmentFilter[];
  readonly goals: readonly GoalTruth[];
}

/** The key of the only row when nothing is broken down. */
export const TOTAL = '_reference';

/** Counts by row key, each by arm. `collected`: when the experiment collected, up to now, disjoint and sorted. */
export function createReport(
  source: Source,
  arms: number,
  collected: readonly Interval[],
  { intervals: asked, filters, goals, breakdown }: ReportQuestion,
): Map<string, ArmCounts[]> {
  const intervals = collected.flatMap((window) => toDisjoint(asked, window));
  const { grouping, allowed, people } = toPassing(filters);
  const rows = new Map<string, ArmCounts[]>();

  const addRows = (
    keys: readonly string[],
    part: {
      readonly intervals?: readonly Interval[];
      readonly grouping?: Grouping;
      readonly allowed?: number;
      readonly people?: number;
    },
  ): void => {
    const whole = { intervals, grouping, allowed, people, ...part };
    const tally = createTally(keys.length, arms, goals);
    if (whole.allowed !== 0 && whole.people !== 0) source({ ...whole, goals }, tally);
    keys.forEach((key, i) => rows.set(key, tally[i]!));
  };

  if (breakdown === undefined) {
    addRows([TOTAL], {});
  } else if (breakdown.type === 'INTERVAL') {
    for (const bucket of toBuckets(intervals, breakdown.unit)) {
      addRows([bucket.key], { intervals: toDisjoint(intervals, bucket) });
    }
  } else if (breakdown.type === 'NEW_VISITOR') {
    addRows(['NEW'], { allowed: allowed & NEW_VISITS });
    addRows(['RETURNING'], { allowed: allowed & RETURNING_VISITS });
  } else if (breakdown.type === 'CUSTOM_DATUM') {
    for (const value of SEGMENT_VALUES.CUSTOM_DATUM) {
      addRows([value], { people: people & toPeople(value) });
    }
  } else {
    const { type } = breakdown;
    const keys = SEGMENT_VALUES[type];
    const own = CELLS.map((cell, i) =>
      grouping[i] === 0 ? keys.indexOf(toCellValue(cell, type)) : -1,
    );
    addRows(keys, { grouping: own });
  }
  return rows;
}
