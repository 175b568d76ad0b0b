import type { Client, Clients, Credentials } from './clients';
import { OauthError } from './oauth-error';
import type { Form } from './read-form';

export type ClientIdentity = { readonly client: Client; readonly isByHeader: boolean };

/** The client that asks, by `Authorization: Basic` or by `client_id` and `client_secret` in the form, never by both. */
export function authenticateClient(
  authorization: string | undefined,
  form: Form,
  clients: Clients,
): ClientIdentity {
  // Another scheme is no attempt: some clients send the last bearer token wherever they go.
  const isByHeader = /^Basic(\s|$)/i.test(authorization ?? '');
  if (isByHeader && form.has('client_secret'))
    throw new OauthError('invalid_request', 'The client authenticates twice: use one way.');
  const attempts = isByHeader ? fromHeader(authorization ?? '') : fromForm(form);
  for (const attempt of attempts) {
    const client = clients.authenticate(attempt);
    if (client === undefined) continue;
    if (form.has('client_id') && form.get('client_id') !== client.clientId) break;
    return { client, isByHeader };
  }
  throw new OauthError('invalid_client', 'Bad client credentials.', isByHeader);
}

/** The id a request says it comes from, before its secret is looked at. */
export function toClaimedId(authorization: string | undefined, form: Form): string | undefined {
  return form.get('client_id') ?? fromHeader(authorization ?? '')[0]?.clientId;
}

function fromForm(form: Form): readonly Credentials[] {
  const [clientId, clientSecret] = [form.get('client_id'), form.get('client_secret')];
  return clientId === undefined || clientSecret === undefined ? [] : [{ clientId, clientSecret }];
}

/** RFC 6749 (2.3.1) has both parts form-encoded first, which many clients leave out: either will do. */
function fromHeader(authorization: string): readonly Credentials[] {
  const encoded = /^Basic +([A-Za-z0-9+/_=-]+)$/i.exec(authorization.trim())?.[1];
  if (encoded === undefined) return [];
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return [];
  const plain = { clientId: text.slice(0, colon), clientSecret: text.slice(colon + 1) };
  const decoded = { clientId: decode(plain.clientId), clientSecret: decode(plain.clientSecret) };
  return [plain, decoded];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
