import { Hono } from 'hono';
import { readBody } from '@/lib/sandbox/api/body';
import type { ExchangeEnv } from '@/lib/sandbox/api/exchange';
import { requireRight } from '@/lib/sandbox/api/rights';
import type { Kind } from '@/lib/sandbox/state/kind';
import { parseJson } from '@/lib/sandbox/state/row';
import type { State } from '@/lib/sandbox/state/state';
import { parseFilter, toSearchTest } from './filter';
import { findSeen, show, showing, toSeen } from './found';
import { createListing, type ListAsked } from './listing';
import { answerPage, toPageAsked } from './page';
import { toOrders } from './sort';
import { usesOf } from './uses';

/** Kinds whose lists and searches are read alike. Accounts are another matter. */
const LISTED: readonly Kind[] = [
  'sites',
  'experiments',
  'variations',
  'goals',
  'segments',
  'feature-flags',
  'personalizations',
  'targeting-rules',
  'custom-datas',
];

/** Lists, searches, and one object by its id, of what the asking principal may see. */
export function createListRoutes(state: State): Hono<ExchangeEnv> {
  const routes = new Hono<ExchangeEnv>();
  const list = createListing(state, usesOf(state));

  for (const kind of LISTED) {
    routes.get(`/${kind}`, (c) => {
      const principal = requireRight(c, 'read');
      const { page, perPage, filter, sort } = c.req.query();
      const asked = toPageAsked(page, perPage);
      return answerPage(
        list(kind, principal, toListAsked(filter, sort)),
        asked,
        showing(state, kind, c),
      );
    });
    routes.post(`/${kind}/search`, async (c) => {
      const principal = requireRight(c, 'read');
      const { page, perPage, filter, sort } = await readBody(c);
      const asked = toPageAsked(page, perPage);
      return answerPage(
        list(kind, principal, toSearchAsked(filter, sort)),
        asked,
        showing(state, kind, c),
      );
    });
    // Feature flags are read by their site's code and their key.
    if (kind === 'feature-flags') continue;
    routes.get(`/${kind}/:id`, (c) => {
      requireRight(c, 'read');
      return c.json(show(state, kind, c, findSeen(state, kind, c, c.req.param('id'))));
    });
  }
  // One client asks so; the list of all goals with a filter says the same.
  routes.get('/sites/:id/goals', (c) => {
    const principal = requireRight(c, 'read');
    const { id: siteId } = findSeen(state, 'sites', c, c.req.param('id'));
    const { page, perPage } = c.req.query();
    const filter = JSON.stringify([{ field: 'siteId', operator: 'EQUAL', parameters: [siteId] }]);
    const rows = list('goals', principal, toListAsked(filter));
    return answerPage(rows, toPageAsked(page, perPage), showing(state, 'goals', c));
  });
  routes.get('/sites/byCode/:code', (c) => {
    requireRight(c, 'read');
    const code = c.req.param('code');
    const found = state.of('sites').rows.find((row) => row['code'] === code);
    return c.json(show(state, 'sites', c, toSeen('sites', c, found, `code ${code}`)));
  });
  return routes;
}

/** Both as JSON in the query. A body on a GET is not looked at. */
function toListAsked(filter = '', sort = ''): ListAsked {
  return {
    key: JSON.stringify([filter, sort]),
    toTest: filter === '' ? undefined : (fields) => parseFilter(filter, fields),
    toOrders: sort === '' ? undefined : (fields) => toOrders(parseJson(sort), fields),
  };
}

function toSearchAsked(filter: unknown, sort: unknown): ListAsked {
  return {
    key: `search ${JSON.stringify([filter ?? null, sort ?? null])}`,
    toTest:
      filter === undefined || filter === null
        ? undefined
        : (fields) => toSearchTest(filter, fields),
    toOrders: sort === undefined || sort === null ? undefined : (fields) => toOrders(sort, fields),
  };
}
