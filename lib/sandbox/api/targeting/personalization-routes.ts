import { Hono } from 'hono';
import { readBody } from '@/lib/sandbox/api/body';
import { createChecks } from '@/lib/sandbox/api/checks';
import type { ExchangeEnv } from '@/lib/sandbox/api/exchange';
import { TARGETINGS } from '@/lib/sandbox/api/experiments/experiment-form';
import { settleGoals } from '@/lib/sandbox/api/experiments/goals';
import { findNamed, type Ground } from '@/lib/sandbox/api/experiments/references';
import { withPanel } from '@/lib/sandbox/api/experiments/simulation';
import { toIds } from '@/lib/sandbox/api/experiments/split';
import {
  filledText,
  flag,
  id,
  ids,
  listOf,
  oneOf,
  readFields,
  text,
  type Form,
} from '@/lib/sandbox/api/form';
import { toBirthDates, toFresh } from '@/lib/sandbox/api/fresh';
import { findSeen, findSite } from '@/lib/sandbox/api/query/found';
import { requireRight } from '@/lib/sandbox/api/rights';
import { VARIATION_DEFAULTS } from '@/lib/sandbox/state/defaults';
import type { Row } from '@/lib/sandbox/state/row';
import type { State } from '@/lib/sandbox/state/state';
import { toToldRow } from '@/lib/sandbox/state/told-row';
import { toZonelessSecond } from '@/lib/sandbox/world/buckets';

const FORM: Form = {
  rules: {
    name: filledText,
    description: text,
    tags: listOf(text),
    goals: ids,
    mainGoalId: id,
    targetingConfiguration: oneOf(...TARGETINGS),
    targetingSegmentId: id,
    isArchived: flag,
    // The code is the object's own.
    javaScriptCode: text,
    cssCode: text,
  },
  mandatory: ['name'],
};

const DEFAULTS: Row = {
  status: 'draft',
  description: '',
  tags: [],
  goals: [],
  isArchived: false,
  javaScriptCode: '',
  cssCode: '',
};

/** Personalizations as drafts with code, as far as tools for experiments touch them: nothing ever launches one. */
export function createPersonalizationRoutes(state: State): Hono<ExchangeEnv> {
  const routes = new Hono<ExchangeEnv>();
  const personalizations = state.of('personalizations');

  routes.post('/personalizations', async (c) => {
    const principal = requireRight(c, 'write');
    const body = await readBody(c);
    const { nowMs, offsetMs } = c.env;
    const ground = { state, principal, nowMs, checks: createChecks() };
    const fields = readFields(body, FORM, ground.checks, 'whole');
    const site = findSite(state, c, body['siteId'], ground.checks);
    ground.checks.done();
    const variationId = state.nextId();
    const base = {
      id: state.nextId(),
      siteId: site?.['id'],
      siteCode: site?.['code'],
      ...DEFAULTS,
      // Older clients read the one, newer ones the other.
      variationId,
      variationIds: [variationId],
      createdBy: principal.accountId,
      ...toBirthDates(nowMs),
    };
    const row = lay(base, fields, ground);
    const { id: personalizationId, siteId, name } = row;
    const content = { id: variationId, siteId, personalizationId, name, ...VARIATION_DEFAULTS };
    state.of('variations').put(content);
    personalizations.put(row);
    return c.json(toFresh(toToldRow(row, offsetMs), nowMs + offsetMs), 201);
  });

  // It has no page of its own: the panel is asked for on its site's.
  routes.get('/personalizations/simulate/:id', (c) => {
    requireRight(c, 'read');
    const row = findSeen(state, 'personalizations', c, c.req.param('id'));
    const site = findSeen(state, 'sites', c, String(row['siteId']));
    return c.text(
      withPanel(String(site['url']), `kameleoon-personalization-id=${String(row['id'])}`),
    );
  });

  routes.patch('/personalizations/:id', async (c) => {
    const principal = requireRight(c, 'write');
    const body = await readBody(c);
    const before = findSeen(state, 'personalizations', c, c.req.param('id'));
    const { nowMs, offsetMs } = c.env;
    const ground = { state, principal, nowMs, checks: createChecks() };
    const fields = readFields(body, FORM, ground.checks, 'part');
    ground.checks.done();
    const row = { ...lay(before, fields, ground), dateModified: toZonelessSecond(nowMs) };
    personalizations.put(row);
    return c.json(toToldRow(row, offsetMs));
  });

  routes.delete('/personalizations/:id', (c) => {
    requireRight(c, 'write');
    const row = findSeen(state, 'personalizations', c, c.req.param('id'));
    for (const id of toIds(row['variationIds'])) state.of('variations').remove(id);
    personalizations.remove(Number(row['id']));
    return c.body(null, 200);
  });

  return routes;
}

/** Checked fields over a row; 400 when they name goals or a segment that are not on its site. */
function lay(before: Row, fields: Row, ground: Ground): Row {
  const { siteId } = before;
  const changed = settleGoals(before, { ...before, ...fields }, fields, ground);
  const segmentId = fields['targetingSegmentId'];
  if (typeof segmentId === 'number' && segmentId !== before['targetingSegmentId'])
    findNamed(ground, 'segments', siteId, segmentId, 'targetingSegmentId');
  ground.checks.done();
  const settled = Object.entries(changed).map(([field, value]) => [
    field,
    value ?? DEFAULTS[field],
  ]);
  return Object.fromEntries(settled.filter(([, value]) => value !== undefined)) as Row;
}
