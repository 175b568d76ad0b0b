import type { AccessTokens } from './access-tokens';
import { authenticateClient } from './authenticate-client';
import type { Clients } from './clients';
import type { Grants } from './grants';
import { NO_STORE, OauthError } from './oauth-error';
import { need, type Form } from './read-form';

interface RevokeWorld {
  readonly clients: Clients;
  readonly grants: Grants;
  readonly tokens: AccessTokens;
}

/**
 * `POST /oauth/revoke` (RFC 7009): an access token ends alone, a refresh token with its whole family. A token nobody
 * knows is as good as revoked; one of another client is refused. Throws OauthError.
 */
export function answerRevocation(
  form: Form,
  authorization: string | undefined,
  { clients, grants, tokens }: RevokeWorld,
  nowMs: number,
): Response {
  const { client } = authenticateClient(authorization, form, clients);
  const token = need(form, 'token');
  const checkOwner = (clientId: string | undefined): void => {
    if (clientId !== client.clientId)
      throw new OauthError('unauthorized_client', 'The token was issued to another client.');
  };
  const access = tokens.find(token, nowMs);
  const refresh = grants.find(token, nowMs);
  if (access !== undefined) {
    checkOwner(access.clientId);
    tokens.revoke(token, 403);
  } else if (refresh !== undefined) {
    checkOwner(refresh.grant.clientId);
    grants.end(refresh.grant.id);
    tokens.revokeGrant(refresh.grant.id);
  }
  return new Response(null, { status: 200, headers: NO_STORE });
}
