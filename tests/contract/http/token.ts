import type { Credentials } from './mode';
import { asText } from './shape';
import { send, type Answer } from './wire';

const FORM = 'application/x-www-form-urlencoded';

/** POST /oauth/token with a form; the answer as it came. */
export const postToken = (
  base: string,
  form: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> =>
  send(base, {
    method: 'POST',
    path: '/oauth/token',
    body: new URLSearchParams(form).toString(),
    headers: { 'Content-Type': FORM, ...headers },
  });

export const postCredentials = (base: string, credentials: Credentials): Promise<Answer> =>
  postToken(base, {
    grant_type: 'client_credentials',
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
  });

export const basicOf = ({ clientId, clientSecret }: Credentials): string =>
  `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;

export async function readToken(base: string, credentials: Credentials): Promise<string> {
  const answer = await postCredentials(base, credentials);
  if (answer.status !== 200)
    throw new Error(`no token: ${answer.status} ${answer.text.slice(0, 300)}`);
  return asText(answer.row()['access_token']);
}

/** Gives one token `uses` times, then the next. */
export function createFreshTokens(
  read: () => Promise<string>,
  uses: number,
): () => Promise<string> {
  let left = 0;
  let token: Promise<string> | undefined;
  return () => {
    if (!token || left === 0) {
      token = read();
      left = uses;
    }
    left -= 1;
    return token;
  };
}
