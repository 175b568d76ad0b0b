import { parseJson, type Row } from '@/lib/sandbox/state/row';
import type { Fields } from './fields';
import { parseFilter } from './filter';
import { answerPage, toPageAsked } from './page';
import { sortRows, toOrders } from './sort';

/** What a list request may carry in its query. */
export interface ListQuery {
  readonly page?: string | undefined;
  readonly perPage?: string | undefined;
  readonly filter?: string | undefined;
  readonly sort?: string | undefined;
}

/** A page of a few rows, filtered and sorted anew each time; what may be long goes through `createListing`. */
export function answerList(
  { rows, fields, show }: { rows: readonly Row[]; fields: Fields; show: (row: Row) => Row },
  { page, perPage, filter = '', sort = '' }: ListQuery,
): Response {
  const asked = toPageAsked(page, perPage);
  const found = filter === '' ? rows : rows.filter(parseFilter(filter, fields));
  const orders = sort === '' ? [] : toOrders(parseJson(sort), fields);
  return answerPage(sortRows(found, orders), asked, show);
}
