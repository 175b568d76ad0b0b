import { createSandbox, type Sandbox, type SandboxOptions } from '@/lib/sandbox/api/create-sandbox';
import { DEFAULT_REDIRECT } from '@/lib/sandbox/api/oauth/clients';
import { EPOCH_MS, sharedWorld } from '../test-sandbox';

export const BASE = 'https://sandbox.test';
export const REDIRECT = DEFAULT_REDIRECT;
/** Accounts of the sandbox, by what they may do. */
export const ADMIN = 70001;
export const INSURANCE_EDITOR = 70002;
export const SHOP_VIEWER = 70003;

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly token_type: string;
  readonly expires_in: number;
}

/** A sandbox as its clients see it, on a clock the test holds. */
export interface OauthSandbox {
  readonly sandbox: Sandbox;
  readonly clock: { nowMs: number };
  send(path: string, init?: RequestInit): Promise<Response>;
  /** GET with a bearer token. */
  get(path: string, token: string): Promise<Response>;
  /** A form to the token endpoint; as the partner, by Basic, unless headers say otherwise. */
  form(fields: Readonly<Record<string, string>>, headers?: HeadersInit): Promise<Response>;
  /** A token of `<name>-client`. */
  tokenOf(name: string): Promise<string>;
  /** A code that somebody consented to. */
  code(accountId?: number, query?: Readonly<Record<string, string>>): Promise<string>;
  exchange(code: string, fields?: Readonly<Record<string, string>>): Promise<Response>;
  /** The whole way to tokens of a person. */
  connect(accountId?: number): Promise<Tokens & { readonly refresh_token: string }>;
  refresh(refreshToken: string): Promise<Response>;
}

export const toBasic = (id: string, secret: string): HeadersInit => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`,
});
export const AS_PARTNER = toBasic('partner-client', 'partner-secret');

export const toAuthorizePath = (changes: Readonly<Record<string, string>> = {}): string => {
  const query = {
    client_id: 'partner-client',
    redirect_uri: REDIRECT,
    response_type: 'code',
    ...changes,
  };
  return `/oauth/authorize?${new URLSearchParams(query)}`;
};

/** The one-time id in a consent page. */
export const toRequestId = (html: string): string =>
  /name="request" value="([^"]+)"/.exec(html)?.[1] ?? '';

export function createOauthSandbox(options: Partial<SandboxOptions> = {}): OauthSandbox {
  const clock = { nowMs: EPOCH_MS + 5_000 };
  const sandbox = createSandbox({
    world: sharedWorld,
    credentials: { clientId: 'demo-client', clientSecret: 'demo-secret' },
    ...options,
    clock: () => clock.nowMs,
  });
  const send: OauthSandbox['send'] = (path, init) =>
    sandbox.fetch(new Request(`${BASE}${path}`, init));
  const form: OauthSandbox['form'] = (fields, headers = AS_PARTNER) =>
    send('/oauth/token', { method: 'POST', body: new URLSearchParams(fields), headers });
  const code: OauthSandbox['code'] = async (accountId = ADMIN, query = {}) => {
    const page = await (await send(toAuthorizePath(query))).text();
    const answer = await send('/oauth/authorize', {
      method: 'POST',
      body: new URLSearchParams({
        request: toRequestId(page),
        account: String(accountId),
        decision: 'accept',
      }),
    });
    return new URL(answer.headers.get('location')!).searchParams.get('code')!;
  };
  const exchange: OauthSandbox['exchange'] = (value, fields = {}) =>
    form({ grant_type: 'authorization_code', code: value, redirect_uri: REDIRECT, ...fields });

  return {
    sandbox,
    clock,
    send,
    form,
    code,
    exchange,
    get: (path, token) => send(path, { headers: { authorization: `Bearer ${token}` } }),
    tokenOf: async (name) => {
      const fields = {
        grant_type: 'client_credentials',
        client_id: `${name}-client`,
        client_secret: `${name}-secret`,
      };
      return ((await (await form(fields, {})).json()) as Tokens).access_token;
    },
    connect: async (accountId) => {
      const answer = await exchange(await code(accountId));
      return (await answer.json()) as Tokens & { readonly refresh_token: string };
    },
    refresh: (refreshToken) => form({ grant_type: 'refresh_token', refresh_token: refreshToken }),
  };
}
