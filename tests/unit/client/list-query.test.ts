import { afterEach, describe, expect, it, vi } from 'vitest';
import { listSearch } from '@/lib/client/api';
import { listOptions, seedList } from '@/lib/client/list-query';
import { createQueryClient } from '@/lib/client/query-client';
import { FIRST_VIEW, NO_FILTER } from '@/lib/core/live/list-ask';
import { aListBody } from '@/tests/builders/list-body';
import { aReading } from '@/tests/builders/reading';

const resting = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) =>
    aReading({ key: String(from + at), experiment: { status: 'stopped' } }),
  );
const totals = { ...aListBody([]).totals, 'at-rest': 3_000 };

const asked: string[] = [];
const answerWith = (body: unknown): void => {
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path);
    return Promise.resolve(Response.json(body));
  });
};
afterEach(() => {
  asked.length = 0;
  vi.unstubAllGlobals();
});

describe('an ask of the list', () => {
  it('names only what differs from the first view, so that equal views have equal keys', () => {
    expect(listSearch({ kind: 'view', ...FIRST_VIEW })).toBe('');
    expect(
      listSearch({ kind: 'view', filter: { ...NO_FILTER, search: 'a b' }, rows: 200, rest: 70 }),
    ).toBe('?search=a+b&rest=70');
    expect(
      listSearch({ kind: 'run', filter: NO_FILTER, group: 'at-rest', offset: 20, limit: 50 }),
    ).toBe('?group=at-rest&offset=20&limit=50');
  });
});

describe('"Show 50 more"', () => {
  it('asks for the fifty rows alone, and keeps those before them', async () => {
    const client = createQueryClient();
    const first = { totals, total: 3_000, all: 3_000 };
    seedList(client, FIRST_VIEW, aListBody(resting(1, 20), first));
    answerWith(aListBody(resting(20, 50), first));
    const list = await client.fetchQuery(listOptions(client, { ...FIRST_VIEW, rest: 70 }));
    expect(asked).toEqual(['/api/experiments?group=at-rest&offset=20&limit=50']);
    // A row that moved up meanwhile comes twice and is shown once.
    expect(list.keys).toEqual(Array.from({ length: 69 }, (_, at) => String(at + 1)));
    expect(list).toMatchObject({ total: 3_000, totals, view: { rest: 70 } });
  });

  it('is renewed as a whole from then on', async () => {
    const client = createQueryClient();
    const view = { ...FIRST_VIEW, rest: 70 };
    seedList(client, FIRST_VIEW, aListBody(resting(1, 20), { totals }));
    seedList(client, view, aListBody(resting(1, 70), { totals }));
    answerWith(aListBody(resting(1, 70), { totals }));
    await client.fetchQuery({ ...listOptions(client, view), staleTime: 0 });
    expect(asked).toEqual(['/api/experiments?rest=70']);
  });

  it('asks for everything where it comes from a link', async () => {
    const client = createQueryClient();
    answerWith(aListBody(resting(1, 70), { totals }));
    await client.fetchQuery(listOptions(client, { ...FIRST_VIEW, rest: 70 }));
    expect(asked).toEqual(['/api/experiments?rest=70']);
  });
});
