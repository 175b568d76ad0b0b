import { Hono, type Context } from 'hono';
import { ApiError, toInvalid } from '@/lib/sandbox/api/api-error';
import { readBody } from '@/lib/sandbox/api/body';
import { createChecks } from '@/lib/sandbox/api/checks';
import type { ExchangeEnv } from '@/lib/sandbox/api/exchange';
import { readFields } from '@/lib/sandbox/api/form';
import { toBirthDates, toFresh } from '@/lib/sandbox/api/fresh';
import { findSeen } from '@/lib/sandbox/api/query/found';
import { requireRight } from '@/lib/sandbox/api/rights';
import { SITE_DEFAULTS } from '@/lib/sandbox/state/defaults';
import { KINDS } from '@/lib/sandbox/state/kind';
import type { Row } from '@/lib/sandbox/state/row';
import type { State } from '@/lib/sandbox/state/state';
import { toToldRow } from '@/lib/sandbox/state/told-row';
import { toSiteCode } from './site-code';
import { SITE_FORM } from './site-form';

/** Making, changing and removing sites, which the app calls projects. */
export function createSiteRoutes(state: State): Hono<ExchangeEnv> {
  const routes = new Hono<ExchangeEnv>();
  const sites = state.of('sites');

  routes.post('/sites', async (c) => {
    const { siteIds } = requireRight(c, 'write');
    // It could not see what it had made.
    if (siteIds !== 'all')
      throw new ApiError(403, 'Access denied: sites are made by those who see all.');
    const { nowMs, offsetMs } = c.env;
    const fields = readSite(await readBody(c), 'whole');
    const id = state.nextId();
    const { dateCreated } = toBirthDates(nowMs);
    const row = withDefaults({ id, code: toSiteCode(id), dateCreated }, fields);
    sites.put(row);
    return c.json(toFresh(toToldRow(row, offsetMs), nowMs + offsetMs), 201);
  });

  // A PUT brings the whole object just read, or no more than what changes: clients do both.
  routes.on(['PATCH', 'PUT'], '/sites/:id', async (c) => {
    requireRight(c, 'write');
    const body = await readBody(c);
    const before = findSeen(state, 'sites', c, c.req.param('id'));
    return answer(c, withDefaults(before, readSite(body, 'part')));
  });

  routes.delete('/sites/:id', (c) => {
    requireRight(c, 'write');
    const site = findSeen(state, 'sites', c, c.req.param('id'));
    const inhabited = KINDS.find((kind) =>
      state.of(kind).rows.some(({ siteId }) => siteId === site['id']),
    );
    if (inhabited !== undefined) throw toInvalid(`'id': the site still has ${inhabited}`);
    sites.remove(Number(site['id']));
    return c.body(null, 200);
  });

  routes.get('/sites/:id/integration-tools', (c) => {
    requireRight(c, 'read');
    const site = findSeen(state, 'sites', c, c.req.param('id'));
    const trackingId = `G-${String(site['code']).toUpperCase()}`;
    return c.json([{ name: 'GOOGLE_UNIVERSAL_ANALYTICS', settings: { trackingId } }]);
  });

  function answer(c: Context<ExchangeEnv>, row: Row): Response {
    sites.put(row);
    return c.json(toToldRow(row, c.env.offsetMs));
  }
  return routes;
}

function readSite(body: Row, extent: 'part' | 'whole'): Row {
  const checks = createChecks();
  const fields = readFields(body, SITE_FORM, checks, extent);
  checks.done();
  return fields;
}

/** A null is what a field is when nobody says anything. */
function withDefaults(before: Row, fields: Row): Row {
  const set = Object.entries(fields).map(([field, value]) => [
    field,
    value ?? SITE_DEFAULTS[field],
  ]);
  return { ...SITE_DEFAULTS, ...before, ...(Object.fromEntries(set) as Row) };
}
