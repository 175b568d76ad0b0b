import { beforeAll, describe, expect, it } from 'vitest';
import { createTestSandbox, type TestSandbox } from './test-sandbox';

type Row = Readonly<Record<string, unknown>>;

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await createTestSandbox();
});

const query = (name: string, value: unknown): string =>
  `${name}=${encodeURIComponent(JSON.stringify(value))}`;
const list = async (path: string): Promise<Row[]> => {
  sandbox.clock.nowMs += 1_000;
  return (await sandbox.read(path)) as Row[];
};
const idsOf = (rows: readonly Row[]): unknown[] => rows.map((row) => row['id']);
const find = async (field: string, operator: string, ...parameters: unknown[]) =>
  list(`/experiments?perPage=-1&${query('filter', [{ field, operator, parameters }])}`);

describe('lists', () => {
  it('have at least 18 experiments over three sites, and a variation each', async () => {
    const experiments = await list('/experiments?perPage=-1');
    expect(experiments.length).toBeGreaterThanOrEqual(18);
    expect(new Set(experiments.map((row) => row['siteId'])).size).toBe(3);
    for (const row of experiments) expect(row['variations']).not.toHaveLength(0);
    for (const site of await list('/sites')) expect(site['code']).toMatch(/^[0-9a-z]{10}$/);
  });

  it('show every row once, whatever the page size', async () => {
    const all = idsOf(await list('/experiments?perPage=-1'));
    for (const perPage of [1, 7, 20, 200]) {
      const first = await sandbox.send(`/experiments?perPage=${perPage}`);
      const pages = Number(first.headers.get('x-pagination-page-count'));
      expect(pages).toBe(Math.ceil(all.length / perPage));
      const seen: unknown[] = [];
      for (let page = 1; page <= pages; page += 1) {
        seen.push(...idsOf(await list(`/experiments?perPage=${perPage}&page=${page}`)));
      }
      expect(seen).toEqual(all);
    }
    expect(await list('/experiments?page=99')).toEqual([]);
  });

  it('show 20 rows when nobody says how many', async () => {
    expect(await list('/experiments')).toHaveLength(20);
  });

  it('are the same under /v1', async () => {
    expect(await list('/v1/goals?perPage=-1')).toEqual(await list('/goals?perPage=-1'));
  });

  it('sort by several fields, either way', async () => {
    const sort = query('sort', [
      { field: 'siteId', direction: 'DESC' },
      { field: 'id', direction: 'ASC' },
    ]);
    const rows = await list(`/experiments?perPage=-1&${sort}`);
    const keys = rows.map((row) => -Number(row['siteId']) * 1e6 + Number(row['id']));
    expect(keys).toEqual([...keys].sort((a, b) => a - b));
  });

  it.each([
    'perPage=0',
    'perPage=ten',
    'page=0',
    'filter=%5B',
    `filter=${encodeURIComponent('{"field":"id"}')}`,
    query('filter', [{ field: 'id', operator: 'SOUNDS_LIKE', parameters: [1] }]),
    query('filter', [{ field: 'nothing', operator: 'EQUAL', parameters: [1] }]),
    query('filter', [{ field: 'id', operator: 'EQUAL', parameters: [] }]),
    query('sort', { field: 'id' }),
    query('sort', [{ field: 'id', direction: 'SIDEWAYS' }]),
  ])('refuse %s with 400 in the live form', async (search) => {
    sandbox.clock.nowMs += 1_000;
    const response = await sandbox.send(`/experiments?${search}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      status: 'ERROR',
      message: expect.stringMatching(/^Fields not valid\. /) as string,
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{9}$/) as string,
    });
  });
});

describe('filters', () => {
  it('take EQUAL with several parameters as IN', async () => {
    expect(idsOf(await find('id', 'EQUAL', 188401, 188501))).toEqual([188401, 188501]);
    expect(idsOf(await find('id', 'IN', 188401, 188501))).toEqual([188401, 188501]);
  });

  it('take numeric strings for numbers and any case for words', async () => {
    expect(idsOf(await find('id', 'EQUAL', '188401'))).toEqual([188401]);
    const stopped = await find('status', 'EQUAL', 'STOPPED');
    expect(new Set(stopped.map((row) => row['status']))).toEqual(new Set(['stopped']));
    expect(await find('status', 'EQUAL', 'FINISHED')).toEqual([]);
  });

  it('hold all conditions at once', async () => {
    const both = query('filter', [
      { field: 'siteId', operator: 'EQUAL', parameters: [20103] },
      { field: 'status', operator: 'IN', parameters: ['ACTIVE', 'PAUSED'] },
    ]);
    const rows = await list(`/experiments?perPage=-1&${both}`);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect([row['siteId'], row['status']]).toEqual([20103, 'active']);
  });

  it('compare, negate, search and ask for absence', async () => {
    const all = await list('/experiments?perPage=-1');
    const below = await find('id', 'LESS', 188501);
    const rest = await find('id', 'GREATER_OR_EQUAL', '188501');
    expect(below.length + rest.length).toBe(all.length);
    expect(idsOf(await find('id', 'BETWEEN', 188401, 188403))).toHaveLength(3);
    expect(await find('siteId', 'NOT_IN', 20101, 20102, 20103)).toEqual([]);
    expect(idsOf(await find('name', 'LIKE', '%quote funnel%'))).toEqual([188401]);
    expect(idsOf(await find('dateStarted', 'IS_NULL'))).toEqual([188408]);
    expect(await find('isArchived', 'IS_TRUE')).toEqual([]);
    expect(idsOf(await find('variations', 'CONTAINS', 901003))).toEqual([188401]);
  });

  it('find the variations of many experiments at once', async () => {
    const filter = query('filter', [{ field: 'id', operator: 'IN', parameters: [901001, 901210] }]);
    const rows = await list(`/variations?perPage=-1&${filter}`);
    expect(rows.map((row) => row['name'])).toEqual(['Redesign 1', 'Guide beside the sizes']);
  });
});

describe('experiments', () => {
  it('name their goals only when asked', async () => {
    expect(await sandbox.read('/experiments/188401')).toMatchObject({ goals: [] });
    for (const fields of [
      'optionalFields=goals,tags',
      'optionalFields=tags&optionalFields=goals',
    ]) {
      const row = (await sandbox.read(`/experiments/188401?${fields}`)) as Row;
      expect(row['goals']).toContain(row['mainGoalId']);
    }
  });

  it('print zone-less dates and leave out those that are not set', async () => {
    const draft = (await sandbox.read('/experiments/188408')) as Row;
    expect(draft).toMatchObject({ status: 'draft', baseURL: null, trackingTools: [] });
    expect(Object.keys(draft)).not.toContain('dateStarted');
    const row = (await sandbox.read('/experiments/188402')) as Row;
    expect(row['dateStarted']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
  });

  it('tell a changed split by a respool time after the start', async () => {
    const row = (await sandbox.read('/experiments/188602')) as Row;
    const startedMs = Date.parse(`${String(row['dateStarted'])}Z`);
    for (const seconds of Object.values(row['respoolTime'] as Record<string, number>)) {
      expect(seconds * 1000).toBeGreaterThan(startedMs + 86_400_000);
    }
  });

  it('keep markup in names as typed', async () => {
    expect(await sandbox.read('/experiments/188606')).toMatchObject({
      name: expect.stringContaining('<script>alert(1)</script>') as string,
    });
  });

  it.each([
    '/experiments/1',
    '/goals/1',
    '/variations/0',
    '/sites/1',
    '/sites/byCode/none',
    '/nowhere',
  ])('answer 404 for %s', async (path) => {
    sandbox.clock.nowMs += 1_000;
    const response = await sandbox.send(path);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ status: 'ERROR' });
  });
});
