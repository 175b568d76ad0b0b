import type { FaultBoard } from '@/lib/sandbox/faults/fault-board';
import { RIGHTS } from '@/lib/sandbox/state/principal';
import { SEED_ACCOUNT_ID } from '@/lib/sandbox/state/seed-rows';
import { ApiError } from './api-error';
import type { Exchange } from './exchange';
import type { RateLimiter } from './rate-limiter';
import type { Tokens } from './tokens';

export interface Guard {
  readonly tokens: Tokens;
  readonly limiter: RateLimiter;
  readonly board: FaultBoard;
}

/** Lets a request with a living token pass and counts it against its credential's windows. */
export function authorise(
  authorization: string | undefined,
  exchange: Exchange,
  { tokens, limiter, board }: Guard,
): void {
  const { about, nowMs } = exchange;
  const token = /^Bearer ([^\s]+)$/i.exec(authorization ?? '')?.[1];
  const issued = token === undefined ? undefined : tokens.find(token, nowMs);
  if (token === undefined || issued === undefined) throw toUnauthorised(401);

  if (issued.revokedAs !== undefined) throw toUnauthorised(issued.revokedAs);

  const ageMs = nowMs - issued.issuedMs;
  const death = board.strike('token-dies', about, ({ afterMs }) => ageMs >= afterMs);
  if (death !== undefined) {
    tokens.revoke(token, death.settings.status);
    throw toUnauthorised(death.settings.status);
  }
  exchange.credential = issued.credential;
  exchange.principal = {
    credential: issued.credential,
    accountId: SEED_ACCOUNT_ID,
    siteIds: 'all',
    rights: new Set(RIGHTS),
  };
  if (!limiter.admit(issued.credential, nowMs)) throw new ApiError(429, 'Too many requests.');
}

function toUnauthorised(status: 401 | 403): ApiError {
  return new ApiError(status, 'Full authentication is required to access this resource.');
}
