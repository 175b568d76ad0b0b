import type { Kind } from '@/lib/sandbox/state/kind';
import type { Principal } from '@/lib/sandbox/state/principal';
import type { Row } from '@/lib/sandbox/state/row';

/** Whether an object exists as far as this principal can tell: it lies on one of its sites. */
export function canSee(principal: Principal | undefined, kind: Kind, row: Row): boolean {
  if (principal === undefined || principal.onlyResultsOf !== undefined) return false;
  if (kind === 'accounts') return row['id'] === principal.accountId;
  if (principal.siteIds === 'all') return true;
  return principal.siteIds.has(Number(kind === 'sites' ? row['id'] : row['siteId']));
}
