import { Hono, type Context } from 'hono';
import { ApiError } from '@/lib/sandbox/api/api-error';
import { readBody } from '@/lib/sandbox/api/body';
import { createChecks, isSet, type Checks } from '@/lib/sandbox/api/checks';
import type { ExchangeEnv } from '@/lib/sandbox/api/exchange';
import { toBirthDates, toFresh } from '@/lib/sandbox/api/fresh';
import { findSite, show, toSeen } from '@/lib/sandbox/api/query/found';
import { requireRight } from '@/lib/sandbox/api/rights';
import { toShown } from '@/lib/sandbox/api/shown';
import { canSee } from '@/lib/sandbox/api/visible';
import type { Row } from '@/lib/sandbox/state/row';
import type { State } from '@/lib/sandbox/state/state';
import {
  readEnvironmentChanges,
  readFlagChanges,
  toEnvironments,
  type HasExperiment,
} from './read-flag';

const FLAG = '/feature-flags/:siteCode/:featureKey';
const ENVIRONMENT = `${FLAG}/:environmentKey`;

const NEW_FLAG: Row = {
  description: '',
  tags: [],
  status: 'DEACTIVATED',
  variations: [
    { key: 'off', name: 'Off', variables: [] },
    { key: 'on', name: 'On', variables: [] },
  ],
  environmentConfigurations: [
    {
      environmentKey: 'production',
      defaultVariationKey: 'off',
      featureEnabled: false,
      rolloutRules: [],
    },
  ],
  secondaryGoalIds: [],
  archived: false,
  health: 'HEALTHY',
};

/** Feature flags, by the code of their site and their own key; light, as results are what matters of them. */
export function createFlagRoutes(state: State): Hono<ExchangeEnv> {
  const routes = new Hono<ExchangeEnv>();
  const flags = state.of('feature-flags');
  const findFlag = (c: Context<ExchangeEnv>, siteCode: string, featureKey: string): Row => {
    const found = flags.rows.find(
      (row) => row['siteCode'] === siteCode && row['featureKey'] === featureKey,
    );
    return toSeen('feature-flags', c, found, `key ${siteCode}/${featureKey}`);
  };
  const toHasExperiment =
    (siteId: unknown): HasExperiment =>
    (id) =>
      typeof id === 'number' && state.of('experiments').find(id)?.['siteId'] === siteId;
  const change = (c: Context<ExchangeEnv>, flag: Row, changes: Row): Row => {
    const { dateModified } = toBirthDates(c.env.nowMs);
    const changed = { ...flag, ...changes, dateModified };
    flags.put(changed);
    return show(state, 'feature-flags', c, changed);
  };

  routes.get(FLAG, (c) => {
    requireRight(c, 'read');
    const flag = findFlag(c, c.req.param('siteCode'), c.req.param('featureKey'));
    return c.json(show(state, 'feature-flags', c, flag));
  });

  routes.get(ENVIRONMENT, (c) => {
    requireRight(c, 'read');
    const flag = findFlag(c, c.req.param('siteCode'), c.req.param('featureKey'));
    const environment = findEnvironment(flag, c.req.param('environmentKey'));
    const shown = { ...flag, environmentConfigurations: [environment] };
    return c.json(show(state, 'feature-flags', c, shown));
  });

  routes.post('/feature-flags', async (c) => {
    const { accountId } = requireRight(c, 'write');
    const body = await readBody(c);
    const checks = createChecks();
    const { siteCode, siteId, featureKey, name } = body;
    const site = isSet(siteId)
      ? findSite(state, c, siteId, checks)
      : findSiteByCode(state, c, siteCode, checks);
    checks.isText(featureKey, 'featureKey');
    const changes = readFlagChanges(
      { ...body, name: name ?? featureKey },
      checks,
      toHasExperiment(site?.['id']),
    );
    checks.done();
    const isTaken = flags.rows.some(
      (row) => row['siteId'] === site?.['id'] && row['featureKey'] === featureKey,
    );
    if (isTaken) throw new ApiError(400, 'A feature flag with the same key already exists.');
    const flag = {
      id: state.nextId(),
      siteId: site?.['id'],
      siteCode: site?.['code'],
      featureKey,
      ...NEW_FLAG,
      ...changes,
      createdBy: accountId,
      ...toBirthDates(c.env.nowMs),
    };
    flags.put(flag);
    const shown = show(state, 'feature-flags', c, flag);
    return c.json(toFresh(shown, c.env.nowMs + c.env.offsetMs), 201);
  });

  routes.patch(FLAG, async (c) => {
    requireRight(c, 'write');
    const body = await readBody(c);
    const flag = findFlag(c, c.req.param('siteCode'), c.req.param('featureKey'));
    const checks = createChecks();
    const changes = readFlagChanges(body, checks, toHasExperiment(flag['siteId']));
    checks.done();
    return c.json(change(c, flag, changes));
  });

  routes.patch(ENVIRONMENT, async (c) => {
    requireRight(c, 'write');
    const body = await readBody(c);
    const flag = findFlag(c, c.req.param('siteCode'), c.req.param('featureKey'));
    const environment = findEnvironment(flag, c.req.param('environmentKey'));
    const checks = createChecks();
    const changes = readEnvironmentChanges(body, checks, toHasExperiment(flag['siteId']));
    checks.done();
    const environmentConfigurations = toEnvironments(flag).map((one) =>
      one === environment ? { ...one, ...changes } : one,
    );
    return c.json(change(c, flag, { environmentConfigurations }));
  });

  routes.delete(FLAG, (c) => {
    requireRight(c, 'write');
    const flag = findFlag(c, c.req.param('siteCode'), c.req.param('featureKey'));
    flags.remove(String(flag['id']));
    return c.body(null, 200);
  });
  return routes;
}

/** Of a site one cannot see nothing is told, not even that its code is taken. */
function findSiteByCode(
  state: State,
  c: Context<ExchangeEnv>,
  code: unknown,
  checks: Checks,
): Row | undefined {
  if (!checks.isText(code, 'siteCode')) return undefined;
  const site = state.of('sites').rows.find((row) => row['code'] === code);
  if (site !== undefined && canSee(c.env.principal, 'sites', site)) return site;
  checks.fault('siteCode', `no site ${toShown(code)}`);
  return undefined;
}

function findEnvironment(flag: Row, key: string): Row {
  const found = toEnvironments(flag).find((one) => one['environmentKey'] === key);
  if (found === undefined) throw new ApiError(404, `No environment ${toShown(key)}.`);
  return found;
}
