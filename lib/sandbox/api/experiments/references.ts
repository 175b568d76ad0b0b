import type { Checks } from '@/lib/sandbox/api/checks';
import { canSee } from '@/lib/sandbox/api/visible';
import type { Kind } from '@/lib/sandbox/state/kind';
import type { Principal } from '@/lib/sandbox/state/principal';
import type { Row } from '@/lib/sandbox/state/row';
import type { State } from '@/lib/sandbox/state/state';

/** Where something refers from: to objects of the same site that its writer can see. */
export interface Ground {
  readonly state: State;
  readonly principal: Principal;
  readonly nowMs: number;
  readonly checks: Checks;
}

/** The object an id names; a fault when there is none on this site. What lies elsewhere does not exist. */
export function findNamed(
  { state, principal, checks }: Ground,
  kind: Kind,
  siteId: unknown,
  id: number,
  path: string,
): Row | undefined {
  const row = state.of(kind).find(id);
  if (row !== undefined && row['siteId'] === siteId && canSee(principal, kind, row)) return row;
  checks.fault(path, `no ${kind.slice(0, -1)} with id ${id} on this site`);
  return undefined;
}
