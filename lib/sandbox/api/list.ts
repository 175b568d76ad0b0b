import { toInvalid } from './api-error';
import { compare, filterRows } from './filter';
import { isObject, parseJson, type Row } from '@/lib/sandbox/state/row';

const DEFAULT_PER_PAGE = 20;
const MOST_PER_PAGE = 200;

/** What a list request may carry in its query. */
export interface ListQuery {
  readonly page?: string | undefined;
  readonly perPage?: string | undefined;
  readonly filter?: string | undefined;
  readonly sort?: string | undefined;
}

/** What a list is made of. */
export interface ListSource {
  /** Whole rows: filters and sorting see what a view leaves empty. */
  readonly rows: readonly Row[];
  /** What may be filtered and sorted by. */
  readonly fields: ReadonlySet<string>;
  readonly show: (row: Row) => Row;
}

/**
 * Filters, sorts and cuts rows to one page: a bare array, with the number of pages in the header
 * `X-Pagination-Page-Count`. `perPage=-1` means the maximum, 200.
 */
export function answerList({ rows, fields, show }: ListSource, query: ListQuery): Response {
  const found = sortRows(filterRows(rows, query.filter, fields), query.sort, fields);
  const asked = toInteger('perPage', query.perPage, DEFAULT_PER_PAGE);
  if (asked === 0 || asked < -1) throw toInvalid("'perPage': must be -1 or greater than 0");
  const perPage = asked === -1 ? MOST_PER_PAGE : Math.min(asked, MOST_PER_PAGE);
  const page = toInteger('page', query.page, 1);
  if (page < 1) throw toInvalid("'page': must be greater than 0");
  const pages = Math.ceil(found.length / perPage);
  return Response.json(found.slice((page - 1) * perPage, page * perPage).map(show), {
    headers: { 'X-Pagination-Page-Count': String(pages) },
  });
}

function toInteger(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined || text === '') return otherwise;
  if (!/^-?\d{1,9}$/.test(text)) throw toInvalid(`'${name}': must be a whole number`);
  return Number(text);
}

/** `sort` is a JSON array of {field, direction}; earlier entries weigh more. */
function sortRows(
  rows: readonly Row[],
  sort: string | undefined,
  fields: ReadonlySet<string>,
): readonly Row[] {
  if (sort === undefined || sort === '') return rows;
  const entries = parseJson(sort);
  if (!Array.isArray(entries)) throw toInvalid("'sort': must be a JSON array");
  const orders = entries.map((entry: unknown, i) => toOrder(entry, i, fields));
  return [...rows].sort((a, b) => {
    for (const order of orders) {
      const result = order(a, b);
      if (result !== 0) return result;
    }
    return 0;
  });
}

function toOrder(entry: unknown, i: number, fields: ReadonlySet<string>) {
  if (!isObject(entry)) throw toInvalid(`'sort[${i}]': must be an object`);
  const { field, direction = 'ASC' } = entry;
  const way = String(direction).toUpperCase();
  if (typeof field !== 'string' || !fields.has(field)) {
    throw toInvalid(`'sort[${i}].field': unknown field '${String(field)}'`);
  }
  if (way !== 'ASC' && way !== 'DESC') {
    throw toInvalid(`'sort[${i}].direction': must be ASC or DESC`);
  }
  const sign = way === 'ASC' ? 1 : -1;
  // Rows that lack the field come last, whichever way.
  return (a: Row, b: Row): number => {
    const [left, right] = [a[field], b[field]];
    if (left === undefined || right === undefined) {
      return Number(left === undefined) - Number(right === undefined);
    }
    return sign * (compare(left, right) ?? 0);
  };
}
