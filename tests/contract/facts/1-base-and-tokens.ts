/** Sections 1.1 and 1.2: where the API lives, and the token of one's own account. */
import { reads, staged, untested, type Fact } from './fact';

export const baseAndTokens: readonly Fact[] = [
  reads('1.1-json', '[S]', 'Answers are JSON.'),
  reads('1.1-https-only', '[S]', 'Only HTTPS is served: a request over plain HTTP fails.'),
  reads('1.1-version-path', '[D-old]', 'A version may stand in the path: /v1/sites is /sites.'),
  reads('1.1-version-query', '[D-old]', 'A `version` query parameter is accepted.'),
  untested(
    '1.1-documented-version',
    '[D-old]',
    'The documented version of the API is 1.1.0, in older text 1.0.',
    'Which answer or header tells the version that is served.',
  ),
  untested(
    '1.1-additions-do-not-break',
    '[D-old]',
    'New response fields and enum values may come at any time; a major version is kept three months.',
    'A promise about releases to come: no answer of today can show it.',
  ),
  untested(
    '1.1-graphql',
    '[O][C:E]',
    'POST /v1/graphql takes the same bearer token.',
    'The schema of that endpoint, and any answer of it.',
  ),
  reads('1.1-old-rest-is-dead', '[D-old]', 'The REST API of before 2018 under /k-api is gone.'),

  reads(
    '1.2-token-form',
    '[S][O][C]',
    'POST /oauth/token takes grant_type, client_id and client_secret as a form.',
  ),
  reads(
    '1.2-token-form-charset',
    '[C:G]',
    'The form may be announced with the suffix ;charset=UTF-8.',
  ),
  reads(
    '1.2-token-fields',
    '[C]',
    'The answer has access_token, token_type and the number expires_in.',
  ),
  reads('1.2-token-lifetime', '[S]', 'An access token lives two hours: expires_in is 7200.'),
  reads('1.2-no-refresh-token', '[S]', 'Client credentials bring no refresh token.'),
  reads('1.2-bearer', '[S]', 'Calls carry `Authorization: Bearer <token>`; no other scheme opens.'),
  reads(
    '1.2-bad-credentials',
    '[C:D]',
    'Unknown credentials are answered with 400 or 401, and with no token.',
  ),
  staged(
    '1.2-token-body',
    '[I]',
    'The token answer is exactly access_token, token_type `bearer` and expires_in.',
  ),
];
