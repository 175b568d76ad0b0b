import 'server-only';
import type { ProblemCode } from '@/lib/core/problem/problem';

/** Our answer's status for each problem. Exhaustive by type: a new code without a status does not compile. */
export const STATUS: Readonly<Record<ProblemCode, number>> = {
  'invalid-input': 400,
  'not-found': 404,
  forbidden: 403,
  'upstream-auth': 502,
  'upstream-forbidden': 502,
  'upstream-not-found': 404,
  'upstream-locked': 503,
  'upstream-conflict': 409,
  'upstream-rejected': 502,
  'upstream-throttled': 503,
  'upstream-failed': 502,
  'upstream-unreachable': 502,
  'upstream-unreadable': 502,
  'write-uncertain': 502,
  'connection-ended': 502,
  'given-up': 503,
  'report-not-ready': 503,
  'budget-spent': 503,
  'store-failed': 503,
  'too-many': 503,
  internal: 500,
};
