import { CUSTOM_VALUES, EVERYBODY, toPeople } from './people';
import { BROWSERS, CELLS, COUNTRIES, DEVICES, type Cell } from './segments';
import { ONE_GROUP, type Grouping } from './tally';
import { ALL_VISITS, NEW_VISITS, RETURNING_VISITS } from './visit-bits';

/** What visitors, or their visits, are told apart by. */
export type SegmentType = 'BROWSER' | 'COUNTRY' | 'CUSTOM_DATUM' | 'DEVICE_TYPE' | 'NEW_VISITOR';
export type CellType = 'BROWSER' | 'COUNTRY' | 'DEVICE_TYPE';

export interface SegmentFilter {
  readonly type: SegmentType;
  /** Upper-case values; for NEW_VISITOR: NEW or RETURNING. */
  readonly values: readonly string[];
  /** False: everybody but these. */
  readonly include: boolean;
}

/** All values of each type, as they are the keys of its rows. */
export const SEGMENT_VALUES: Readonly<Record<SegmentType, readonly string[]>> = {
  BROWSER: BROWSERS,
  COUNTRY: COUNTRIES,
  CUSTOM_DATUM: CUSTOM_VALUES,
  DEVICE_TYPE: DEVICES,
  NEW_VISITOR: ['NEW', 'RETURNING'],
};

/** What passes all filters: cells, visits and people. */
export interface Passing {
  /** 0 for the cells that pass, -1 for the others. */
  readonly grouping: Grouping;
  readonly allowed: number;
  readonly people: number;
}

export function toPassing(filters: readonly SegmentFilter[]): Passing {
  return {
    grouping: toGrouping(filters),
    allowed: toBits(filters, 'NEW_VISITOR', toVisits, ALL_VISITS),
    people: toBits(filters, 'CUSTOM_DATUM', toPeople, EVERYBODY),
  };
}

export function toCellValue(cell: Cell, type: CellType): string {
  return { BROWSER: cell.browser, COUNTRY: cell.country, DEVICE_TYPE: cell.device }[type];
}

const isOfCells = (type: SegmentType): type is CellType =>
  type !== 'NEW_VISITOR' && type !== 'CUSTOM_DATUM';

function toGrouping(filters: readonly SegmentFilter[]): Grouping {
  if (!filters.some(({ type }) => isOfCells(type))) return ONE_GROUP;
  return CELLS.map((cell) =>
    filters.every(
      ({ type, values, include }) =>
        !isOfCells(type) || values.includes(toCellValue(cell, type)) === include,
    )
      ? 0
      : -1,
  );
}

const toVisits = (value: string): number => (value === 'NEW' ? NEW_VISITS : RETURNING_VISITS);

function toBits(
  filters: readonly SegmentFilter[],
  of: SegmentType,
  toBit: (value: string) => number,
  all: number,
): number {
  let bits = all;
  for (const { type, values, include } of filters) {
    if (type !== of) continue;
    const named = values.reduce((sum, value) => sum | toBit(value), 0);
    bits &= include ? named : all & ~named;
  }
  return bits;
}
