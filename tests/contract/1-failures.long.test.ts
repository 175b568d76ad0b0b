import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { openContract } from './contract';
import { freshName } from './http/make';
import type { Row } from './http/shape';
import { basicOf, postCredentials, postToken, readToken } from './http/token';
import { send } from './http/wire';

/** Tokens of this sandbox live for a few seconds, so that one can be seen to end. */
const LIFE_MS = 4_000;
const { fact } = openContract({ active: 3, stopped: 3, tokenLifeMs: LIFE_MS });

const sitesWith = (url: string, Authorization?: string) =>
  send(url, { method: 'GET', path: '/sites', headers: Authorization ? { Authorization } : {} });

fact('1.4-no-token', async ({ url }) => {
  expect((await sitesWith(url)).status).toBe(401);
});

fact('1.4-malformed-token', async ({ url }) => {
  for (const authorization of ['Bearer', 'Bearer not-a-token', 'nonsense'])
    expect((await sitesWith(url, authorization)).status).toBe(401);
});

const READER = { clientId: 'reader-client', clientSecret: 'reader-secret' };

const makeGoalAs = (url: string, token: string) => {
  const body: Row = {
    name: freshName('goal'),
    siteId: 20101,
    type: 'CUSTOM',
    hasMultipleConversions: false,
  };
  const headers = { Authorization: `Bearer ${token}` };
  return send(url, { method: 'POST', path: '/goals', body, headers });
};

fact('1.4-permission', async ({ url, credentials }) => {
  const reader = await readToken(url, READER);
  expect((await sitesWith(url, `Bearer ${reader}`)).status).toBe(200);
  expect((await makeGoalAs(url, reader)).status).toBe(403);
  expect((await makeGoalAs(url, await readToken(url, credentials))).status).toBe(201);
});

fact('1.4-revoked', async ({ url, credentials }) => {
  const token = await readToken(url, credentials);
  const revoked = await send(url, {
    method: 'POST',
    path: '/oauth/revoke',
    body: new URLSearchParams({ token }).toString(),
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      Authorization: basicOf(credentials),
    },
  });
  expect(revoked.status).toBe(200);
  expect((await sitesWith(url, `Bearer ${token}`)).status).toBe(403);
});

/** A token, used once while it lived and once when it had ended. */
async function endToken(url: string, credentials: typeof READER): Promise<readonly number[]> {
  const authorization = `Bearer ${await readToken(url, credentials)}`;
  const alive = (await sitesWith(url, authorization)).status;
  await sleep(LIFE_MS + 500);
  return [alive, (await sitesWith(url, authorization)).status];
}

fact('1.4-expired', async ({ url, credentials }) => {
  expect(await endToken(url, credentials)).toEqual([200, 401]);
});

fact('1.4-fresh-token', async ({ url, credentials }) => {
  expect(await endToken(url, credentials)).toEqual([200, 401]);
  const fresh = await readToken(url, credentials);
  expect((await sitesWith(url, `Bearer ${fresh}`)).status).toBe(200);
  for (const token of [await readToken(url, READER), await readToken(url, READER)])
    expect((await makeGoalAs(url, token)).status).toBe(403);
});

fact('1.4-token-errors', async ({ url, credentials }) => {
  const wrong = await postCredentials(url, { ...credentials, clientSecret: 'wrong' });
  expect(wrong.status).toBe(401);
  expect(wrong.row()).toMatchObject({ error: 'invalid_client' });
  const grant = await postToken(url, {
    grant_type: 'password',
    client_id: credentials.clientId,
    client_secret: credentials.clientSecret,
  });
  expect(grant.status).toBe(400);
  expect(grant.row()).toMatchObject({ error: 'unsupported_grant_type' });
});
