import { Hono, type Context } from 'hono';
import { toInvalid } from '@/lib/sandbox/api/api-error';
import { readBody, readBodyIfAny } from '@/lib/sandbox/api/body';
import { createChecks } from '@/lib/sandbox/api/checks';
import type { ExchangeEnv } from '@/lib/sandbox/api/exchange';
import { readFields } from '@/lib/sandbox/api/form';
import { toFresh } from '@/lib/sandbox/api/fresh';
import { findSeen, findSite } from '@/lib/sandbox/api/query/found';
import { requireRight } from '@/lib/sandbox/api/rights';
import type { Principal } from '@/lib/sandbox/state/principal';
import type { Row } from '@/lib/sandbox/state/row';
import type { State } from '@/lib/sandbox/state/state';
import { toToldRow } from '@/lib/sandbox/state/told-row';
import { changeExperiment, type Change } from './change';
import { commitChange } from './commit';
import { CHANGE_FORM, CREATE_FORM } from './experiment-form';
import { moveExperiment, parseAction } from './moves';
import { createExperiment } from './new-experiment';
import type { Ground } from './references';
import { toSimulation } from './simulation';
import { toIds } from './split';

/** Making, changing, launching and removing experiments. Answers show what was sent: goals and tags too. */
export function createExperimentRoutes(state: State): Hono<ExchangeEnv> {
  const routes = new Hono<ExchangeEnv>();
  const experiments = state.of('experiments');
  const toGround = (principal: Principal, nowMs: number): Ground => ({
    state,
    principal,
    nowMs,
    checks: createChecks(),
  });

  routes.post('/experiments', async (c) => {
    const principal = requireRight(c, 'write');
    const { nowMs, offsetMs } = c.env;
    const body = await readBody(c);
    const ground = toGround(principal, nowMs);
    const { checks } = ground;
    const fields = readFields(body, CREATE_FORM, checks, 'whole');
    const site = findSite(state, c, body['siteId'], checks);
    checks.done();
    const change = createExperiment(fields, site, ground);
    checks.done();
    const row = commitChange(state, {}, change, nowMs);
    return c.json(toFresh(toToldRow(row, offsetMs), nowMs + offsetMs), 201);
  });

  routes.patch('/experiments/:id', async (c) => {
    const action = c.req.query('action');
    if (action === undefined) {
      const principal = requireRight(c, 'write');
      return change(c, c.req.param('id'), await readBody(c), principal);
    }
    const principal = requireRight(c, 'launch');
    const body = await readBodyIfAny(c);
    if (Object.keys(body).length > 0) requireRight(c, 'write');
    return change(c, c.req.param('id'), body, principal, action);
  });

  routes.post('/experiments/restart/:id', (c) => {
    requireRight(c, 'launch');
    const row = findSeen(state, 'experiments', c, c.req.param('id'));
    const moved = moveExperiment(row, 'RESTART', c.env.nowMs);
    return answer(c, row, { row: moved, attached: [], detached: [] });
  });

  routes.delete('/experiments/:id', (c) => {
    requireRight(c, 'write');
    const row = findSeen(state, 'experiments', c, c.req.param('id'));
    if (row['status'] !== 'draft' && row['status'] !== 'stopped')
      throw toInvalid(`'status': an experiment that is ${String(row['status'])} cannot be deleted`);
    remove(row);
    return c.body(null, 200);
  });

  routes.get('/experiments/simulate/:id', (c) => {
    requireRight(c, 'read');
    return c.text(toSimulation(findSeen(state, 'experiments', c, c.req.param('id'))));
  });

  /** All of it or nothing: fields first, then the move, written together. */
  function change(
    c: Context<ExchangeEnv>,
    id: string,
    body: Row,
    principal: Principal,
    action?: string,
  ): Response {
    const before = findSeen(state, 'experiments', c, id);
    const move = action === undefined ? undefined : parseAction(action);
    const ground = toGround(principal, c.env.nowMs);
    const fields = readFields(body, CHANGE_FORM, ground.checks, 'part');
    ground.checks.done();
    const change = changeExperiment(before, fields, ground);
    ground.checks.done();
    const { nowMs } = c.env;
    const row = move === undefined ? change.row : moveExperiment(change.row, move, nowMs);
    return answer(c, before, { ...change, row });
  }

  function answer(c: Context<ExchangeEnv>, before: Row, change: Change): Response {
    const { nowMs, offsetMs } = c.env;
    return c.json(toToldRow(commitChange(state, before, change, nowMs), offsetMs));
  }

  /** Its variations and its targeting rule go with it; orphans of the site stay. */
  function remove(row: Row): void {
    for (const id of toIds(row['variations'])) state.of('variations').remove(id);
    const rule = state.of('targeting-rules');
    for (const { id } of rule.rows.filter(({ experimentId }) => experimentId === row['id']))
      rule.remove(Number(id));
    experiments.remove(Number(row['id']));
  }

  return routes;
}
