import type { Clients } from './clients';
import type { OauthErrorCode } from './oauth-error';
import type { AuthorizationRequest } from './pending-requests';
import { parseChallenge } from './pkce';

export type ParsedAuthorization =
  /** Nobody may be sent anywhere: the application or its address is not known. */
  | { readonly kind: 'untrusted'; readonly message: string }
  | {
      readonly kind: 'refused';
      readonly redirectUri: string;
      readonly state: string | undefined;
      readonly error: OauthErrorCode;
      readonly description: string;
    }
  | { readonly kind: 'asked'; readonly request: AuthorizationRequest };

/** The query of `GET /oauth/authorize` (RFC 6749, 4.1.1). `scope` means nothing here: access follows the person's rights. */
export function parseAuthorization(query: URLSearchParams, clients: Clients): ParsedAuthorization {
  const untrusted = (message: string): ParsedAuthorization => ({ kind: 'untrusted', message });
  const client = clients.find(single(query, 'client_id') ?? '');
  if (client?.kind !== 'partner')
    return untrusted('No application with this client_id may ask for an account.');
  const redirectUri = single(query, 'redirect_uri');
  if (redirectUri === undefined || !client.redirects.includes(redirectUri))
    return untrusted(
      'The redirect_uri is not one that the application registered: they are compared character by character.',
    );

  const state = query.get('state') ?? undefined;
  const refused = (error: OauthErrorCode, description: string): ParsedAuthorization => ({
    kind: 'refused',
    redirectUri,
    state,
    error,
    description,
  });
  const doubled = ['response_type', 'state', 'code_challenge', 'code_challenge_method'].find(
    (name) => query.getAll(name).length > 1,
  );
  if (doubled !== undefined)
    return refused('invalid_request', `The parameter ${doubled} is there more than once.`);
  const responseType = single(query, 'response_type');
  if (responseType === undefined)
    return refused('invalid_request', 'Missing parameter: response_type.');
  if (responseType !== 'code')
    return refused('unsupported_response_type', 'The response_type must be code.');
  const challenge = parseChallenge(
    single(query, 'code_challenge'),
    single(query, 'code_challenge_method'),
  );
  if (challenge === 'faulty')
    return refused('invalid_request', 'The code_challenge or its method cannot be understood.');
  const { clientId, name } = client;
  return {
    kind: 'asked',
    request: { clientId, clientName: name, redirectUri, state, challenge },
  };
}

/** Empty counts as missing, and so does what is there more than once. */
function single(query: URLSearchParams, name: string): string | undefined {
  const values = query.getAll(name);
  return values.length === 1 && values[0] !== '' ? values[0] : undefined;
}

/** The registered address with an answer in its query; nothing else of it is touched. */
export function toRedirect(
  redirectUri: string,
  answer: Readonly<Record<string, string | undefined>>,
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(answer))
    if (value !== undefined) query.set(name, value);
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${query}`;
}
