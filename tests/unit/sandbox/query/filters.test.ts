import { beforeAll, describe, expect, it } from 'vitest';
import { createTestSandbox, type TestSandbox } from '@/tests/unit/sandbox/test-sandbox';

type Row = Readonly<Record<string, unknown>>;

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await createTestSandbox();
});

const encode = (value: unknown): string => encodeURIComponent(JSON.stringify(value));
const get = async (path: string): Promise<Response> => {
  sandbox.clock.nowMs += 1_000;
  return sandbox.send(path);
};
const find = async (field: string, operator: string, ...parameters: unknown[]): Promise<Row[]> => {
  const filter = encode([{ field, operator, parameters }]);
  const response = await get(`/experiments?perPage=-1&filter=${filter}`);
  expect(response.status).toBe(200);
  return (await response.json()) as Row[];
};
const search = async (kind: string, body: unknown, query = ''): Promise<Response> => {
  sandbox.clock.nowMs += 1_000;
  return sandbox.post(`/${kind}/search${query}`, body);
};
const refusal = async (response: Response): Promise<string> => {
  expect(response.status).toBe(400);
  const body = (await response.json()) as Row;
  expect(body['status']).toBe('ERROR');
  return String(body['message']);
};
const idsOf = (rows: readonly Row[]): unknown[] => rows.map((row) => row['id']);

describe('filters', () => {
  it('know a documented field that no row has at the moment', async () => {
    for (const field of ['mvtAllocationSettings', 'schedules']) {
      const all = await find('id', 'IS_NOT_NULL');
      expect(idsOf(await find(field, 'IS_NULL'))).toEqual(idsOf(all));
      expect(await find(field, 'EQUAL', 1)).toEqual([]);
    }
  });

  it('compare dates in time, whatever their spelling', async () => {
    const [row] = await find('id', 'EQUAL', 188402);
    const started = String(row!['dateStarted']);
    const west = new Date(Date.parse(`${started}Z`) - 5 * 3_600_000).toISOString().slice(0, 19);
    for (const spelling of [started, `${started}Z`, `${started}.000000000`, `${west}-05:00`]) {
      expect(idsOf(await find('dateStarted', 'EQUAL', spelling))).toContain(188402);
      expect(idsOf(await find('dateStarted', 'LESS', spelling))).not.toContain(188402);
      expect(idsOf(await find('dateStarted', 'GREATER_OR_EQUAL', spelling))).toContain(188402);
    }
  });

  it('look into what a view leaves empty', async () => {
    const [row] = await find('goals', 'CONTAINS', 312001);
    expect(row!['goals']).toEqual([]);
  });

  it.each([
    ['LIKE', '%drawer', [188601]],
    ['LIKE', 'basket%', [188601]],
    ['LIKE', 'drawer%', []],
    ['LIKE', 'side drawer', [188601]],
    ['CONTAINS', 'SIDE', [188601]],
    ['CONTAINS', '%side', []],
  ])('read %s %s as a database would', async (operator, text, ids) => {
    expect(idsOf(await find('name', operator, text))).toEqual(ids);
  });

  it.each([
    [{ field: 'id', operator: 'BETWEEN', parameters: [1] }, 'size must be at least 2'],
    [{ field: 'id', operator: '__proto__', parameters: [1] }, "unknown operator '__proto__'"],
    [{ field: '__proto__', operator: 'IS_NULL' }, "unknown field '__proto__'"],
    [{ field: 'id', operator: 'IN', parameters: { toString: 1 } }, 'must be an array'],
    [{ field: { toString: 1 }, operator: 'IN' }, 'unknown field'],
  ])('refuse %j', async (condition, words) => {
    const path = `/experiments?filter=${encode([condition])}`;
    expect(await refusal(await get(path))).toContain(words);
    expect(await refusal(await search('experiments', { filter: condition }))).toContain(words);
  });
});

