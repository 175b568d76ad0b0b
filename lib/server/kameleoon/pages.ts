import 'server-only';

import type { z } from 'zod';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { Call } from '@/lib/server/kameleoon/call';
import type { Priority } from '@/lib/server/kameleoon/client';
import { wireList } from '@/lib/server/kameleoon/wire';

export interface ListRequest<Row> {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Of one row. */
  readonly schema: z.ZodType<Row>;
  readonly priority: Priority;
  readonly started?: boolean;
}

export interface ListAnswer<Row> {
  readonly rows: readonly Row[];
  /** Rows that do not fit their schema, as they came. */
  readonly odd: readonly unknown[];
  /** Upstream time when the first page was asked for. */
  readonly asOfMs: number;
}

/** The largest page the API gives. */
export const PER_PAGE = 200;
const MAX_PAGES = 100;
/** Lists of large accounts are slow: a known client allows 30 s. */
const TRY_TIMEOUT_MS = 30_000;
const DEADLINE_MS = 60_000;

/** All pages of a list: as many as `X-Pagination-Page-Count` says, else until a page is short. */
export async function readPages<Row>(
  call: Call,
  { path, query, schema, priority, started = false }: ListRequest<Row>,
): Promise<ListAnswer<Row>> {
  const rows: Row[] = [];
  const odd: unknown[] = [];
  let asOfMs: number | null = null;
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const answer = await call({
      method: 'GET',
      path,
      query: { ...query, page: String(page), perPage: String(PER_PAGE) },
      schema: wireList,
      priority,
      started: started || page > 1,
      timeoutMs: TRY_TIMEOUT_MS,
      deadlineMs: DEADLINE_MS,
    });
    asOfMs ??= answer.sentAtMs;
    for (const raw of answer.value) {
      const parsed = schema.safeParse(raw);
      if (parsed.success) rows.push(parsed.data);
      else odd.push(raw);
    }
    const pageCount = pageCountOf(answer.headers);
    const isLast = pageCount === null ? answer.value.length < PER_PAGE : page >= pageCount;
    if (isLast) return { rows, odd, asOfMs };
  }
  throw new ProblemError(
    toProblem('upstream-unreadable', `GET ${path}: the list does not end after ${MAX_PAGES} pages`),
  );
}

const pageCountOf = (headers: Headers): number | null => {
  const raw = headers.get('x-pagination-page-count')?.trim() ?? '';
  return /^\d{1,6}$/.test(raw) ? Number(raw) : null;
};
