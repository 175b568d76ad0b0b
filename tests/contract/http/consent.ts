/** The person in the authorization code flow: opens the page, chooses an account, accepts or refuses. */
import type { Credentials } from './mode';
import { send, toUrl, type Answer } from './wire';

export const PARTNER: Credentials = { clientId: 'partner-client', clientSecret: 'partner-secret' };
export const REDIRECT = 'http://127.0.0.1:3000/api/kameleoon/callback';

export type Parameters = Readonly<Record<string, string>>;

export const askPermission = (url: string, over: Parameters = {}): Promise<Answer> =>
  send(url, {
    method: 'GET',
    path: '/oauth/authorize',
    query: {
      client_id: PARTNER.clientId,
      redirect_uri: REDIRECT,
      response_type: 'code',
      ...over,
    },
  });

interface Form {
  readonly action: string;
  readonly method: string;
  readonly hidden: Readonly<Record<string, string>>;
  /** Values the field `account` may take. */
  readonly accounts: readonly string[];
}

/** The form of the page, read as a browser would. */
export function readForm(url: string, html: string): Form {
  const opening = /<form\b[^>]*>/i.exec(html)?.[0];
  if (!opening) throw new Error(`no form in the page: ${html.slice(0, 200)}`);
  const inputs = (html.match(/<(input|option|button|select)\b[^>]*>/gi) ?? []).map((tag) => ({
    tag,
    name: attribute(tag, 'name'),
    value: attribute(tag, 'value') ?? '',
    type: attribute(tag, 'type')?.toLowerCase(),
  }));
  const hidden = inputs.filter((input) => input.type === 'hidden' && input.name);
  const accounts = inputs.filter(
    (input) => input.name === 'account' || /^<option/i.test(input.tag),
  );
  return {
    action: new URL(attribute(opening, 'action') ?? '/oauth/authorize', `${url}/oauth/authorize`)
      .href,
    method: (attribute(opening, 'method') ?? 'get').toUpperCase(),
    hidden: Object.fromEntries(hidden.map((input) => [input.name ?? '', input.value])),
    accounts: accounts.map((input) => input.value).filter(Boolean),
  };
}

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(tag);
  return found ? unescaped(found[1] ?? found[2] ?? found[3] ?? '') : undefined;
};

const unescaped = (text: string): string =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&#39;|&#x27;/g, "'")
    .replace(/&#x2F;/gi, '/')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');

/** Decides on the page; gives the parameters of the redirect back to the application. */
export async function decide(
  url: string,
  page: Answer,
  decision: 'accept' | 'refuse',
  account?: string,
): Promise<URLSearchParams> {
  const form = readForm(url, page.text);
  const fields = { ...form.hidden, account: account ?? form.accounts[0] ?? '', decision };
  const encoded = new URLSearchParams(fields).toString();
  const response = await fetch(
    form.method === 'GET' ? toUrl(form.action, '', fields) : form.action,
    {
      method: form.method,
      redirect: 'manual',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      ...(form.method === 'GET' ? {} : { body: encoded }),
    },
  );
  const location = response.headers.get('location');
  if (!location?.startsWith(`${REDIRECT}?`))
    throw new Error(
      `no way back: ${response.status} ${location} ${(await response.text()).slice(0, 200)}`,
    );
  return new URL(location).searchParams;
}
