import type { Context } from 'hono';
import type { Principal, Right } from '@/lib/sandbox/state/principal';
import { ApiError } from './api-error';
import type { ExchangeEnv } from './exchange';

/** The asking principal, if it has the right; 403 otherwise. Every route begins with it. */
export function requireRight(c: Context<ExchangeEnv>, right: Right): Principal {
  const { principal } = c.env;
  if (principal === undefined || !principal.rights.has(right))
    throw new ApiError(403, `Access denied: the right to ${right} is missing.`);
  return principal;
}
