import { ApiError } from '@/lib/sandbox/api/api-error';
import type { Exchange } from '@/lib/sandbox/api/exchange';
import { findPerson, toPrincipal } from '@/lib/sandbox/state/people';
import { authenticateClient, toClaimedId } from './authenticate-client';
import { exchangeCode } from './exchange-code';
import type { Decided, TokenWorld } from './decided';
import { NO_STORE, OauthError } from './oauth-error';
import { need, type Form } from './read-form';
import { refreshGrant } from './refresh-grant';

const GRANT_TYPES = ['client_credentials', 'authorization_code', 'refresh_token'];

/** `POST /oauth/token`: an access token for client credentials, a code or a refresh token. Throws OauthError. */
export function answerTokenRequest(
  form: Form,
  authorization: string | undefined,
  world: TokenWorld,
  exchange: Exchange,
): Response {
  const { clients, tokens, limiter, tokenLifeMs } = world;
  const { nowMs } = exchange;
  const count = (credential: string): void => {
    exchange.credential = credential;
    if (!limiter.admit(credential, nowMs)) throw new ApiError(429, 'Too many requests.');
  };
  const grantType = need(form, 'grant_type');
  if (!GRANT_TYPES.includes(grantType))
    throw new OauthError('unsupported_grant_type', `Unsupported grant type: ${grantType}`);
  const claimed = clients.find(toClaimedId(authorization, form) ?? '');
  // A wrong secret spends its client's budget too; whose of a partner's people it is, only a right one tells.
  if (claimed?.kind === 'internal') count(claimed.clientId);
  const { client, isByHeader } = authenticateClient(authorization, form, clients);

  const decide = (): Decided => {
    if (grantType === 'client_credentials') {
      if (client.kind !== 'internal') throw toUnauthorised('client_credentials');
      return { accountId: client.accountId, credential: client.clientId };
    }
    if (client.kind !== 'partner') throw toUnauthorised(grantType);
    if (!isByHeader)
      throw new OauthError(
        'invalid_client',
        'This grant type needs Authorization: Basic with the client id and secret.',
        true,
      );
    return grantType === 'authorization_code'
      ? exchangeCode(form, client, world, nowMs, count)
      : refreshGrant(form, client, world, nowMs, count);
  };
  const { accountId, credential, grantId, refreshToken } = decide();
  const person = findPerson(accountId);
  if (person === undefined) throw new OauthError('invalid_grant', 'The account is gone.');
  const principal = toPrincipal(person, credential);
  const owner = {
    principal,
    clientId: client.clientId,
    ...(grantId === undefined ? {} : { grantId }),
  };
  return Response.json(
    {
      access_token: tokens.issue(owner, nowMs),
      token_type: 'bearer',
      expires_in: Math.floor(tokenLifeMs / 1000),
      ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
    },
    { headers: NO_STORE },
  );
}

const toUnauthorised = (grantType: string): OauthError =>
  new OauthError('unauthorized_client', `This client may not use the grant type ${grantType}.`);
