import type { Route } from './fake-upstream';
import { json } from './fake-upstream';

export interface AccountServerOptions {
  readonly lifeSeconds?: number;
  /** A refresh token works once; its second use ends all of its line. */
  readonly rotates?: boolean;
  /** How long the token endpoint takes. */
  readonly delay?: () => Promise<void>;
}

/** An authorisation server of one account, strict as one that rotates, with a list that wants its newest token. */
export function createAccountServer({
  lifeSeconds = 7200,
  rotates = true,
  delay = () => Promise.resolve(),
}: AccountServerOptions = {}) {
  let serial = 0;
  let refresh: string | null = null;
  let access: string | null = null;
  let isDown = false;
  const grant = (): Response => {
    serial += 1;
    if (rotates || refresh === null) refresh = `refresh-${serial}`;
    access = `access-${serial}`;
    return json({ access_token: access, refresh_token: refresh, expires_in: lifeSeconds });
  };
  const refuse = (error: string, status = 400): Response =>
    json({ error, error_description: `no: ${refresh ?? ''}` }, { status });
  const forms: URLSearchParams[] = [];

  const routes: Record<string, Route> = {
    'POST /oauth/token': async ({ body, authorization }) => {
      const form = new URLSearchParams(body);
      forms.push(form);
      await delay();
      if (isDown) return new Response('', { status: 502 });
      if (authorization !== `Basic ${btoa('me:shh/very+secret')}`)
        return refuse('invalid_client', 401);
      if (form.get('grant_type') === 'authorization_code')
        return form.get('code') === 'good-code' ? grant() : refuse('invalid_grant');
      if (form.get('refresh_token') === refresh) return grant();
      refresh = access = null;
      return refuse('invalid_grant');
    },
    'POST /oauth/revoke': () => {
      if (isDown) return new Response('', { status: 502 });
      refresh = access = null;
      return new Response(null, { status: 200 });
    },
    'GET /accounts': ({ authorization }) =>
      authorization === `Bearer ${access}`
        ? json([{ id: 70001, name: 'Ada' }])
        : json({ status: 'ERROR', message: 'dead' }, { status: 401 }),
  };
  return {
    routes,
    forms,
    refreshes: () => forms.filter((form) => form.get('grant_type') === 'refresh_token').length,
    endAccess: () => {
      access = null;
    },
    setDown: (down: boolean) => {
      isDown = down;
    },
  };
}
