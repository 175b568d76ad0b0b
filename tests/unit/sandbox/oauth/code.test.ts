import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  createOauthSandbox,
  INSURANCE_EDITOR,
  REDIRECT,
  toBasic,
  type Tokens,
} from './oauth-sandbox';

const VERIFIER = 'v'.repeat(43);
const S256 = createHash('sha256').update(VERIFIER).digest('base64url');

describe('an authorization code', () => {
  it('gives an access and a refresh token for the person who consented', async () => {
    const { code, exchange, get } = createOauthSandbox();
    const answer = await exchange(await code(INSURANCE_EDITOR));
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const tokens = (await answer.json()) as Tokens;
    expect(tokens).toEqual({
      access_token: expect.any(String) as string,
      refresh_token: expect.any(String) as string,
      token_type: 'bearer',
      expires_in: 7200,
    });
    const accounts = (await (await get('/accounts', tokens.access_token)).json()) as object[];
    expect(accounts).toMatchObject([{ id: INSURANCE_EDITOR, firstName: 'Noé' }]);
    const sites = (await (await get('/sites', tokens.access_token)).json()) as object[];
    expect(sites).toMatchObject([{ id: 20101 }]);
  });

  it('works once: a second use is refused and ends what the first one gave', async () => {
    const { code, exchange, get, refresh } = createOauthSandbox();
    const value = await code();
    const first = (await (await exchange(value)).json()) as Tokens;
    const second = await exchange(value);
    expect(second.status).toBe(400);
    expect(await second.json()).toMatchObject({ error: 'invalid_grant' });
    expect((await get('/sites', first.access_token)).status).toBe(403);
    expect((await refresh(first.refresh_token!)).status).toBe(400);
  });

  it('is dead after a minute', async () => {
    const { code, exchange, clock } = createOauthSandbox();
    const [early, late] = [await code(), await code()];
    clock.nowMs += 59_999;
    expect((await exchange(early)).status).toBe(200);
    clock.nowMs += 1;
    expect(await (await exchange(late)).json()).toMatchObject({ error: 'invalid_grant' });
  });

  it('fits only the address it was sent to', async () => {
    const other = 'http://127.0.0.1:3000/other';
    const { code, exchange } = createOauthSandbox({ redirects: [REDIRECT, other] });
    const answer = await exchange(await code(), { redirect_uri: other });
    expect(await answer.json()).toMatchObject({ error: 'invalid_grant' });
  });

  it.each([
    ['S256', S256, VERIFIER, 200],
    ['S256', S256, 'w'.repeat(43), 400],
    ['S256', S256, S256, 400],
    ['S256', S256, '', 400],
    ['plain', VERIFIER, VERIFIER, 200],
    ['plain', VERIFIER, 'w'.repeat(43), 400],
    ['', VERIFIER, VERIFIER, 200],
  ])('holds its challenge (%s): %s by %s is %i', async (method, challenge, verifier, status) => {
    const { code, exchange } = createOauthSandbox();
    const query = {
      code_challenge: challenge,
      ...(method === '' ? {} : { code_challenge_method: method }),
    };
    const answer = await exchange(await code(70001, query), { code_verifier: verifier });
    expect(answer.status).toBe(status);
  });

  it('refuses a verifier where no challenge was given: somebody may have taken it off', async () => {
    const { code, exchange } = createOauthSandbox();
    expect((await exchange(await code(), { code_verifier: VERIFIER })).status).toBe(400);
  });

  it('needs the client in the Basic header: in the form it is refused', async () => {
    const { code, form } = createOauthSandbox();
    const fields = { grant_type: 'authorization_code', code: await code(), redirect_uri: REDIRECT };
    const inForm = { client_id: 'partner-client', client_secret: 'partner-secret' };
    const answer = await form({ ...fields, ...inForm }, {});
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([
      401,
      'Basic realm="oauth"',
    ]);
    expect(await answer.json()).toMatchObject({ error: 'invalid_client' });
    expect((await form(fields, toBasic('partner-client', 'wrong'))).status).toBe(401);
    // Neither attempt was the application's: the code is still good.
    expect((await form(fields)).status).toBe(200);
  });

  it.each(['code', 'redirect_uri'])('is refused without %s', async (name) => {
    const { exchange } = createOauthSandbox();
    const answer = await exchange('x', { [name]: '' });
    expect(await answer.json()).toMatchObject({ error: 'invalid_request' });
  });
});
