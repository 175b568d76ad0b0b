import 'server-only';

import type { z } from 'zod';
import { isProblemError, ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { Clock } from '@/lib/core/time/clock';
import type { Call } from '@/lib/server/kameleoon/call';
import type { ListPage, Priority } from '@/lib/server/kameleoon/client';
import { wireList } from '@/lib/server/kameleoon/wire';

export interface ListRequest<Row> {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Of one row. */
  readonly schema: z.ZodType<Row>;
  readonly priority: Priority;
  readonly started?: boolean;
  /** Asked for by a search (POST): what goes in its body beside the page. */
  readonly search?: Readonly<Record<string, unknown>> | undefined;
  readonly onSent?: (() => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ListAnswer<Row> {
  readonly rows: readonly Row[];
  /** Rows that do not fit their schema, as they came. */
  readonly odd: readonly unknown[];
  /** Upstream time when the (first) page was asked for. */
  readonly asOfMs: number;
}

export interface PageAnswer<Row> extends ListAnswer<Row> {
  /** null after the last page. */
  readonly next: ListPage | null;
  /** Rows of the whole list, rounded up to whole pages; null where the API does not say. */
  readonly total: number | null;
  /** It has fewer rows than were asked for, odd ones counted. */
  readonly isShort: boolean;
}

export interface Pages {
  /** One page, smaller than asked for where the API takes too long over it. */
  readPage<Row>(request: ListRequest<Row>, page: ListPage): Promise<PageAnswer<Row>>;
  /** All pages of a list: as many as `X-Pagination-Page-Count` says, else until a page is short. */
  readPages<Row>(request: ListRequest<Row>): Promise<ListAnswer<Row>>;
}

/** The largest page the API gives. */
export const PER_PAGE = 200;
/** Below this a page is no quicker: what takes long then is not its length. */
const SMALLEST_PAGE = 50;
const MAX_PAGES = 100;
/** Lists of large accounts are slow: a known client allows 30 s. */
const TRY_TIMEOUT_MS = 30_000;
const DEADLINE_MS = 60_000;

export function createPages({
  call,
  clock,
}: {
  readonly call: Call;
  readonly clock: Clock;
}): Pages {
  /** Of each list, the size of page that it could last give in time. */
  const sizes = new Map<string, number>();

  const askFor = async <Row>(
    { path, query, search, schema, started = false, ...settings }: ListRequest<Row>,
    { offset, perPage }: ListPage,
  ): Promise<PageAnswer<Row>> => {
    const page = offset / perPage + 1;
    const answer = await call({
      ...settings,
      ...(search
        ? { method: 'POST', query: query ?? {}, json: { ...search, page, perPage } }
        : { method: 'GET', query: { ...query, page: String(page), perPage: String(perPage) } }),
      path,
      schema: wireList,
      started,
      timeoutMs: TRY_TIMEOUT_MS,
      deadlineMs: DEADLINE_MS,
    });
    const rows: Row[] = [];
    const odd: unknown[] = [];
    for (const raw of answer.value) {
      const parsed = schema.safeParse(raw);
      if (parsed.success) rows.push(parsed.data);
      else odd.push(raw);
    }
    const pageCount = pageCountOf(answer.headers);
    const isLast = pageCount === null ? answer.value.length < perPage : page >= pageCount;
    return {
      rows,
      odd,
      asOfMs: answer.sentAtMs,
      next: isLast ? null : { offset: offset + perPage, perPage },
      isShort: answer.value.length < perPage,
      total: isLast ? offset + answer.value.length : pageCount && pageCount * perPage,
    };
  };

  const readPage: Pages['readPage'] = async (request, { offset, perPage: asked }) => {
    let perPage = partOf(asked, sizes.get(request.path) ?? asked) ?? asked;
    for (;;) {
      const startedMs = clock.monotonicMs();
      try {
        return await askFor(request, { offset, perPage });
      } catch (error) {
        const tookLong = clock.monotonicMs() - startedMs >= TRY_TIMEOUT_MS;
        const smaller = partOf(perPage, perPage / 2);
        if (smaller === null || !isTooMuch(error, tookLong)) throw error;
        perPage = smaller;
        sizes.set(request.path, perPage);
      }
    }
  };

  return {
    readPage,
    async readPages<Row>(request: ListRequest<Row>): Promise<ListAnswer<Row>> {
      const { path, started = false } = request;
      const rows: Row[] = [];
      const odd: unknown[] = [];
      let asOfMs: number | null = null;
      let at: ListPage | null = { offset: 0, perPage: PER_PAGE };
      for (let turned = 0; at; turned += 1) {
        if (turned === MAX_PAGES)
          throw new ProblemError(
            toProblem(
              'upstream-unreadable',
              `GET ${path}: the list does not end after ${MAX_PAGES} pages`,
            ),
          );
        const page: PageAnswer<Row> = await readPage(
          { ...request, started: started || turned > 0 },
          at,
        );
        rows.push(...page.rows);
        odd.push(...page.odd);
        asOfMs ??= page.asOfMs;
        at = page.next;
      }
      return { rows, odd, asOfMs: asOfMs ?? clock.nowMs() };
    },
  };
}

/**
 * The largest whole part of a page that is no longer than `most`; null where all are too small to be worth it. A part
 * begins where its page began, so nothing is read twice or left out.
 */
function partOf(page: number, most: number): number | null {
  if (page <= most) return page;
  for (let parts = 2; page / parts >= SMALLEST_PAGE; parts += 1)
    if (page % parts === 0 && page / parts <= most) return page / parts;
  return null;
}

/** A page that the API cannot make in time, or that a proxy before it gave up. */
function isTooMuch(error: unknown, tookLong: boolean): boolean {
  if (!isProblemError(error)) return false;
  const { code, upstreamStatus } = error.problem;
  return (
    upstreamStatus === 504 ||
    (tookLong && (code === 'upstream-unreachable' || code === 'upstream-failed'))
  );
}

const pageCountOf = (headers: Headers): number | null => {
  const raw = headers.get('x-pagination-page-count')?.trim() ?? '';
  return /^\d{1,6}$/.test(raw) ? Number(raw) : null;
};
