import { beforeAll, describe, expect, it } from 'vitest';
import { createWorld } from '@/lib/sandbox/world/world';
import { createTestSandbox, EPOCH_MS, type TestSandbox } from './test-sandbox';

type Row = Readonly<Record<string, unknown>>;

const world = createWorld({
  seed: 20260521,
  epochMs: EPOCH_MS,
  size: { active: 100, stopped: 3_000 },
});
let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await createTestSandbox({ world });
});

const query = (name: string, value: unknown): string =>
  `${name}=${encodeURIComponent(JSON.stringify(value))}`;
const filterBy = (field: string, operator: string, ...parameters: unknown[]): string =>
  query('filter', [{ field, operator, parameters }]);

/** All pages of a list, 200 rows each. */
async function readAll(path: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (let page = 1; ; page += 1) {
    sandbox.clock.nowMs += 1_000;
    const response = await sandbox.send(`${path}&perPage=200&page=${page}`);
    rows.push(...((await response.json()) as Row[]));
    if (page >= Number(response.headers.get('x-pagination-page-count'))) return rows;
  }
}
const idsOf = (rows: readonly Row[]): unknown[] => rows.map((row) => row['id']);

describe('lists of 3,122 experiments', () => {
  it('come in 16 pages of 200, every row once', async () => {
    const rows = await readAll('/experiments?');
    expect(rows).toHaveLength(3_122);
    expect(new Set(idsOf(rows)).size).toBe(3_122);
    for (const row of rows.slice(0, 200)) expect(row['goals']).toEqual([]);
  });

  it('name the goals of each when asked', async () => {
    const rows = await readAll('/experiments?optionalFields=goals');
    const goals = await readAll('/goals?');
    const known = new Set(idsOf(goals));
    const isNamed = (row: Row): boolean => {
      const own = row['goals'] as readonly unknown[];
      return own.includes(row['mainGoalId']) && own.every((id) => known.has(id));
    };
    expect(rows.filter((row) => !isNamed(row))).toEqual([]);
  });

  it('filter by status and project, in any case', async () => {
    const active = await readAll(`/experiments?${filterBy('status', 'IN', 'ACTIVE', 'PAUSED')}`);
    expect(active.length).toBe(
      world.experiments.filter((p) => /active|paused/.test(p.status)).length,
    );
    const one = await readAll(`/experiments?${filterBy('siteId', 'EQUAL', 20_203)}`);
    expect(one.length).toBeGreaterThan(200);
    expect(new Set(one.map((row) => row['siteCode'])).size).toBe(1);
  });

  it('find by ids and by a part of the name', async () => {
    const ids = [187_999, 185_000, 190_001, 188_401];
    const rows = await readAll(`/experiments?${filterBy('id', 'IN', ...ids)}`);
    expect([...idsOf(rows)].sort()).toEqual([...ids].sort());
    for (const operator of ['LIKE', 'CONTAINS']) {
      const named = await readAll(`/experiments?${filterBy('name', operator, 'STICKY button')}`);
      expect(named.length).toBeGreaterThan(50);
      for (const row of named) expect(String(row['name'])).toMatch(/sticky button/i);
    }
    const variations = rows.flatMap((row) => row['variations'] as number[]);
    const found = await readAll(`/variations?${filterBy('id', 'IN', ...variations)}`);
    expect([...idsOf(found)].sort()).toEqual([...variations].sort());
  });

  it.each(['ASC', 'DESC'])(
    'sort %s by the date of the last status and by id',
    async (direction) => {
      const sort = query('sort', [
        { field: 'dateStatusModified', direction },
        { field: 'id', direction: 'ASC' },
      ]);
      const rows = await readAll(`/experiments?${sort}`);
      const dated = rows.filter((row) => row['dateStatusModified'] !== undefined);
      expect(rows.slice(0, dated.length)).toEqual(dated);
      const keys = dated.map((row) => String(row['dateStatusModified']));
      const sorted = [...keys].sort();
      expect(keys).toEqual(direction === 'ASC' ? sorted : sorted.reverse());
      const ids = idsOf(
        await readAll(`/experiments?${query('sort', [{ field: 'id', direction }])}`),
      );
      const way = direction === 'ASC' ? 1 : -1;
      expect(ids).toEqual([...ids].sort((a, b) => way * (Number(a) - Number(b))));
    },
  );

  it('give the results of a plain experiment like those of any other', async () => {
    const results = await sandbox.results(190_003);
    const plan = world.experiments.find(({ id }) => id === 190_003)!;
    expect(Object.keys(results)).toHaveLength(plan.configured.length);
    const { generalData } = results['_reference']!.breakdownData['_reference']!;
    expect(generalData.visitorCount).toBeGreaterThan(0);
    expect(Object.keys(generalData.goalsData)).toHaveLength(plan.goals.length);
  });
});
