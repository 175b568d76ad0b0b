import { ApiError } from '@/lib/sandbox/api/api-error';
import type { Exchange } from '@/lib/sandbox/api/exchange';
import type { RateLimiter } from '@/lib/sandbox/api/rate-limiter';
import type { FaultBoard } from '@/lib/sandbox/faults/fault-board';
import type { AccessTokens } from './access-tokens';

export interface Guard {
  readonly tokens: AccessTokens;
  readonly limiter: RateLimiter;
  readonly board: FaultBoard;
}

/** Lets a request with a living token pass, says who asks, and counts it against its rate windows. */
export function authorise(
  method: string,
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
  const { principal, rateKey } = issued;
  exchange.credential = rateKey;
  exchange.principal = principal;
  if (!limiter.admit(rateKey, nowMs)) throw new ApiError(429, 'Too many requests.');
  if (principal.onlyResultsOf !== undefined && !isOpenTo(principal.onlyResultsOf, method, exchange))
    throw new ApiError(403, 'Access denied: this token opens the results of one experiment.');
}

/** What a shared token is for. Whose job a poll asks for is seen where the jobs are. */
function isOpenTo(experimentId: number, method: string, { about }: Exchange): boolean {
  if (method === 'GET' && about.path === '/results') return true;
  const isAsked = method === 'POST' && about.path === '/experiments/{id}/results';
  return isAsked && about.experimentId === experimentId;
}

function toUnauthorised(status: 401 | 403): ApiError {
  return new ApiError(status, 'Full authentication is required to access this resource.');
}
