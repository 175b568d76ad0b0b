import { addCounts } from './count';
import { ALL_VISITS, NEW_VISITS, RETURNING_VISITS } from './visit-bits';
import { toBuckets, type BucketUnit } from './buckets';
import type { GoalTruth } from './cohort-draws';
import type { Cohorts } from './cohorts';
import { createHourMask, toDisjoint, type Interval } from './interval-set';
import { BROWSERS, CELLS, COUNTRIES, DEVICES, type Cell } from './segments';
import { createTally, ONE_GROUP, type ArmCounts, type Grouping } from './tally';

export type SegmentType = 'BROWSER' | 'COUNTRY' | 'DEVICE_TYPE' | 'NEW_VISITOR';

export type Breakdown =
  | { readonly type: CellType }
  | { readonly type: 'NEW_VISITOR' }
  | { readonly type: 'INTERVAL'; readonly unit: BucketUnit };

export interface SegmentFilter {
  readonly type: SegmentType;
  /** Upper-case values; for NEW_VISITOR: NEW or RETURNING. */
  readonly values: readonly string[];
  /** False: everybody but these. */
  readonly include: boolean;
}

export interface ReportQuestion {
  readonly intervals: readonly Interval[];
  readonly breakdown?: Breakdown;
  readonly filters: readonly SegmentFilter[];
  readonly goals: readonly GoalTruth[];
}

/** The key of the only row when nothing is broken down. */
export const TOTAL = '_reference';

/** Which visits one group of rows is about. */
export interface ReportPart {
  /** Disjoint and sorted. */
  readonly intervals: readonly Interval[];
  readonly goals: readonly GoalTruth[];
  readonly grouping: Grouping;
  /** NEW_VISITS, RETURNING_VISITS or ALL_VISITS. */
  readonly allowed: number;
}

/** Where counts come from: adds those of a part to a tally by [group][arm]. */
export type Source = (part: ReportPart, tally: readonly ArmCounts[][]) => void;

/** People drawn hour by hour. */
export function createStreamSource(streams: readonly Cohorts[]): Source {
  return ({ intervals, ...rest }, tally) => {
    const mask = createHourMask(intervals);
    if (mask === undefined) return;
    for (const cohorts of streams) addCounts(cohorts, { ...rest, mask }, tally);
  };
}

/** Counts by row key, each by arm. The window is when the experiment collected, up to now. */
export function createReport(
  source: Source,
  arms: number,
  window: Interval,
  question: ReportQuestion,
): Map<string, ArmCounts[]> {
  const intervals = toDisjoint(question.intervals, window);
  const grouping = toGrouping(question.filters);
  const allowed = toAllowed(question.filters);
  const rows = new Map<string, ArmCounts[]>();

  const addRows = (
    keys: readonly string[],
    within: readonly Interval[],
    cells: Grouping,
    visits: number,
  ) => {
    const tally = createTally(keys.length, arms, question.goals);
    if (visits !== 0) {
      const { goals } = question;
      source({ intervals: within, goals, grouping: cells, allowed: visits }, tally);
    }
    keys.forEach((key, i) => rows.set(key, tally[i]!));
  };

  const { breakdown } = question;
  if (breakdown === undefined) {
    addRows([TOTAL], intervals, grouping, allowed);
  } else if (breakdown.type === 'INTERVAL') {
    for (const bucket of toBuckets(intervals, breakdown.unit)) {
      addRows([bucket.key], toDisjoint(intervals, bucket), grouping, allowed);
    }
  } else if (breakdown.type === 'NEW_VISITOR') {
    addRows(['NEW'], intervals, grouping, allowed & NEW_VISITS);
    addRows(['RETURNING'], intervals, grouping, allowed & RETURNING_VISITS);
  } else {
    const { type } = breakdown;
    const keys = SEGMENT_VALUES[type];
    const rowOf = (cell: Cell, i: number) =>
      grouping[i] === 0 ? keys.indexOf(toValue(cell, type)) : -1;
    addRows(keys, intervals, CELLS.map(rowOf), allowed);
  }
  return rows;
}

type CellType = Exclude<SegmentType, 'NEW_VISITOR'>;

/** All values of each type, as they are the keys of its rows. */
export const SEGMENT_VALUES: Readonly<Record<SegmentType, readonly string[]>> = {
  BROWSER: BROWSERS,
  COUNTRY: COUNTRIES,
  DEVICE_TYPE: DEVICES,
  NEW_VISITOR: ['NEW', 'RETURNING'],
};

function toValue(cell: Cell, type: CellType): string {
  return { BROWSER: cell.browser, COUNTRY: cell.country, DEVICE_TYPE: cell.device }[type];
}

/** 0 for the cells that pass all filters, -1 for the others. */
function toGrouping(filters: readonly SegmentFilter[]): Grouping {
  if (filters.every(({ type }) => type === 'NEW_VISITOR')) return ONE_GROUP;
  return CELLS.map((cell) =>
    filters.every(
      ({ type, values, include }) =>
        type === 'NEW_VISITOR' || values.includes(toValue(cell, type)) === include,
    )
      ? 0
      : -1,
  );
}

function toAllowed(filters: readonly SegmentFilter[]): number {
  let allowed = ALL_VISITS;
  for (const { type, values, include } of filters) {
    if (type !== 'NEW_VISITOR') continue;
    const named =
      (values.includes('NEW') ? NEW_VISITS : 0) |
      (values.includes('RETURNING') ? RETURNING_VISITS : 0);
    allowed &= include ? named : ALL_VISITS & ~named;
  }
  return allowed;
}