describe('a search', () => {
  it('is there for every kind, with the number of pages', async () => {
    const kinds =
      'sites experiments variations goals segments feature-flags personalizations targeting-rules custom-datas';
    for (const kind of kinds.split(' ')) {
      const response = await search(kind, { perPage: 1 });
      expect(response.status).toBe(200);
      const rows = (await response.json()) as Row[];
      const listed = await get(`/${kind}?perPage=1`);
      expect(response.headers.get('x-pagination-page-count')).toBe(
        listed.headers.get('x-pagination-page-count'),
      );
      expect(rows).toEqual(await listed.json());
    }
  });

  it('joins expressions either way, and takes numbers as texts', async () => {
    const filter = {
      conditionalOperator: 'and',
      expressions: [
        { field: 'siteId', operator: 'EQUAL', parameters: ['20103'] },
        {
          conditionalOperator: 'OR',
          expressions: [
            { field: 'status', operator: 'EQUAL', parameters: ['STOPPED'] },
            { field: 'id', operator: 'LESS_OR_EQUAL', parameters: [188602] },
          ],
        },
      ],
    };
    const response = await search('experiments', { filter, page: '1', perPage: '50' });
    expect(idsOf((await response.json()) as Row[])).toEqual([188601, 188602, 188605]);
  });

  it('shows optional fields when the query asks for them', async () => {
    const body = { filter: { field: 'id', operator: 'EQUAL', parameters: [188401] } };
    const [bare] = (await (await search('experiments', body)).json()) as Row[];
    expect(bare!['goals']).toEqual([]);
    const asked = await search('experiments', body, '?optionalFields=tags,goals');
    expect(((await asked.json()) as Row[])[0]!['goals']).not.toEqual([]);
  });

  it.each([
    [[], "'filter': must be an object"],
    ['id', "'filter': must be an object"],
    [{ conditionalOperator: 'XOR', expressions: [{}] }, 'must be AND or OR'],
    [{ conditionalOperator: 'AND', expressions: [] }, "'filter.expressions': must not be empty"],
    [
      {
        conditionalOperator: 'AND',
        expressions: [{ field: 'id', operator: 'IN', parameters: [1] }, { field: 'x' }],
      },
      "'filter.expressions[1].field': unknown field 'x'",
    ],
  ])('refuses %j', async (filter, words) => {
    expect(await refusal(await search('goals', { filter }))).toContain(words);
  });

  it('goes down many levels, and says so where it does not', async () => {
    const toNested = (levels: number): unknown =>
      levels === 0
        ? { field: 'id', operator: 'EQUAL', parameters: [312001] }
        : { conditionalOperator: 'OR', expressions: [toNested(levels - 1)] };
    const found = await search('goals', { filter: toNested(50) });
    expect(idsOf((await found.json()) as Row[])).toEqual([312001]);
    expect(await refusal(await search('goals', { filter: toNested(51) }))).toContain('50 levels');
    const init = { method: 'POST', headers: { 'content-type': 'application/json' } };
    const body = `{"filter":${'{"expressions":['.repeat(50_000)}`;
    expect(await refusal(await sandbox.send('/goals/search', { ...init, body }))).toContain('body');
  });

  it('needs JSON and says so', async () => {
    const init = { method: 'POST', body: '{}' };
    expect(await refusal(await sandbox.send('/goals/search', init))).toContain('not supported');
    expect(await refusal(await search('goals', []))).toContain('must be a JSON object');
  });
});

describe('a list kept for the next page', () => {
  it('is no longer told after a change', async () => {
    const filter = encode([{ field: 'name', operator: 'EQUAL', parameters: ['Kept'] }]);
    const count = async (): Promise<number> =>
      ((await (await get(`/goals?filter=${filter}`)).json()) as Row[]).length;
    expect(await count()).toBe(0);
    const goal = { siteId: 20101, name: 'Kept', type: 'CUSTOM', hasMultipleConversions: true };
    const created = (await (await sandbox.post('/goals', goal)).json()) as Row;
    expect(await count()).toBe(1);
    await sandbox.send(`/goals/${String(created['id'])}`, { method: 'DELETE' });
    expect(await count()).toBe(0);
  });

  it('of goals follows the experiments that use them', async () => {
    const filter = encode([{ field: 'experimentAmount', operator: 'EQUAL', parameters: [0] }]);
    const unused = async (): Promise<unknown[]> =>
      idsOf((await (await get(`/goals?perPage=-1&filter=${filter}`)).json()) as Row[]);
    const goal = { siteId: 20103, name: 'Wish', type: 'CUSTOM', hasMultipleConversions: true };
    const { id } = (await (await sandbox.post('/goals', goal)).json()) as Row;
    expect(await unused()).toContain(id);
    const asked = await sandbox.read('/experiments/188601?optionalFields=goals');
    const goals = [...((asked as Row)['goals'] as number[]), id];
    const response = await sandbox.send('/experiments/188601', {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ goals }),
    });
    expect(response.status).toBe(200);
    expect(await unused()).not.toContain(id);
  });
});
