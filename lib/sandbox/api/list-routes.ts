import { Hono } from 'hono';
import type { World } from '@/lib/sandbox/world/world';
import { ApiError } from './api-error';
import type { ExchangeEnv } from './exchange';
import { answerList } from './list';
import type { Row } from './row';
import { createRows, type Rows } from './rows';
import type { Table } from './table';

/** Sites, experiments, variations and goals: lists, and one by id. */
export function createListRoutes(world: World): Hono<ExchangeEnv> {
  const byOffset = new Map<number, Rows>();
  function rowsAt(offsetMs: number): Rows {
    const known = byOffset.get(offsetMs);
    if (known !== undefined) return known;
    // A wrong clock is rare: one beside the right one is enough to remember.
    for (const other of byOffset.keys()) if (other !== 0) byOffset.delete(other);
    const rows = createRows(world, offsetMs);
    byOffset.set(offsetMs, rows);
    return rows;
  }

  const routes = new Hono<ExchangeEnv>();
  const tables: Readonly<Record<string, (rows: Rows, url: URL) => Table>> = {
    sites: (rows) => rows.sites,
    experiments: (rows, url) => rows.experiments(asksForGoals(url)),
    variations: (rows) => rows.variations,
    goals: (rows) => rows.goals,
  };
  for (const [name, choose] of Object.entries(tables)) {
    const read = (c: { env: { offsetMs: number }; req: { url: string } }): Table =>
      choose(rowsAt(c.env.offsetMs), new URL(c.req.url));
    routes.get(`/${name}`, (c) => answerList(read(c), c.req.query()));
    routes.get(`/${name}/:id`, (c) => {
      const id = c.req.param('id');
      return c.json(toFound(read(c).find(id), 'id', id));
    });
  }
  routes.get('/sites/byCode/:code', (c) => {
    const code = c.req.param('code');
    const { rows } = rowsAt(c.env.offsetMs).sites;
    return c.json(
      toFound(
        rows.find((row) => row['code'] === code),
        'code',
        code,
      ),
    );
  });
  return routes;
}

/** `optionalFields=goals,tags`, or the parameter repeated. */
function asksForGoals(url: URL): boolean {
  return url.searchParams
    .getAll('optionalFields')
    .flatMap((value) => value.split(','))
    .some((field) => field.trim() === 'goals');
}

function toFound(row: Row | undefined, field: string, value: string): Row {
  if (row === undefined) throw new ApiError(404, `No object with ${field} ${value}.`);
  return row;
}
