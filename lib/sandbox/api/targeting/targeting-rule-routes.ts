import { Hono } from 'hono';
import { toInvalid } from '@/lib/sandbox/api/api-error';
import { readBody } from '@/lib/sandbox/api/body';
import { createChecks } from '@/lib/sandbox/api/checks';
import type { ExchangeEnv } from '@/lib/sandbox/api/exchange';
import { findNamed } from '@/lib/sandbox/api/experiments/references';
import { anything, filledText, id, readFields, type Form } from '@/lib/sandbox/api/form';
import { findSite } from '@/lib/sandbox/api/query/found';
import { requireRight } from '@/lib/sandbox/api/rights';
import type { State } from '@/lib/sandbox/state/state';
import { toZonelessSecond } from '@/lib/sandbox/world/buckets';

/** No source lists the words of a rule's settings: any will do. */
const FORM: Form = {
  rules: {
    segmentConfiguration: filledText,
    segmentId: id,
    triggerConfiguration: filledText,
    triggerId: id,
    targetingConfigurationParam: anything,
  },
  mandatory: [],
};

/**
 * `POST /targeting-rules?experimentId=`. Every experiment made here has a rule of its own already, which stands in the
 * way of another one; the seeded ones are older and have none.
 */
export function createTargetingRuleRoutes(state: State): Hono<ExchangeEnv> {
  const routes = new Hono<ExchangeEnv>();

  routes.post('/targeting-rules', async (c) => {
    const principal = requireRight(c, 'write');
    const body = await readBody(c);
    const checks = createChecks();
    const { nowMs } = c.env;
    const ground = { state, principal, nowMs, checks };
    const fields = readFields(body, FORM, checks, 'whole');
    const siteId = findSite(state, c, body['siteId'], checks)?.['id'];
    const asked = c.req.query('experimentId');
    const isThere = checks.isThere(asked, 'experimentId') && checks.isNumber(asked, 'experimentId');
    checks.done();
    const { segmentId } = fields;
    if (typeof segmentId === 'number')
      findNamed(ground, 'segments', siteId, segmentId, 'segmentId');
    const experiment = isThere
      ? findNamed(ground, 'experiments', siteId, Number(asked), 'experimentId')
      : undefined;
    checks.done();
    if (experiment === undefined) throw toInvalid("'experimentId': must not be null");
    if (experiment['targetingRule'] !== undefined)
      throw toInvalid("'experimentId': the experiment has a targeting rule already");
    const set = Object.entries(fields).filter(([, value]) => value !== null);
    const rule = { id: state.nextId(), siteId, ...Object.fromEntries(set) };
    const row = { ...rule, experimentId: experiment['id'] };
    state.of('targeting-rules').put(row);
    state.of('experiments').put({
      ...experiment,
      targetingRule: rule,
      ...(typeof segmentId === 'number'
        ? { targetingSegmentId: segmentId, targetingConfiguration: 'SAVED_TEMPLATE' }
        : {}),
      dateModified: toZonelessSecond(nowMs),
    });
    return c.json(row, 201);
  });

  return routes;
}
