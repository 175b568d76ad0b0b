import { describe, expect, it } from 'vitest';
import { createTestSandbox, toTokenForm } from './test-sandbox';

describe('POST /oauth/token', () => {
  const ask = async (init: RequestInit) => {
    const sandbox = await createTestSandbox();
    return sandbox.send('/oauth/token', { method: 'POST', ...init });
  };

  it('gives a bearer token for two hours', async () => {
    const response = await ask({ body: toTokenForm() });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      access_token: expect.stringMatching(/^[0-9a-f]{48}$/) as string,
      token_type: 'bearer',
      expires_in: 7200,
    });
  });

  it('answers a wrong secret as RFC 6749 says', async () => {
    const response = await ask({ body: toTokenForm({ client_secret: 'wrong' }) });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: 'invalid_client' });
  });

  it.each([
    ['another grant', { body: toTokenForm({ grant_type: 'password' }) }, 'unsupported_grant_type'],
    ['no form', { body: '{}', headers: { 'content-type': 'application/json' } }, 'invalid_request'],
    ['no grant', { body: new URLSearchParams({ client_id: 'x' }) }, 'invalid_request'],
  ])('refuses %s with 400', async (_, init, error) => {
    const response = await ask(init);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error });
  });
});

describe('the token', () => {
  it.each([undefined, 'Bearer nobody', 'Basic abc', 'Bearer'])(
    'is needed: %s is 401',
    async (value) => {
      const sandbox = await createTestSandbox();
      const response = await sandbox.send('/sites', { headers: { authorization: value ?? '' } });
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ status: 'ERROR' });
    },
  );

  it('expires after two hours, and a new one works', async () => {
    const sandbox = await createTestSandbox();
    sandbox.clock.nowMs += 2 * 3_600_000 - 1;
    expect((await sandbox.send('/sites')).status).toBe(200);
    sandbox.clock.nowMs += 1;
    expect((await sandbox.send('/sites')).status).toBe(401);
    await sandbox.newToken();
    expect((await sandbox.send('/sites')).status).toBe(200);
  });
});
