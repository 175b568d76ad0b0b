import type { RateLimiter } from '@/lib/sandbox/api/rate-limiter';
import type { AccessTokens } from './access-tokens';
import type { Clients } from './clients';
import type { Codes } from './codes';
import type { Grants } from './grants';

/** What token requests are answered from. */
export interface TokenWorld {
  readonly clients: Clients;
  readonly codes: Codes;
  readonly grants: Grants;
  readonly tokens: AccessTokens;
  readonly limiter: RateLimiter;
  readonly tokenLifeMs: number;
}

/** For whom an access token is issued; with a refresh token where a person consented. */
export interface Decided {
  readonly accountId: number;
  readonly credential: string;
  readonly grantId?: string;
  readonly refreshToken?: string;
}

/** The rate windows of one person of a partner application. */
export const toPersonalCredential = (clientId: string, accountId: number): string =>
  `${clientId}:${accountId}`;
