import type { PartnerClient } from './clients';
import { OauthError } from './oauth-error';
import { need, type Form } from './read-form';
import { toPersonalCredential, type Decided, type TokenWorld } from './decided';

/** `grant_type=refresh_token`. With rotation each works once: a second use means a thief, and ends the whole family. */
export function refreshGrant(
  form: Form,
  { clientId }: PartnerClient,
  { grants, tokens }: TokenWorld,
  nowMs: number,
  count: (credential: string) => void,
): Decided {
  const token = need(form, 'refresh_token');
  const found = grants.find(token, nowMs);
  if (found === undefined || found.grant.clientId !== clientId) {
    count(clientId);
    throw new OauthError('invalid_grant', 'The refresh token is not known, or has expired.');
  }
  const { grant, isUsed } = found;
  const { accountId } = grant;
  const credential = toPersonalCredential(clientId, accountId);
  count(credential);
  if (isUsed) {
    grants.end(grant.id);
    tokens.revokeGrant(grant.id);
    throw new OauthError(
      'invalid_grant',
      'The refresh token was used before: all that came of the consent is revoked.',
    );
  }
  return { accountId, credential, ...grants.renew(grant, token, nowMs) };
}
