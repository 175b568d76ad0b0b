import { expect } from 'vitest';
import { openContract } from './contract';
import { askPermission, decide, PARTNER, readForm, REDIRECT } from './http/consent';
import { asText, idOf, type Row } from './http/shape';
import { basicOf, postToken } from './http/token';

const { fact } = openContract({ active: 3, stopped: 3 });

const consent = async (url: string, account?: string): Promise<string> =>
  decide(url, await askPermission(url), 'accept', account).then((back) => back.get('code') ?? '');

const exchange = (url: string, code: string, headers = { Authorization: basicOf(PARTNER) }) =>
  postToken(url, { grant_type: 'authorization_code', code, redirect_uri: REDIRECT }, headers);

const tokensOf = async (url: string, account?: string): Promise<Row> =>
  (await exchange(url, await consent(url, account))).row();

const refresh = (url: string, token: unknown) =>
  postToken(
    url,
    { grant_type: 'refresh_token', refresh_token: asText(token) },
    { Authorization: basicOf(PARTNER) },
  );

fact('1.3-registered-redirect', async ({ url }) => {
  for (const redirect_uri of [
    `${REDIRECT}/more`,
    'http://127.0.0.1:3000/',
    'https://example.com/',
  ]) {
    const answer = await askPermission(url, { redirect_uri });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.headers.get('location')).toBeNull();
  }
});

fact('1.3-authorize', async ({ url }) => {
  const page = await askPermission(url);
  expect(page.status).toBe(200);
  expect(page.headers.get('content-type')).toMatch(/^text\/html/);
  expect(readForm(url, page.text).accounts.length).toBeGreaterThan(0);
});

fact('1.3-parameters', async ({ url }) => {
  expect((await askPermission(url, { scope: 'anything' })).status).toBe(200);
  expect((await askPermission(url, { client_id: 'nobody' })).status).toBeGreaterThanOrEqual(400);
  const token = await askPermission(url, { response_type: 'token' });
  expect(token.status).not.toBe(200);
});

fact('1.3-rights-of-the-person', async ({ url, withToken }) => {
  const { accounts } = readForm(url, (await askPermission(url)).text);
  const seen = new Set<string>();
  for (const account of accounts) {
    const person = withToken(asText((await tokensOf(url, account))['access_token']));
    const sites = await person.list('/sites', { perPage: 200 });
    const may = await person.call('POST', '/goals', { body: {} });
    seen.add(`${sites.map(idOf).join()} ${may.status === 403 ? 'reads' : 'writes'}`);
  }
  expect(seen.size).toBeGreaterThan(1);
});

fact('1.3-state', async ({ url }) => {
  const state = 'a b&c=é/+%';
  for (const decision of ['accept', 'refuse'] as const) {
    const back = await decide(url, await askPermission(url, { state }), decision);
    expect(back.get('state')).toBe(state);
    expect(back.has('code')).toBe(decision === 'accept');
  }
});

fact('1.3-exchange', async ({ url }) => {
  const code = await consent(url);
  const stranger = basicOf({ ...PARTNER, clientSecret: 'wrong' });
  expect((await exchange(url, await consent(url), { Authorization: stranger })).status).toBe(401);
  expect((await exchange(url, code)).status).toBe(200);
  const again = await exchange(url, code);
  expect(again.status).toBe(400);
  expect(again.row()).toMatchObject({ error: 'invalid_grant' });
});

fact('1.3-both-tokens', async ({ url, withToken }) => {
  const tokens = await tokensOf(url);
  expect(tokens).toMatchObject({ refresh_token: expect.any(String) });
  const person = withToken(asText(tokens['access_token']));
  expect(await person.list('/sites')).toBeInstanceOf(Array);
});

fact('1.3-refresh', async ({ url, withToken }) => {
  const before = await tokensOf(url);
  const after = await refresh(url, before['refresh_token']);
  expect(after.status).toBe(200);
  expect(after.row()['access_token']).not.toBe(before['access_token']);
  const person = withToken(asText(after.row()['access_token']));
  expect(await person.list('/sites')).toBeInstanceOf(Array);
});

fact('1.3-rotation', async ({ url }) => {
  const before = await tokensOf(url);
  const after = (await refresh(url, before['refresh_token'])).row();
  expect(after['refresh_token']).toEqual(expect.any(String));
  expect(after['refresh_token']).not.toBe(before['refresh_token']);
  expect((await refresh(url, before['refresh_token'])).status).toBe(400);
});
