/** Sections 1.3 and 1.4: tokens of other people by their consent, and doors that stay shut. */
import { reads, staged, untested, type Fact } from './fact';

export const consentAndFailures: readonly Fact[] = [
  staged(
    '1.3-registered-redirect',
    '[S]',
    'A partner application has a client_id, a client_secret and one redirect URL given beforehand; no other is followed.',
  ),
  staged('1.3-authorize', '[S]', 'GET /oauth/authorize asks the person for permission.'),
  staged(
    '1.3-parameters',
    '[C]',
    'It takes client_id, redirect_uri and response_type=code; scope may be there or not.',
  ),
  staged(
    '1.3-rights-of-the-person',
    '[D]',
    'There are no scopes: the token opens what the consenting person may see and do.',
  ),
  staged('1.3-state', '[I]', '`state` comes back unchanged, whether accepted or refused.'),
  staged(
    '1.3-exchange',
    '[S]',
    'The code is exchanged at POST /oauth/token under Authorization: Basic of client_id:client_secret, once.',
  ),
  staged('1.3-both-tokens', '[S]', 'The exchange brings an access and a refresh token.'),
  staged(
    '1.3-refresh',
    '[S]',
    'grant_type=refresh_token with the Basic header brings a new access token without the person.',
  ),
  staged('1.3-rotation', '[I]', 'A refresh brings a new refresh token, and the old one is spent.'),

  reads('1.4-no-token', '[S]', 'Without a token the answer is 401.'),
  reads('1.4-malformed-token', '[S]', 'A malformed token is answered with 401.'),
  staged('1.4-permission', '[S]', 'A right that is missing is answered with 403.'),
  staged('1.4-revoked', '[S]', 'A revoked token is answered with 403.'),
  staged('1.4-expired', '[I]', 'An expired token is answered with 401.'),
  staged(
    '1.4-fresh-token',
    '[I]',
    'A fresh token cures a 401; for a right that is missing it changes nothing.',
  ),
  staged(
    '1.4-token-errors',
    '[I]',
    'Token errors have the form of RFC 6749: invalid_client with 401, unsupported_grant_type with 400.',
  ),
  untested(
    '1.4-bodies',
    '[S]',
    'Answers of 401 and 403 have a body.',
    'A live 401 or 403: no body of either was seen.',
  ),
];
