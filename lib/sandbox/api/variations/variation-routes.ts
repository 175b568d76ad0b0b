import { Hono, type Context } from 'hono';
import { toInvalid } from '@/lib/sandbox/api/api-error';
import { readBody } from '@/lib/sandbox/api/body';
import { createChecks } from '@/lib/sandbox/api/checks';
import type { ExchangeEnv } from '@/lib/sandbox/api/exchange';
import { commitChange } from '@/lib/sandbox/api/experiments/commit';
import { isRunning } from '@/lib/sandbox/api/experiments/moves';
import { toIds } from '@/lib/sandbox/api/experiments/split';
import { readFields } from '@/lib/sandbox/api/form';
import { findSeen } from '@/lib/sandbox/api/query/found';
import { requireRight } from '@/lib/sandbox/api/rights';
import { VARIATION_DEFAULTS } from '@/lib/sandbox/state/defaults';
import type { Principal } from '@/lib/sandbox/state/principal';
import type { Row } from '@/lib/sandbox/state/row';
import type { State } from '@/lib/sandbox/state/state';
import { attachTo, detachFrom } from './attach';
import { makeVariation } from './make-variation';
import { CHANGE_FORM } from './variation-form';

/** Making, changing, attaching and removing variations. Code comes back as it was sent, to the character. */
export function createVariationRoutes(state: State): Hono<ExchangeEnv> {
  const routes = new Hono<ExchangeEnv>();
  const variations = state.of('variations');

  routes.post('/variations', async (c) => {
    requireRight(c, 'write');
    return c.json(makeVariation(state, c, await readBody(c)), 201);
  });

  routes.patch('/variations/:id', async (c) => {
    const principal = requireRight(c, 'write');
    const body = await readBody(c);
    const before = findSeen(state, 'variations', c, c.req.param('id'));
    return c.json(change(c, principal, before, before, body, 'part'));
  });

  routes.put('/variations/:id', async (c) => {
    const principal = requireRight(c, 'write');
    const body = await readBody(c);
    const before = findSeen(state, 'variations', c, c.req.param('id'));
    const fresh = { ...toPlace(before), ...VARIATION_DEFAULTS };
    return c.json(change(c, principal, before, fresh, body, 'whole'));
  });

  routes.delete('/variations/:id', (c) => {
    const principal = requireRight(c, 'write');
    const row = findSeen(state, 'variations', c, c.req.param('id'));
    if (state.of('personalizations').find(String(row['personalizationId'])) !== undefined)
      throw toInvalid("'id': the content of a personalization goes with it");
    const owner = state.of('experiments').find(String(row['experimentId']));
    if (owner !== undefined) {
      if (isRunning(owner) && toIds(owner['variations']).length === 1)
        throw toInvalid("'id': the last variation of a running experiment cannot be deleted");
      const { nowMs } = c.env;
      const ground = { state, principal, nowMs, checks: createChecks() };
      const move = detachFrom(owner, row, ground);
      commitChange(state, move.before, move.change, nowMs);
    }
    variations.remove(Number(row['id']));
    return c.body(null, 200);
  });

  /** `base`: what a field is that the body does not name. */
  function change(
    c: Context<ExchangeEnv>,
    principal: Principal,
    before: Row,
    base: Row,
    body: Row,
    extent: 'part' | 'whole',
  ): Row {
    const { nowMs } = c.env;
    const ground = { state, principal, nowMs, checks: createChecks() };
    const { experimentId, ...fields } = readFields(body, CHANGE_FORM, ground.checks, extent);
    const move = attachTo(before, experimentId, ground);
    ground.checks.done();
    const row = { ...base, ...fields };
    variations.put(row);
    if (move === undefined) return row;
    const attached = [row];
    commitChange(state, move.before, { ...move.change, attached }, nowMs);
    return variations.find(Number(row['id'])) ?? row;
  }

  return routes;
}

/** What of a variation nobody writes directly. */
function toPlace({ id, siteId, experimentId, personalizationId }: Row): Row {
  return {
    id,
    siteId,
    ...(experimentId === undefined ? {} : { experimentId }),
    ...(personalizationId === undefined ? {} : { personalizationId }),
  };
}
