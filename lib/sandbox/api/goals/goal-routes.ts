import { Hono, type Context } from 'hono';
import { readBody } from '@/lib/sandbox/api/body';
import { createChecks } from '@/lib/sandbox/api/checks';
import type { ExchangeEnv } from '@/lib/sandbox/api/exchange';
import { toBirthDates, toFresh } from '@/lib/sandbox/api/fresh';
import { findSeen, findSite, show } from '@/lib/sandbox/api/query/found';
import { requireRight } from '@/lib/sandbox/api/rights';
import type { Row } from '@/lib/sandbox/state/row';
import type { State } from '@/lib/sandbox/state/state';
import { readGoalChanges, toGoalOrder } from './goal-changes';
import { GOAL_TYPES, readGoalParams } from './goal-params';

const NEW_GOAL: Row = {
  accessLimiters: [],
  customDatas: [],
  experimentAmount: 0,
  experiments: [],
  featureFlagAmount: 0,
  holdoutAmount: 0,
  holdouts: [],
  isActive: true,
  mentalistWeight: 0,
  personalizationAmount: 0,
  personalizations: [],
  status: 'ACTIVE',
  tags: [],
  targetingSegmentMentalist: [],
  trackingTools: [],
};

/** Making, changing and removing goals; experiments keep the ids of those that are gone, and so do results. */
export function createGoalRoutes(state: State): Hono<ExchangeEnv> {
  const routes = new Hono<ExchangeEnv>();
  const goals = state.of('goals');

  routes.post('/goals', async (c) => {
    const { accountId } = requireRight(c, 'write');
    const content = readGoal(await readBody(c), c, state);
    const row = toGoalOrder({
      ...NEW_GOAL,
      ...toBirthDates(c.env.nowMs),
      ...content,
      createdBy: accountId,
      id: state.nextId(),
    });
    goals.put(row);
    const shown = { ...show(state, 'goals', c, row), isTargetingSegmentMentalist: false };
    return c.json(toFresh(toGoalOrder(shown), c.env.nowMs + c.env.offsetMs), 201);
  });

  routes.patch('/goals/:id', async (c) => {
    requireRight(c, 'write');
    const body = await readBody(c);
    const row = findSeen(state, 'goals', c, c.req.param('id'));
    const checks = createChecks();
    const changes = readGoalChanges(body, checks);
    checks.done();
    return c.json(change(c, row, changes));
  });

  routes.put('/goals/:id', async (c) => {
    requireRight(c, 'write');
    const body = await readBody(c);
    const row = findSeen(state, 'goals', c, c.req.param('id'));
    const content = readGoal(body, c, state, row['siteId']);
    const { description: _, params: __, ...rest } = row;
    return c.json(change(c, { ...rest, tags: [] }, content));
  });

  routes.delete('/goals/:id', (c) => {
    requireRight(c, 'write');
    const row = findSeen(state, 'goals', c, c.req.param('id'));
    goals.remove(String(row['id']));
    return c.body(null, 200);
  });

  function change(c: Context<ExchangeEnv>, row: Row, changes: Row): Row {
    const { dateModified } = toBirthDates(c.env.nowMs);
    const changed = toGoalOrder({ ...row, ...changes, dateModified });
    goals.put(changed);
    return show(state, 'goals', c, changed);
  }
  return routes;
}

/** A whole goal: what it must have, and its params by its type. `home`: where one that exists already lies. */
function readGoal(body: Row, c: Context<ExchangeEnv>, state: State, home?: unknown): Row {
  const checks = createChecks();
  const { type, params } = body;
  const site = findSite(state, c, home ?? body['siteId'], checks);
  checks.isText(body['name'] ?? null, 'name');
  checks.isFlag(body['hasMultipleConversions'] ?? null, 'hasMultipleConversions');
  const isKnown = checks.isOneOf(type, 'type', GOAL_TYPES);
  const kept = isKnown ? readGoalParams(type, params, checks) : undefined;
  // Their absence is told above, once.
  const { name = undefined, hasMultipleConversions = undefined, ...others } = body;
  const changes = readGoalChanges(
    {
      ...others,
      ...(typeof name === 'string' && name.trim() !== '' ? { name } : {}),
      ...(typeof hasMultipleConversions === 'boolean' ? { hasMultipleConversions } : {}),
    },
    checks,
  );
  checks.done();
  return {
    ...changes,
    type,
    siteId: site?.['id'],
    ...(kept === undefined ? {} : { params: kept }),
  };
}
