import { expect } from 'vitest';
import { openContract } from './contract';
import { LIVE } from './http/mode';
import { postCredentials, readToken } from './http/token';
import { startSecureSandbox } from './http/secure-sandbox';
import { send } from './http/wire';

const { fact } = openContract({ active: 3, stopped: 3 });

fact('1.1-json', async ({ api }) => {
  const answer = await api.call('GET', '/sites');
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  expect(answer.json()).toBeTypeOf('object');
});

fact('1.1-https-only', async ({ url, credentials }) => {
  const secure = LIVE ? { url, close: async () => undefined } : await startSecureSandbox();
  try {
    const plain = secure.url.replace(/^https:/, 'http:');
    // Whatever the refusal looks like, no token comes back.
    await expect(readToken(plain, credentials)).rejects.toThrow();
  } finally {
    await secure.close();
  }
});

fact('1.1-version-path', async ({ api }) => {
  expect(await api.list('/v1/sites')).toEqual(await api.list('/sites'));
});

fact('1.1-version-query', async ({ api }) => {
  expect(await api.list('/sites', { version: '1' })).toEqual(await api.list('/sites'));
});

fact('1.1-old-rest-is-dead', async ({ api }) => {
  expect((await api.call('GET', '/k-api/sites')).status).toBeGreaterThanOrEqual(300);
});

fact('1.2-token-form', async ({ url, credentials }) => {
  const answer = await postCredentials(url, credentials);
  expect(answer.status).toBe(200);
  expect(answer.row()['access_token']).toMatch(/^\S{8,}$/);
});

fact('1.2-token-form-charset', async ({ url, credentials }) => {
  // fetch itself announces URLSearchParams as application/x-www-form-urlencoded;charset=UTF-8.
  const response = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
    }),
  });
  expect(response.status).toBe(200);
  expect(await response.json()).toHaveProperty('access_token');
});

fact('1.2-token-fields', async ({ url, credentials }) => {
  expect((await postCredentials(url, credentials)).row()).toMatchObject({
    access_token: expect.any(String),
    token_type: expect.stringMatching(/^bearer$/i),
    expires_in: expect.any(Number),
  });
});

fact('1.2-token-lifetime', async ({ url, credentials }) => {
  expect((await postCredentials(url, credentials)).row()['expires_in']).toBe(7200);
});

fact('1.2-no-refresh-token', async ({ url, credentials }) => {
  expect((await postCredentials(url, credentials)).row()).not.toHaveProperty('refresh_token');
});

fact('1.2-bearer', async ({ url, credentials }) => {
  const token = await readToken(url, credentials);
  const sites = (authorization: string) =>
    send(url, { method: 'GET', path: '/sites', headers: { Authorization: authorization } });
  expect((await sites(`Bearer ${token}`)).status).toBe(200);
  expect((await sites(`Basic ${token}`)).status).toBe(401);
});

fact('1.2-bad-credentials', async ({ url }) => {
  const answer = await postCredentials(url, { clientId: 'nobody', clientSecret: 'nothing' });
  expect([400, 401]).toContain(answer.status);
  expect(answer.text).not.toContain('access_token');
});

fact('1.2-token-body', async ({ url, credentials }) => {
  expect((await postCredentials(url, credentials)).row()).toEqual({
    access_token: expect.any(String),
    token_type: 'bearer',
    expires_in: 7200,
  });
});
