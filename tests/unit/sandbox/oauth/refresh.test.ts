import { describe, expect, it } from 'vitest';
import { createOauthSandbox, toBasic, type Tokens } from './oauth-sandbox';

const read = async (answer: Response): Promise<Tokens> => (await answer.json()) as Tokens;

describe('a refresh token', () => {
  it('gives a new access token and the next refresh token, for the same person', async () => {
    const { connect, refresh, get } = createOauthSandbox();
    const first = await connect(70003);
    const answer = await refresh(first.refresh_token);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const second = await read(answer);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(await (await get('/accounts', second.access_token)).json()).toMatchObject([
      { id: 70003 },
    ]);
  });

  it('used twice ends the whole family, the thief’s tokens and the owner’s', async () => {
    const { connect, refresh, get } = createOauthSandbox();
    const first = await connect();
    const stranger = await connect();
    const second = await read(await refresh(first.refresh_token));
    const reused = await refresh(first.refresh_token);
    expect(reused.status).toBe(400);
    expect(await reused.json()).toMatchObject({ error: 'invalid_grant' });
    expect((await refresh(second.refresh_token!)).status).toBe(400);
    for (const token of [first.access_token, second.access_token])
      expect((await get('/sites', token)).status).toBe(403);
    expect((await get('/sites', stranger.access_token)).status).toBe(200);
    expect((await refresh(stranger.refresh_token)).status).toBe(200);
  });

  it('stays the same with rotation off, however often it is used', async () => {
    const { connect, refresh } = createOauthSandbox({ refreshRotation: false });
    const { refresh_token } = await connect();
    for (let i = 0; i < 3; i += 1)
      expect((await read(await refresh(refresh_token))).refresh_token).toBe(refresh_token);
  });

  it('dies of age, each new one with a life of its own', async () => {
    const { connect, refresh, clock } = createOauthSandbox({ refreshLifeMs: 10_000 });
    const first = await connect();
    clock.nowMs += 9_999;
    const second = await read(await refresh(first.refresh_token));
    clock.nowMs += 9_999;
    const third = await read(await refresh(second.refresh_token!));
    clock.nowMs += 10_000;
    expect(await (await refresh(third.refresh_token!)).json()).toMatchObject({
      error: 'invalid_grant',
    });
  });

  it('outlives the access token', async () => {
    const { connect, refresh, get, clock } = createOauthSandbox();
    const first = await connect();
    clock.nowMs += 7_200_000;
    expect((await get('/sites', first.access_token)).status).toBe(401);
    const second = await read(await refresh(first.refresh_token));
    expect((await get('/sites', second.access_token)).status).toBe(200);
  });

  it('is refused when unknown, when missing, and without Basic', async () => {
    const { connect, form, refresh } = createOauthSandbox();
    const { refresh_token, access_token } = await connect();
    expect(await (await refresh('x')).json()).toMatchObject({ error: 'invalid_grant' });
    expect((await refresh(access_token)).status).toBe(400);
    const missing = await form({ grant_type: 'refresh_token' });
    expect(await missing.json()).toMatchObject({ error: 'invalid_request' });
    const fields = { grant_type: 'refresh_token', refresh_token };
    expect((await form(fields, toBasic('partner-client', 'x'))).status).toBe(401);
    expect((await form({ ...fields, client_id: 'partner-client' }, {})).status).toBe(401);
    expect((await refresh(refresh_token)).status).toBe(200);
  });
});

describe('POST /oauth/revoke', () => {
  const revoke = (
    { send }: ReturnType<typeof createOauthSandbox>,
    token: string,
    headers: HeadersInit = toBasic('partner-client', 'partner-secret'),
  ) => send('/oauth/revoke', { method: 'POST', body: new URLSearchParams({ token }), headers });

  it('ends an access token alone: 403 from then on, and a refresh gives another', async () => {
    const house = createOauthSandbox();
    const { access_token, refresh_token } = await house.connect();
    expect((await revoke(house, access_token)).status).toBe(200);
    const answer = await house.get('/sites', access_token);
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ status: 'ERROR' });
    expect((await house.refresh(refresh_token)).status).toBe(200);
  });

  it('ends a refresh token with everything that came of the consent', async () => {
    const house = createOauthSandbox();
    const { access_token, refresh_token } = await house.connect();
    await revoke(house, refresh_token);
    expect((await house.refresh(refresh_token)).status).toBe(400);
    expect((await house.get('/sites', access_token)).status).toBe(403);
  });

  it('does not mind an unknown token, refuses a stranger’s and a stranger', async () => {
    const house = createOauthSandbox();
    const token = await house.tokenOf('demo');
    expect((await revoke(house, 'x')).status).toBe(200);
    expect((await revoke(house, token)).status).toBe(400);
    expect((await revoke(house, token, toBasic('demo-client', 'x'))).status).toBe(401);
    expect((await house.get('/sites', token)).status).toBe(200);
    await revoke(house, token, toBasic('demo-client', 'demo-secret'));
    expect((await house.get('/sites', token)).status).toBe(403);
  });
});
