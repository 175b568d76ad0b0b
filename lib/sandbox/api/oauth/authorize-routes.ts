import { Hono } from 'hono';
import type { ExchangeEnv } from '@/lib/sandbox/api/exchange';
import { findPerson } from '@/lib/sandbox/state/people';
import type { Row } from '@/lib/sandbox/state/row';
import type { Clients } from './clients';
import type { Codes } from './codes';
import { toConsentPage, toRefusalPage } from './consent-page';
import { OauthError } from './oauth-error';
import { parseAuthorization, toRedirect } from './parse-authorization';
import type { AuthorizationRequest, PendingRequests } from './pending-requests';
import { readForm, type Form } from './read-form';

interface AuthorizeWorld {
  readonly clients: Clients;
  readonly codes: Codes;
  readonly pending: PendingRequests;
  readonly sites: () => readonly Row[];
}

/**
 * `GET /oauth/authorize` shows who asks and lets a person choose; `POST` of its form (`request`, `account`,
 * `decision=accept|refuse`) answers with a redirect. No token, no rate windows: a browser comes here.
 */
export function createAuthorizeRoutes(world: AuthorizeWorld): Hono<ExchangeEnv> {
  const { clients, codes, pending, sites } = world;
  const routes = new Hono<ExchangeEnv>();
  const ask = (request: AuthorizationRequest, nowMs: number, isUnchosen = false): Response =>
    toConsentPage({ id: pending.add(request, nowMs), request, sites: sites(), isUnchosen });

  routes.get('/oauth/authorize', (c) => {
    const parsed = parseAuthorization(new URL(c.req.url).searchParams, clients);
    switch (parsed.kind) {
      case 'untrusted':
        return toRefusalPage(parsed.message);
      case 'refused': {
        const { redirectUri, state, error, description } = parsed;
        return leave(redirectUri, { error, error_description: description, state });
      }
      case 'asked':
        return ask(parsed.request, c.env.nowMs);
    }
  });

  routes.post('/oauth/authorize', async (c) => {
    const { nowMs } = c.env;
    const form = await findForm(c.req.raw);
    const decision = form?.get('decision');
    if (form === undefined || (decision !== 'accept' && decision !== 'refuse'))
      return toRefusalPage('The form is not the one of the consent page.');
    const request = pending.take(form.get('request') ?? '', nowMs);
    if (request === undefined)
      return toRefusalPage('This request has been answered already, or has waited too long.');
    const { clientId, redirectUri, state, challenge } = request;
    if (decision === 'refuse')
      return leave(redirectUri, {
        error: 'access_denied',
        error_description: 'The person refused.',
        state,
      });
    const person = findPerson(Number(form.get('account')));
    if (person === undefined) return ask(request, nowMs, true);
    const code = codes.issue({ clientId, accountId: person.id, redirectUri, challenge }, nowMs);
    return leave(redirectUri, { code, state });
  });
  return routes;
}

async function findForm(request: Request): Promise<Form | undefined> {
  try {
    return await readForm(request);
  } catch (error) {
    if (error instanceof OauthError) return undefined;
    throw error;
  }
}

function leave(
  redirectUri: string,
  answer: Readonly<Record<string, string | undefined>>,
): Response {
  return new Response(null, {
    status: 302,
    headers: {
      location: toRedirect(redirectUri, answer),
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    },
  });
}
