import type { Kind } from '@/lib/sandbox/state/kind';
import { isAdmin, type Principal } from '@/lib/sandbox/state/principal';
import type { Row } from '@/lib/sandbox/state/row';

/** Whether an object exists as far as this principal can tell: it lies on one of its sites. */
export function canSee(principal: Principal | undefined, kind: Kind, row: Row): boolean {
  if (principal === undefined || principal.onlyResultsOf !== undefined) return false;
  if (kind === 'accounts') return row['id'] === principal.accountId || isAdmin(principal);
  return liesWithin(principal, kind, row);
}

/** Whether results of this experiment or flag exist for it: as `canSee`, and a shared token has its one experiment. */
export function canReadResultsOf(principal: Principal | undefined, kind: Kind, row: Row): boolean {
  if (principal?.onlyResultsOf === undefined) return canSee(principal, kind, row);
  const isTheOne = kind === 'experiments' && row['id'] === principal.onlyResultsOf;
  return isTheOne && liesWithin(principal, kind, row);
}

/** What is kept of a results job to know whose it is. */
export interface JobOwner {
  /** The credential that asked. */
  readonly owner: string;
  readonly experimentId: number | undefined;
}

/** Whether a job exists for whoever polls it: its own, and for a shared token those of its experiment. */
export function canPoll(
  principal: Principal | undefined,
  { owner, experimentId }: JobOwner,
): boolean {
  if (principal === undefined) return false;
  if (principal.onlyResultsOf !== undefined) return experimentId === principal.onlyResultsOf;
  return owner === principal.credential;
}

function liesWithin({ siteIds }: Principal, kind: Kind, row: Row): boolean {
  if (siteIds === 'all') return true;
  return siteIds.has(Number(kind === 'sites' ? row['id'] : row['siteId']));
}
