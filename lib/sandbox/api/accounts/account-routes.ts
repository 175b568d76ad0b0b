import { Hono } from 'hono';
import type { ExchangeEnv } from '@/lib/sandbox/api/exchange';
import { answerList } from '@/lib/sandbox/api/query/answer-list';
import { toFields } from '@/lib/sandbox/api/query/fields';
import { findSeen } from '@/lib/sandbox/api/query/found';
import { requireRight } from '@/lib/sandbox/api/rights';
import { canSee } from '@/lib/sandbox/api/visible';
import type { Row } from '@/lib/sandbox/state/row';
import type { State } from '@/lib/sandbox/state/state';

/**
 * `GET /accounts`: the asking account first, which is how an application learns who signed in; an administrator sees the
 * others after it. `GET /accounts/{id}`. Nobody changes accounts here.
 */
export function createAccountRoutes(state: State): Hono<ExchangeEnv> {
  const routes = new Hono<ExchangeEnv>();
  routes.get('/accounts', (c) => {
    const principal = requireRight(c, 'read');
    const seen = state.of('accounts').rows.filter((row) => canSee(principal, 'accounts', row));
    const isOther = (row: Row): number => Number(row['id'] !== principal.accountId);
    const rows = seen.toSorted((a, b) => isOther(a) - isOther(b));
    const fields = toFields('accounts', state);
    return answerList({ rows, fields, show: (row) => row }, c.req.query());
  });
  routes.get('/accounts/:id', (c) => {
    requireRight(c, 'read');
    const row = findSeen(state, 'accounts', c, c.req.param('id'));
    return c.json(row);
  });
  return routes;
}
