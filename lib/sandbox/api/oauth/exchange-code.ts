import type { PartnerClient } from './clients';
import { OauthError } from './oauth-error';
import { isVerified } from './pkce';
import { need, type Form } from './read-form';
import { toPersonalCredential, type Decided, type TokenWorld } from './decided';

/**
 * `grant_type=authorization_code`. A code is used up by the first attempt of its application, right or wrong; a second
 * one ends everything that came of the first (RFC 6749, 4.1.2).
 */
export function exchangeCode(
  form: Form,
  { clientId }: PartnerClient,
  { codes, grants, tokens }: TokenWorld,
  nowMs: number,
  count: (credential: string) => void,
): Decided {
  const code = need(form, 'code');
  const redirectUri = need(form, 'redirect_uri');
  const found = codes.find(code, nowMs);
  if (found === undefined || found.consent.clientId !== clientId) {
    count(clientId);
    throw new OauthError('invalid_grant', 'The code is not known.');
  }
  const { consent } = found;
  const { accountId } = consent;
  const credential = toPersonalCredential(clientId, accountId);
  count(credential);
  if (found.kind === 'used') {
    if (found.grantId !== null) {
      grants.end(found.grantId);
      tokens.revokeGrant(found.grantId);
    }
    throw new OauthError('invalid_grant', 'The code was used before: what it gave is revoked.');
  }
  const fault = findFault();
  if (fault !== undefined) {
    codes.use(code, null);
    throw new OauthError('invalid_grant', fault);
  }
  const renewal = grants.begin(clientId, accountId, nowMs);
  codes.use(code, renewal.grantId);
  return { accountId, credential, ...renewal };

  function findFault(): string | undefined {
    if (found?.kind === 'late') return 'The code has expired.';
    if (consent.redirectUri !== redirectUri)
      return 'The redirect_uri is not the one of the authorization request.';
    if (!isVerified(consent.challenge, form.get('code_verifier')))
      return 'The code_verifier does not fit the code_challenge.';
    return undefined;
  }
}
