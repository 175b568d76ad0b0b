import { Hono } from 'hono';
import { ApiError } from '@/lib/sandbox/api/api-error';
import { readBody } from '@/lib/sandbox/api/body';
import { createChecks, isSet } from '@/lib/sandbox/api/checks';
import type { ExchangeEnv } from '@/lib/sandbox/api/exchange';
import { toBirthDates, toFresh } from '@/lib/sandbox/api/fresh';
import { findSeen, findSite, show } from '@/lib/sandbox/api/query/found';
import { requireRight } from '@/lib/sandbox/api/rights';
import type { State } from '@/lib/sandbox/state/state';

/** Custom data are listed so that results can be asked for by their index; making and removing one is all else there is. */
export function createCustomDataRoutes(state: State): Hono<ExchangeEnv> {
  const routes = new Hono<ExchangeEnv>();
  const customDatas = state.of('custom-datas');

  routes.post('/custom-datas', async (c) => {
    const { accountId } = requireRight(c, 'write');
    const body = await readBody(c);
    const checks = createChecks();
    const { siteId, name, index, values, description } = body;
    const site = findSite(state, c, siteId, checks);
    checks.isText(name, 'name');
    if (isSet(index)) checks.isNumber(index, 'index', 0);
    if (isSet(values)) checks.isTextList(values, 'values');
    if (isSet(description) && typeof description !== 'string')
      checks.fault('description', 'must be a text');
    checks.done();
    const own = customDatas.rows.filter((row) => row['siteId'] === site?.['id']);
    const taken = own.map((row) => Number(row['index']));
    const wanted = isSet(index) ? Number(index) : Math.max(0, ...taken) + 1;
    if (taken.includes(wanted))
      throw new ApiError(400, `A custom data with the index ${wanted} already exists.`);
    const row = {
      id: state.nextId(),
      siteId: site?.['id'],
      index: wanted,
      name,
      description: description ?? '',
      values: values ?? [],
      createdBy: accountId,
      ...toBirthDates(c.env.nowMs),
    };
    customDatas.put(row);
    const shown = show(state, 'custom-datas', c, row);
    return c.json(toFresh(shown, c.env.nowMs + c.env.offsetMs), 201);
  });

  routes.delete('/custom-datas/:id', (c) => {
    requireRight(c, 'write');
    const row = findSeen(state, 'custom-datas', c, c.req.param('id'));
    customDatas.remove(Number(row['id']));
    return c.body(null, 200);
  });
  return routes;
}
