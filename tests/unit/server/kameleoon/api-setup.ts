import type { Problem } from '@/lib/core/problem/problem';
import { isProblemError } from '@/lib/core/problem/problem';
import { createAutomation } from '@/lib/server/kameleoon/create-automation';
import type { ConnectionOptions } from '@/lib/server/kameleoon/create-connection';
import { createFakeClock } from '@/tests/fakes/clock';
import type { Route } from './fake-upstream';
import { CLIENT_SECRET, createFakeUpstream, json, within } from './fake-upstream';

/** The API over an upstream that counts. `go` lets time pass until a call settles, `fail` until it is refused. */
export function setUpApi(routes: Record<string, Route>, more: Partial<ConnectionOptions> = {}) {
  const clock = createFakeClock();
  const upstream = createFakeUpstream(clock, routes);
  const automation = createAutomation({
    baseUrl: 'https://api.test',
    clientId: 'me',
    clientSecret: CLIENT_SECRET,
    fetch: upstream.fetch,
    clock,
    random: () => 0.5,
    ...more,
  });
  const go = <Value>(call: Promise<Value>): Promise<Value> => within(clock, call);
  const fail = async (call: Promise<unknown>): Promise<Problem> => {
    const error: unknown = await go(
      call.then(
        () => null,
        (thrown: unknown) => thrown,
      ),
    );
    if (!isProblemError(error)) throw error ?? new Error('it worked');
    return error.problem;
  };
  return { clock, upstream, ...automation, go, fail };
}

export async function toArray<Value>(rows: AsyncIterable<Value>): Promise<Value[]> {
  const all: Value[] = [];
  for await (const row of rows) all.push(row);
  return all;
}

export interface ListShape {
  readonly rows: readonly unknown[];
  /** What the page header says; undefined: the truth, null: no header. */
  readonly pageCount?: number | null;
}

/** A list that answers page by page, as it is at that moment. */
export const pagesOf =
  (read: () => ListShape): Route =>
  ({ query, body }) => {
    const { page, perPage } = (body === '' ? query : JSON.parse(body)) as Record<string, unknown>;
    const size = Number(perPage);
    const { rows, pageCount = Math.ceil(rows.length / size) } = read();
    const from = (Number(page) - 1) * size;
    return json(rows.slice(from, from + size), {
      ...(pageCount !== null && { headers: { 'X-Pagination-Page-Count': String(pageCount) } }),
    });
  };

export const rowsOf = (count: number, from = 1): { id: number; name: string }[] =>
  Array.from({ length: count }, (_, i) => ({ id: from + i, name: `n${from + i}` }));

export const refused = (code: string): never => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) });
};
