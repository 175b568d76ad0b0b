import 'server-only';

import type { z } from 'zod';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { ListSettings } from '@/lib/server/kameleoon/api';
import type { ListPage } from '@/lib/server/kameleoon/client';
import type { Expression } from '@/lib/server/kameleoon/filters';
import { encodeFilter, encodeSort } from '@/lib/server/kameleoon/filters';
import type { PageAnswer, Pages } from '@/lib/server/kameleoon/pages';
import { PER_PAGE } from '@/lib/server/kameleoon/pages';

export interface RowsRequest<Row> {
  readonly path: string;
  readonly schema: z.ZodType<Row>;
  /** Present for a search by POST. */
  readonly expression?: Expression;
}

/** So many rows known already, one after another, and the list does not turn its pages. */
const REPEATED_ROWS = 200;

/**
 * Rows one by one. The next page is asked for when it is wanted, and never after the last: the one that the page count
 * of its own answer says, or that is short, whichever comes first. A row that slipped to a later page comes once.
 */
export async function* listRows<Row extends { readonly id: string }>(
  pages: Pages,
  { path, schema, expression }: RowsRequest<Row>,
  settings: ListSettings,
): AsyncGenerator<Row, void, undefined> {
  const { priority = 'interactive', onSent, signal, onOdd, perPage = PER_PAGE } = settings;
  if (!Number.isInteger(perPage) || perPage < 1 || perPage > PER_PAGE)
    throw new ProblemError(
      toProblem('invalid-input', `perPage is a whole number from 1 to ${PER_PAGE}`, {
        field: 'perPage',
      }),
    );
  const { filter = [], sort = [], optionalFields = [] } = settings;
  const request = {
    path,
    schema,
    priority,
    onSent,
    signal,
    query: {
      ...(optionalFields.length > 0 && { optionalFields: optionalFields.join(',') }),
      ...(!expression && filter.length > 0 && { filter: encodeFilter(filter) }),
      ...(!expression && sort.length > 0 && { sort: encodeSort(sort) }),
    },
    ...(expression && { search: { filter: expression, sort } }),
  };

  const seen = new Set<string>();
  let repeated = 0;
  let at: ListPage | null = { offset: 0, perPage };
  while (at) {
    const page: PageAnswer<Row> = await pages.readPage({ ...request, started: at.offset > 0 }, at);
    for (const raw of page.odd) onOdd?.(raw);
    for (const row of page.rows) {
      if (seen.has(row.id)) {
        repeated += 1;
        continue;
      }
      seen.add(row.id);
      repeated = 0;
      yield row;
    }
    at = page.isShort ? null : page.next;
    if (at && repeated >= REPEATED_ROWS)
      throw new ProblemError(
        toProblem('upstream-unreadable', `${path}: the list gives the same rows again and again`),
      );
  }
}
