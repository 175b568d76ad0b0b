import { Hono, type Context } from 'hono';
import { ApiError } from '@/lib/sandbox/api/api-error';
import { readBody } from '@/lib/sandbox/api/body';
import { createChecks } from '@/lib/sandbox/api/checks';
import type { ExchangeEnv } from '@/lib/sandbox/api/exchange';
import { toBirthDates, toFresh } from '@/lib/sandbox/api/fresh';
import { findSeen, findSite, show } from '@/lib/sandbox/api/query/found';
import { requireRight } from '@/lib/sandbox/api/rights';
import { releaseSegment } from '@/lib/sandbox/api/targeting/release-segment';
import { SEGMENT_DEFAULTS } from '@/lib/sandbox/state/defaults';
import type { Row } from '@/lib/sandbox/state/row';
import type { State } from '@/lib/sandbox/state/state';
import { changeCondition } from './change-condition';
import { toConditionsData, toLeaves } from './conditions-data';
import { readSegment, readSegmentChanges } from './read-segment';

/** Making, changing and removing segments. Names are unique on a site. */
export function createSegmentRoutes(state: State): Hono<ExchangeEnv> {
  const routes = new Hono<ExchangeEnv>();
  const segments = state.of('segments');

  routes.post('/segments', async (c) => {
    const { accountId } = requireRight(c, 'write');
    const body = await readBody(c);
    const checks = createChecks();
    const site = findSite(state, c, body['siteId'], checks);
    const build = readSegment(body, checks);
    checks.done();
    refuseTaken(body['name'], site?.['id']);
    const row = {
      id: state.nextId(),
      siteId: site?.['id'],
      ...SEGMENT_DEFAULTS,
      ...toBirthDates(c.env.nowMs),
      createdBy: accountId,
      // Ids of a segment that was copied belong to the other one.
      ...build(() => state.nextId()),
    };
    segments.put(row);
    return c.json(toFresh(show(state, 'segments', c, row), c.env.nowMs + c.env.offsetMs), 201);
  });

  routes.patch('/segments/:id', async (c) => {
    requireRight(c, 'write');
    const body = await readBody(c);
    const row = findSeen(state, 'segments', c, c.req.param('id'));
    const checks = createChecks();
    const changes = readSegmentChanges(body, checks);
    checks.done();
    return c.json(change(c, row, changes));
  });

  routes.put('/segments/:id', async (c) => {
    requireRight(c, 'write');
    const body = await readBody(c);
    const row = findSeen(state, 'segments', c, c.req.param('id'));
    const checks = createChecks();
    const build = readSegment(body, checks);
    checks.done();
    const own = new Set(toLeaves(toConditionsData(row)).map((leaf) => leaf['id']));
    const toId = (sent: unknown): number =>
      typeof sent === 'number' && own.delete(sent) ? sent : state.nextId();
    const { description, tags, audienceTracking, isFavorite } = SEGMENT_DEFAULTS;
    const emptied = { ...row, description, tags, audienceTracking, isFavorite };
    refuseTaken(body['name'], row['siteId'], row['id']);
    return c.json(change(c, emptied, build(toId)));
  });

  routes.put('/segments/:id/conditions/:conditionId', async (c) => {
    requireRight(c, 'write');
    const body = await readBody(c);
    const row = findSeen(state, 'segments', c, c.req.param('id'));
    return c.json(changeCondition(state, row, c.req.param('conditionId'), body, c.env.nowMs));
  });

  routes.delete('/segments/:id', (c) => {
    requireRight(c, 'write');
    const row = findSeen(state, 'segments', c, c.req.param('id'));
    remove(row, c.env.nowMs);
    return c.body(null, 200);
  });

  function change(c: Context<ExchangeEnv>, row: Row, changes: Row): Row {
    if (changes['name'] !== undefined) refuseTaken(changes['name'], row['siteId'], row['id']);
    const { isDeleted, ...kept } = changes;
    const changed = { ...row, ...kept, dateModified: toBirthDates(c.env.nowMs).dateModified };
    if (isDeleted === true) remove(row, c.env.nowMs);
    else segments.put(changed);
    return show(state, 'segments', c, changed);
  }

  function remove(row: Row, nowMs: number): void {
    segments.remove(String(row['id']));
    releaseSegment(state, row['id'], nowMs);
  }

  function refuseTaken(name: unknown, siteId: unknown, ownId?: unknown): void {
    const isTaken = segments.rows.some(
      (row) => row['siteId'] === siteId && row['name'] === name && row['id'] !== ownId,
    );
    if (isTaken) throw new ApiError(400, 'A segment with the same name already exists.');
  }
  return routes;
}
