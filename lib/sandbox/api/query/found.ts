import type { Context } from 'hono';
import { ApiError, toInvalid } from '@/lib/sandbox/api/api-error';
import type { Checks } from '@/lib/sandbox/api/checks';
import type { ExchangeEnv } from '@/lib/sandbox/api/exchange';
import { toShown } from '@/lib/sandbox/api/shown';
import { toOptionalFields, toView } from '@/lib/sandbox/api/view';
import { canSee } from '@/lib/sandbox/api/visible';
import type { Kind } from '@/lib/sandbox/state/kind';
import type { Row } from '@/lib/sandbox/state/row';
import type { State } from '@/lib/sandbox/state/state';
import { usesOf } from './uses';

/** The object with this id, if it exists for whoever asks; 404 otherwise, the same for both reasons. 400: no id at all. */
export function findSeen(state: State, kind: Kind, c: Context<ExchangeEnv>, id: string): Row {
  if (!/^-?\d+$/.test(id)) throw toInvalid("'id': must be a whole number");
  return toSeen(kind, c, state.of(kind).find(id), `id ${id}`);
}

/** `what` names what was looked for. */
export function toSeen(
  kind: Kind,
  c: Context<ExchangeEnv>,
  row: Row | undefined,
  what: string,
): Row {
  if (row === undefined || !canSee(c.env.principal, kind, row))
    throw new ApiError(404, `No object with ${toShown(what)}.`);
  return row;
}

/** Rows as a GET of this request shows them. */
export function showing(state: State, kind: Kind, c: Context<ExchangeEnv>): (row: Row) => Row {
  const asked = toOptionalFields(c.req.url);
  const uses = usesOf(state);
  return (row) => toView(kind, uses.of(kind, row), asked, c.env);
}

export function show(state: State, kind: Kind, c: Context<ExchangeEnv>, row: Row): Row {
  return showing(state, kind, c)(row);
}

/** The site a new object shall lie on; a fault when there is none, or none for whoever asks. */
export function findSite(
  state: State,
  c: Context<ExchangeEnv>,
  siteId: unknown,
  checks: Checks,
): Row | undefined {
  if (!checks.isNumber(siteId, 'siteId')) return undefined;
  const site = state.of('sites').find(Number(siteId));
  if (site !== undefined && canSee(c.env.principal, 'sites', site)) return site;
  checks.fault('siteId', `no site ${toShown(siteId)}`);
  return undefined;
}
