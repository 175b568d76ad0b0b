import { Hono, type Context } from 'hono';
import type { Kind } from '@/lib/sandbox/state/kind';
import type { Row } from '@/lib/sandbox/state/row';
import type { State } from '@/lib/sandbox/state/state';
import { ApiError } from './api-error';
import type { ExchangeEnv } from './exchange';
import { answerList } from './list';
import { toOptionalFields, toView } from './view';
import { canSee } from './visible';

const LISTED: readonly Kind[] = ['sites', 'experiments', 'variations', 'goals'];

/** Lists, and one by id, of what the asking principal may see. */
export function createListRoutes(state: State): Hono<ExchangeEnv> {
  const routes = new Hono<ExchangeEnv>();
  const showing = (kind: Kind, c: Context<ExchangeEnv>) => {
    const asked = toOptionalFields(c.req.url);
    return (row: Row): Row => toView(kind, row, asked, c.env);
  };
  const seen = (kind: Kind, c: Context<ExchangeEnv>, row: Row | undefined, what: string): Row => {
    if (row === undefined || !canSee(c.env.principal, kind, row))
      throw new ApiError(404, `No object with ${what}.`);
    return row;
  };

  for (const kind of LISTED) {
    routes.get(`/${kind}`, (c) => {
      const { rows, fields } = state.of(kind);
      const visible = rows.filter((row) => canSee(c.env.principal, kind, row));
      return answerList({ rows: visible, fields, show: showing(kind, c) }, c.req.query());
    });
    routes.get(`/${kind}/:id`, (c) => {
      const id = c.req.param('id');
      return c.json(showing(kind, c)(seen(kind, c, state.of(kind).find(id), `id ${id}`)));
    });
  }
  routes.get('/sites/byCode/:code', (c) => {
    const code = c.req.param('code');
    const found = state.of('sites').rows.find((row) => row['code'] === code);
    return c.json(showing('sites', c)(seen('sites', c, found, `code ${code}`)));
  });
  return routes;
}
