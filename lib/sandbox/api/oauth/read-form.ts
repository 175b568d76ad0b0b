import { OauthError } from './oauth-error';

/** Parameters of a form, each at most once (RFC 6749, 3.2); one without a value counts as missing. */
export type Form = ReadonlyMap<string, string>;

/** The URL-encoded form of a request, whatever the charset it names. */
export async function readForm(request: Request): Promise<Form> {
  const [type = ''] = (request.headers.get('content-type') ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/x-www-form-urlencoded')
    throw new OauthError('invalid_request', 'The body must be a URL-encoded form.');
  return toForm(new URLSearchParams(await request.text()));
}

function toForm(pairs: URLSearchParams): Form {
  const form = new Map<string, string>();
  const seen = new Set<string>();
  for (const [name, value] of pairs) {
    if (seen.has(name))
      throw new OauthError('invalid_request', `The parameter ${name} is there more than once.`);
    seen.add(name);
    if (value !== '') form.set(name, value);
  }
  return form;
}

export function need(form: Form, name: string): string {
  const value = form.get(name);
  if (value === undefined) throw new OauthError('invalid_request', `Missing parameter: ${name}.`);
  return value;
}
