import type { Hono } from 'hono';
import type { ExchangeEnv } from '@/lib/sandbox/api/exchange';
import type { RateLimiter } from '@/lib/sandbox/api/rate-limiter';
import type { Row } from '@/lib/sandbox/state/row';
import { TOKEN_LIFE_MS, type AccessTokens } from './access-tokens';
import { createAuthorizeRoutes } from './authorize-routes';
import type { Clients } from './clients';
import { createCodes } from './codes';
import type { Grants } from './grants';
import { OauthError, toOauthAnswer } from './oauth-error';
import { createPendingRequests } from './pending-requests';
import { readForm } from './read-form';
import { answerRevocation } from './revoke-token';
import { answerTokenRequest } from './token-endpoint';

/** How the OAuth side of a sandbox behaves. */
export interface OauthBehaviour {
  /** Addresses the partner application registered; compared character by character. */
  readonly redirects?: readonly string[];
  /** Whether a refresh token works once, each refresh giving the next. Default true. */
  readonly refreshRotation?: boolean;
  /** How long an access token lives. Default 2 h. */
  readonly tokenLifeMs?: number;
  /** How long a refresh token lives. Default 60 days. */
  readonly refreshLifeMs?: number;
  /** Whose rate windows a request counts against: its credential's (default), or its token's own. */
  readonly rateKey?: 'credential' | 'token';
  /** The partner application's name on the consent page. */
  readonly partnerName?: string;
}

export interface OauthWorld extends OauthBehaviour {
  readonly clients: Clients;
  readonly tokens: AccessTokens;
  readonly grants: Grants;
  readonly limiter: RateLimiter;
  readonly sites: () => readonly Row[];
}

/** What lies before the guard: consent, tokens, revocation. */
export function createOauthRoutes(options: OauthWorld): Hono<ExchangeEnv> {
  const { clients, tokens, grants, limiter, sites, tokenLifeMs = TOKEN_LIFE_MS } = options;
  const codes = createCodes();
  const world = { clients, codes, grants, tokens, limiter, tokenLifeMs };
  const routes = createAuthorizeRoutes({ clients, codes, pending: createPendingRequests(), sites });

  const refusing = async (answer: () => Promise<Response>): Promise<Response> => {
    try {
      return await answer();
    } catch (error) {
      if (error instanceof OauthError) return toOauthAnswer(error);
      throw error;
    }
  };
  routes.post('/oauth/token', (c) =>
    refusing(async () => {
      const form = await readForm(c.req.raw);
      return answerTokenRequest(form, c.req.header('authorization'), world, c.env);
    }),
  );
  routes.post('/oauth/revoke', (c) =>
    refusing(async () => {
      const form = await readForm(c.req.raw);
      return answerRevocation(form, c.req.header('authorization'), world, c.env.nowMs);
    }),
  );
  return routes;
}
