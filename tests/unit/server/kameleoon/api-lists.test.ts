import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { and, by, or, where } from '@/lib/server/kameleoon/filters';
import type { ListShape } from './api-setup';
import { pagesOf, rowsOf, setUpApi, toArray } from './api-setup';
import { json } from './fake-upstream';

const GOALS = 'GET /goals';
const SEARCH = 'POST /goals/search';
const withList = (read: () => ListShape) => setUpApi({ [GOALS]: pagesOf(read) });
const idsOf = (rows: readonly { readonly id: string }[]): number[] =>
  rows.map(({ id }) => Number(id));

describe('a list', () => {
  it('gives every row once for any length of page, with and without the page header', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 60 }),
        fc.integer({ min: 1, max: 200 }),
        fc.boolean(),
        async (count, perPage, hasHeader) => {
          const { api, go, upstream } = withList(() => ({
            rows: rowsOf(count),
            ...(!hasHeader && { pageCount: null }),
          }));
          const rows = await go(toArray(api.goals.list({ perPage })));
          expect(idsOf(rows)).toEqual(rowsOf(count).map(({ id }) => id));
          const full = Math.max(1, Math.ceil(count / perPage));
          const extra = !hasHeader && count > 0 && count % perPage === 0 ? 1 : 0;
          expect(upstream.to(GOALS)).toHaveLength(full + extra);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('ends at a short page even where the header promises more', async () => {
    const { api, go, upstream } = withList(() => ({ rows: rowsOf(30), pageCount: 9 }));
    expect(await go(toArray(api.goals.list({ perPage: 20 })))).toHaveLength(30);
    expect(upstream.to(GOALS)).toHaveLength(2);
  });

  it('ends where the header says even if the last page is full', async () => {
    const { api, go, upstream } = withList(() => ({ rows: rowsOf(40) }));
    expect(await go(toArray(api.goals.list({ perPage: 20 })))).toHaveLength(40);
    expect(upstream.to(GOALS)).toHaveLength(2);
  });

  it('follows a page count that changes while it turns, and gives a row that slipped on once', async () => {
    let asked = 0;
    const { api, go } = withList(() => {
      asked += 1;
      return { rows: asked === 1 ? rowsOf(45) : [...rowsOf(25, 901), ...rowsOf(45)] };
    });
    const ids = idsOf(await go(toArray(api.goals.list({ perPage: 20 }))));
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id } of rowsOf(45)) expect(ids).toContain(id);
  });

  it('asks for nothing more once nobody reads on', async () => {
    const { api, go, upstream, clock } = withList(() => ({ rows: rowsOf(500) }));
    const firsts: string[] = [];
    await go(
      (async () => {
        for await (const { id } of api.goals.list({ perPage: 50 })) {
          firsts.push(id);
          if (firsts.length === 60) break;
        }
      })(),
    );
    await clock.advance(60_000);
    expect(firsts).toHaveLength(60);
    expect(upstream.to(GOALS)).toHaveLength(2);
  });

  it('that never turns its page is given up', async () => {
    const { api, fail, upstream } = setUpApi({ [GOALS]: () => json(rowsOf(100)) });
    const problem = await fail(toArray(api.goals.list({ perPage: 100 })));
    expect(problem).toMatchObject({ code: 'upstream-unreadable' });
    expect(upstream.to(GOALS).length).toBeLessThan(5);
  });

  it('leaves out rows that cannot be read, and tells of them', async () => {
    const { api, go } = withList(() => ({
      rows: [{ id: 1 }, { name: 'no id' }, null, { id: '2', name: 7, params: 'odd' }],
    }));
    const odd: unknown[] = [];
    const rows = await go(toArray(api.goals.list({ onOdd: (row) => odd.push(row) })));
    expect(odd).toEqual([{ name: 'no id' }, null]);
    expect(rows).toMatchObject([
      { id: '1', name: null, params: null, rest: { id: 1 } },
      { id: '2', name: null, params: null, rest: { id: '2', name: 7, params: 'odd' } },
    ]);
  });

  it.each([
    { perPage: 200, tooMuch: [200, 100], answered: [50, 50, 50] },
    { perPage: 150, tooMuch: [150], answered: [75, 75] },
  ])(
    'of $perPage rows a page takes a whole part of it where the API is too slow',
    async ({ perPage, tooMuch, answered }) => {
      const { api, go, upstream } = setUpApi({
        [GOALS]: (request) =>
          Number(request.query['perPage']) > 75
            ? new Response('', { status: 504 })
            : pagesOf(() => ({ rows: rowsOf(140) }))(request),
      });
      const rows = await go(toArray(api.goals.list({ perPage })));
      expect(idsOf(rows)).toEqual(rowsOf(140).map(({ id }) => id));
      const asked = upstream.to(GOALS).map(({ query }) => Number(query['perPage']));
      expect([...new Set(asked.filter((size) => size > 75))]).toEqual(tooMuch);
      expect(asked.filter((size) => size <= 75)).toEqual(answered);
    },
  );

  it.each([0, 201, 1.5, Number.NaN])('refuses %s rows a page before it asks', async (perPage) => {
    const { api, fail, upstream } = withList(() => ({ rows: [] }));
    const problem = await fail(toArray(api.goals.list({ perPage })));
    expect(problem).toMatchObject({ code: 'invalid-input', field: 'perPage' });
    expect(upstream.seen).toHaveLength(0);
  });

  it('sends filter and sort as percent-encoded JSON, and optional fields by comma', async () => {
    const { api, go, upstream } = withList(() => ({ rows: [] }));
    const name = 'a+b & c=d "ü" %20';
    await go(
      toArray(
        api.goals.list({
          filter: [where('siteId').equal('10001'), where('name').contains(name)],
          sort: [by('name', 'DESC'), by('id')],
          optionalFields: ['tags', 'goals'],
        }),
      ),
    );
    const [request] = upstream.to(GOALS);
    const query = request?.url.split('?')[1] ?? '';
    expect(query).not.toMatch(/[+"{}[\] ]/);
    const raw = Object.fromEntries(query.split('&').map((part) => part.split('=')));
    expect(JSON.parse(decodeURIComponent(raw['filter'] ?? ''))).toEqual([
      { field: 'siteId', operator: 'EQUAL', parameters: [10001] },
      { field: 'name', operator: 'CONTAINS', parameters: [name] },
    ]);
    expect(JSON.parse(request?.query['sort'] ?? '')).toEqual([
      { field: 'name', direction: 'DESC' },
      { field: 'id', direction: 'ASC' },
    ]);
    expect(request?.query['optionalFields']).toBe('tags,goals');
  });

  it('whose address would be too long is refused in words before anything is sent', async () => {
    const { api, fail, upstream } = withList(() => ({ rows: [] }));
    const ids = rowsOf(3000, 100_000).map(({ id }) => String(id));
    const problem = await fail(toArray(api.goals.list({ filter: [where('id').in(ids)] })));
    expect(problem).toMatchObject({ code: 'invalid-input', field: 'filter' });
    expect(problem.detail).toMatch(
      /GET \/goals: not sent, its address would have \d{5} characters/,
    );
    expect(upstream.seen).toHaveLength(0);
  });

  it('that was given up is not asked for further', async () => {
    const abort = new AbortController();
    const { api, fail, upstream } = withList(() => ({ rows: rowsOf(100) }));
    const problem = await fail(
      (async () => {
        for await (const { id } of api.goals.list({ perPage: 10, signal: abort.signal }))
          if (id === '20') abort.abort();
      })(),
    );
    expect(problem).toMatchObject({ code: 'given-up', retryable: false });
    expect(upstream.to(GOALS)).toHaveLength(2);
  });
});

describe('a search', () => {
  it('posts one nested expression, and turns its pages in the body', async () => {
    const { api, go, upstream } = setUpApi({ [SEARCH]: pagesOf(() => ({ rows: rowsOf(5) })) });
    const expression = and(
      where('siteId').equal('7'),
      or(where('name').like('a%'), where('type').in(['CLICK', 'URL'])),
    );
    const rows = await go(
      toArray(
        api.goals.search(expression, { perPage: 2, sort: [by('id')], optionalFields: ['tags'] }),
      ),
    );
    expect(rows).toHaveLength(5);
    const asked = upstream.to(SEARCH);
    expect(asked.map(({ body }) => JSON.parse(body) as unknown)).toEqual(
      [1, 2, 3].map((page) => ({
        filter: expression,
        page,
        perPage: 2,
        sort: [{ field: 'id', direction: 'ASC' }],
      })),
    );
    expect(asked[0]?.query).toEqual({ optionalFields: 'tags' });
  });
});
