import type { Context } from 'hono';
import { createChecks } from '@/lib/sandbox/api/checks';
import type { ExchangeEnv } from '@/lib/sandbox/api/exchange';
import { readFields } from '@/lib/sandbox/api/form';
import { findSite } from '@/lib/sandbox/api/query/found';
import { VARIATION_DEFAULTS } from '@/lib/sandbox/state/defaults';
import type { Row } from '@/lib/sandbox/state/row';
import type { State } from '@/lib/sandbox/state/state';
import { CREATE_FORM } from './variation-form';

/** A variation of no experiment yet, as asked for: `siteId` and `name` are needed. Throws the 400 that names what is wrong. */
export function makeVariation(state: State, c: Context<ExchangeEnv>, body: Row): Row {
  const checks = createChecks();
  const fields = readFields(body, CREATE_FORM, checks, 'whole');
  const site = findSite(state, c, body['siteId'], checks);
  checks.done();
  const row = { id: state.nextId(), siteId: site?.['id'], ...VARIATION_DEFAULTS, ...fields };
  state.of('variations').put(row);
  return row;
}
