import { describe, expect, it } from 'vitest';
import { createOauthSandbox, toBasic } from './oauth-sandbox';

const FIELDS = {
  grant_type: 'client_credentials',
  client_id: 'demo-client',
  client_secret: 'demo-secret',
};

describe('client credentials', () => {
  it('give an access token that nobody may keep, and never a refresh token', async () => {
    const answer = await createOauthSandbox().form(FIELDS, {});
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(Object.keys((await answer.json()) as object).sort()).toEqual([
      'access_token',
      'expires_in',
      'token_type',
    ]);
  });

  it('are accepted in the header too, encoded or not', async () => {
    const credentials = { clientId: 'a client', clientSecret: 's3cret: +%' };
    const { form } = createOauthSandbox({ credentials });
    const fields = { grant_type: 'client_credentials' };
    const plain = await form(fields, toBasic('a client', 's3cret: +%'));
    const encode = encodeURIComponent;
    const encoded = await form(fields, toBasic(encode('a client'), encode('s3cret: +%')));
    expect([plain.status, encoded.status]).toEqual([200, 200]);
  });

  it('are accepted whatever charset the form names', async () => {
    const { send } = createOauthSandbox();
    const answer = await send('/oauth/token', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' },
      body: new URLSearchParams(FIELDS).toString(),
    });
    expect(answer.status).toBe(200);
  });

  it.each([
    ['an unknown client', { ...FIELDS, client_id: 'nobody' }, {}, 401, 'invalid_client'],
    ['no secret', { ...FIELDS, client_secret: '' }, {}, 401, 'invalid_client'],
    [
      'a wrong Basic',
      { grant_type: 'client_credentials' },
      toBasic('demo-client', 'x'),
      401,
      'invalid_client',
    ],
    ['two ways at once', FIELDS, toBasic('demo-client', 'demo-secret'), 400, 'invalid_request'],
    [
      'a partner application',
      { grant_type: 'client_credentials' },
      toBasic('partner-client', 'partner-secret'),
      400,
      'unauthorized_client',
    ],
    [
      'an internal client with a code',
      { ...FIELDS, grant_type: 'authorization_code', code: 'x', redirect_uri: 'x' },
      {},
      400,
      'unauthorized_client',
    ],
  ])('refuse %s', async (_, fields, headers, status, error) => {
    const answer = await createOauthSandbox().form(fields, headers);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({ error, error_description: expect.any(String) as string });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('name the scheme to a client that tried the header', async () => {
    const { form } = createOauthSandbox();
    const answer = await form({ grant_type: 'client_credentials' }, toBasic('demo-client', 'x'));
    expect(answer.headers.get('www-authenticate')).toMatch(/^Basic /);
  });

  it('refuse a parameter that is there twice', async () => {
    const { send } = createOauthSandbox();
    const body = new URLSearchParams([...Object.entries(FIELDS), ['client_id', 'demo-client']]);
    const answer = await send('/oauth/token', { method: 'POST', body });
    expect(await answer.json()).toMatchObject({ error: 'invalid_request' });
  });

  it('give tokens that live as long as was asked for', async () => {
    const { form, get, clock } = createOauthSandbox({ tokenLifeMs: 90_000 });
    const body = (await (await form(FIELDS, {})).json()) as Record<string, string>;
    expect(body['expires_in']).toBe(90);
    clock.nowMs += 89_999;
    expect((await get('/sites', body['access_token']!)).status).toBe(200);
    clock.nowMs += 1;
    expect((await get('/sites', body['access_token']!)).status).toBe(401);
  });
});
