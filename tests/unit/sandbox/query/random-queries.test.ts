import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toSeedRows } from '@/lib/sandbox/state/seed-rows';
import type { SavedState } from '@/lib/sandbox/state/state';
import {
  createTestSandbox,
  sharedWorld,
  type TestSandbox,
} from '@/tests/unit/sandbox/test-sandbox';
import {
  conditionArbitrary,
  expressionArbitrary,
  isMeant,
  rowsArbitrary,
  type PlainRow,
} from './plain-query';

const RUNS = { numRuns: 80 };
const seeded = toSeedRows(sharedWorld, 'custom-datas').map((row) => String(row['id']));

/** A sandbox whose custom data are these rows and no others. */
async function holding(rows: readonly PlainRow[]): Promise<TestSandbox> {
  const saved: SavedState = {
    collections: { 'custom-datas': { put: rows, removed: seeded } },
    turns: {},
    lastId: 9_000_000,
  };
  return createTestSandbox({ saved });
}

/** All pages by the header, as the official SDK turns them. */
async function readAll(
  sandbox: TestSandbox,
  perPage: number,
  ask: (page: number) => Promise<Response>,
): Promise<PlainRow[]> {
  const rows: PlainRow[] = [];
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    sandbox.clock.nowMs += 4_000;
    const response = await ask(page);
    expect(response.status).toBe(200);
    const own = (await response.json()) as PlainRow[];
    expect(own.length).toBeLessThanOrEqual(perPage === -1 ? 200 : perPage);
    rows.push(...own);
    pages = Number(response.headers.get('x-pagination-page-count'));
  }
  return rows;
}
const encode = (value: unknown): string => encodeURIComponent(JSON.stringify(value));
const perPages = fc.oneof(fc.constant(-1), fc.integer({ min: 1, max: 200 }));
const sortArbitrary = fc.array(
  fc.record(
    {
      field: fc.constantFrom('id', 'amount', 'word', 'isOn', 'dateOf'),
      direction: fc.constantFrom('ASC', 'DESC', 'desc'),
    },
    { requiredKeys: ['field'] },
  ),
  { maxLength: 3 },
);
type Sort = readonly { readonly field: string; readonly direction?: string }[];

/** The order that was asked for, by insertion, one row at a time. */
function toSorted(rows: readonly PlainRow[], sort: Sort): PlainRow[] {
  if (sort.length === 0) return [...rows];
  const isBefore = (a: PlainRow, b: PlainRow): boolean => {
    for (const { field, direction = 'ASC' } of [...sort, { field: 'id' }]) {
      const toRank = (value: unknown) => (typeof value === 'string' ? value.toLowerCase() : value);
      const [left, right] = [toRank(a[field]), toRank(b[field])] as [number, number];
      if (left === right) continue;
      if (left === undefined || right === undefined) return right === undefined;
      return direction.toUpperCase() === 'ASC' ? left < right : left > right;
    }
    return false;
  };
  const sorted: PlainRow[] = [];
  for (const row of rows) {
    const at = sorted.findIndex((other) => isBefore(row, other));
    sorted.splice(at < 0 ? sorted.length : at, 0, row);
  }
  return sorted;
}

describe('random rows and questions', () => {
  it('keep what a plain predicate keeps, in the order asked for, each row once over the pages', async () => {
    await fc.assert(
      fc.asyncProperty(
        rowsArbitrary,
        fc.array(conditionArbitrary, { maxLength: 3 }),
        sortArbitrary,
        perPages,
        async (rows, conditions, sort, perPage) => {
          const sandbox = await holding(rows);
          const fields = `filter=${encode(conditions)}&sort=${encode(sort)}`;
          const found = await readAll(sandbox, perPage, (page) =>
            sandbox.send(`/custom-datas?perPage=${perPage}&page=${page}&${fields}`),
          );
          const meant = rows.filter((row) => conditions.every((one) => isMeant(row, one)));
          expect(found).toEqual(toSorted(meant, sort));
        },
      ),
      RUNS,
    );
  });

  it('mean the same in a search, nested at will', async () => {
    await fc.assert(
      fc.asyncProperty(
        rowsArbitrary,
        expressionArbitrary,
        sortArbitrary,
        perPages,
        async (rows, filter, sort, perPage) => {
          const sandbox = await holding(rows);
          const found = await readAll(sandbox, perPage, (page) =>
            sandbox.post('/custom-datas/search', { filter, page, perPage, sort }),
          );
          expect(found).toEqual(
            toSorted(
              rows.filter((row) => isMeant(row, filter)),
              sort,
            ),
          );
        },
      ),
      RUNS,
    );
  });
});
