import { describe, expect, it } from 'vitest';
import type { Problem } from '@/lib/core/problem/problem';
import { isProblemError } from '@/lib/core/problem/problem';
import { sleep } from '@/lib/core/time/clock';
import { createAccountAutomation } from '@/lib/server/kameleoon/create-account-automation';
import type { StoredTokens, TokenStore } from '@/lib/server/kameleoon/tokens/account-tokens';
import { createSignInProof, toAuthorizeAddress } from '@/lib/server/kameleoon/tokens/authorize';
import { createFakeClock } from '@/tests/fakes/clock';
import { toArray } from './api-setup';
import type { AccountServerOptions } from './fake-account-server';
import { createAccountServer } from './fake-account-server';
import { CLIENT_SECRET, createFakeUpstream, within } from './fake-upstream';

const CODE = { code: 'good-code', redirectUri: 'https://us.test/back', verifier: 'v'.repeat(43) };

interface World extends AccountServerOptions {
  /** How long the store takes to save. */
  readonly saveMs?: number;
  readonly withLock?: boolean;
}

function aWorld({ saveMs = 0, withLock = false, ...server }: World = {}) {
  const clock = createFakeClock();
  const delay = (): Promise<void> => sleep(clock, 300);
  const account = createAccountServer({ delay, ...server });
  const upstream = createFakeUpstream(clock, account.routes);
  let kept: StoredTokens | null = null;
  let failing = 0;
  let turn: Promise<unknown> = Promise.resolve();
  const store: TokenStore = {
    readTokens: async () => kept,
    async saveTokens(tokens) {
      if (saveMs > 0) await sleep(clock, saveMs);
      if (failing > 0) {
        failing -= 1;
        throw new Error('disk full');
      }
      kept = tokens;
    },
    ...(withLock && {
      exclusively<Done>(work: () => Promise<Done>): Promise<Done> {
        const mine = turn.then(work, work);
        turn = mine.catch(() => undefined);
        return mine;
      },
    }),
  };
  const aProcess = () =>
    createAccountAutomation({
      baseUrl: 'https://api.test',
      clientId: 'me',
      clientSecret: CLIENT_SECRET,
      fetch: upstream.fetch,
      clock,
      random: () => 0.5,
      store,
    });
  const outcome = (call: Promise<unknown>): Promise<'done' | Problem> =>
    call.then(
      () => 'done' as const,
      (error: unknown) => {
        if (isProblemError(error)) return error.problem;
        throw error;
      },
    );
  return {
    clock,
    upstream,
    account,
    aProcess,
    kept: () => kept,
    failSaves: (count: number) => {
      failing = count;
    },
    go: <Value>(call: Promise<Value>) => within(clock, call),
    ask: (from: ReturnType<typeof aProcess>) => outcome(toArray(from.api.accounts.list())),
    outcome,
  };
}

const HOUR_2 = 7_200_000;

describe('an authorised account', () => {
  it('is signed in by a code, with Basic credentials, the same redirect and the verifier', async () => {
    const { aProcess, go, account, upstream, kept, ask, clock } = aWorld();
    const house = aProcess();
    expect(await go(ask(house))).toMatchObject({ code: 'connection-ended', retryable: false });
    expect(upstream.seen).toHaveLength(0);
    await go(house.account.signIn(CODE));
    expect(Object.fromEntries(account.forms[0] ?? [])).toEqual({
      grant_type: 'authorization_code',
      code: 'good-code',
      redirect_uri: 'https://us.test/back',
      code_verifier: CODE.verifier,
    });
    expect(kept()).toMatchObject({ accessToken: 'access-1', refreshToken: 'refresh-1' });
    expect(await go(ask(house))).toBe('done');
    await clock.advance(HOUR_2 - 120_000);
    expect(await go(ask(house))).toBe('done');
    expect(account.refreshes()).toBe(0);
  });

  it('costs one refresh for fifty requests at expiry, though the refresh token rotates', async () => {
    const { aProcess, go, account, ask, clock, kept, upstream } = aWorld();
    const house = aProcess();
    await go(house.account.signIn(CODE));
    await clock.advance(HOUR_2);
    const all = await go(Promise.all(Array.from({ length: 50 }, () => ask(house))));
    expect(new Set(all)).toEqual(new Set(['done']));
    expect(account.refreshes()).toBe(1);
    expect(kept()).toMatchObject({ accessToken: 'access-2', refreshToken: 'refresh-2' });
    expect(house.client.budget().total).toBe(upstream.seen.length);
  });

  it('costs one refresh for fifty who meet a 401 together', async () => {
    const { aProcess, go, account, ask } = aWorld();
    const house = aProcess();
    await go(house.account.signIn(CODE));
    account.endAccess();
    const all = await go(Promise.all(Array.from({ length: 20 }, () => ask(house))));
    expect(new Set(all)).toEqual(new Set(['done']));
    expect(account.refreshes()).toBe(1);
  });

  it('saves the rotated token before it uses what came with it', async () => {
    const { aProcess, go, ask, clock, upstream, kept } = aWorld({ saveMs: 2_000 });
    const house = aProcess();
    await go(house.account.signIn(CODE));
    await clock.advance(HOUR_2);
    const asking = ask(house);
    await clock.advance(1_500);
    expect(upstream.seen.at(-1)?.path).toBe('/oauth/token');
    expect(kept()).toMatchObject({ refreshToken: 'refresh-1' });
    expect(await go(asking)).toBe('done');
    expect(kept()).toMatchObject({ refreshToken: 'refresh-2' });
  });

  it('loses nothing where saving fails: the next request saves, without another refresh', async () => {
    const { aProcess, go, ask, clock, account, failSaves, kept } = aWorld();
    const house = aProcess();
    await go(house.account.signIn(CODE));
    await clock.advance(HOUR_2);
    failSaves(2);
    expect(await go(ask(house))).toMatchObject({ code: 'store-failed', retryable: true });
    expect(await go(ask(house))).toMatchObject({ code: 'store-failed' });
    expect(kept()).toMatchObject({ refreshToken: 'refresh-1' });
    expect(await go(ask(house))).toBe('done');
    expect(account.refreshes()).toBe(1);
    expect(kept()).toMatchObject({ accessToken: 'access-2', refreshToken: 'refresh-2' });
  });

  it('follows another process that refreshed first', async () => {
    const { aProcess, go, ask, clock, account } = aWorld();
    const [one, other] = [aProcess(), aProcess()];
    await go(one.account.signIn(CODE));
    expect(await go(ask(other))).toBe('done');
    await clock.advance(HOUR_2);
    expect(await go(ask(one))).toBe('done');
    expect(await go(ask(other))).toBe('done');
    expect(account.refreshes()).toBe(1);
  });

  it('has two processes that race refresh once, where the store has a lock', async () => {
    const { aProcess, go, ask, clock, account } = aWorld({ withLock: true, saveMs: 700 });
    const [one, other] = [aProcess(), aProcess()];
    await go(one.account.signIn(CODE));
    await clock.advance(HOUR_2);
    const both = [ask(one), ask(other), ask(one), ask(other)];
    expect(await go(Promise.all(both))).toEqual(['done', 'done', 'done', 'done']);
    expect(account.refreshes()).toBe(1);
  });

  it('has the loser of a race without a lock wait for what the winner saves', async () => {
    // Not as strict: the second use of a refresh token is refused, and ends nothing.
    const { aProcess, go, ask, clock, account, upstream, kept } = aWorld({ saveMs: 700 });
    const [one, other] = [aProcess(), aProcess()];
    await go(one.account.signIn(CODE));
    const token = upstream.to('POST /oauth').length;
    await clock.advance(HOUR_2);
    let isFirst = true;
    const strict = account.routes['POST /oauth/token'];
    if (!strict) expect.fail('no token endpoint');
    upstream.replace('POST /oauth/token', (request) => {
      if (isFirst) {
        isFirst = false;
        return strict(request);
      }
      return new Response('{"error":"invalid_grant"}', {
        status: 400,
        headers: { 'content-type': 'application/json' },
      });
    });
    expect(await go(Promise.all([ask(one), ask(other)]))).toEqual(['done', 'done']);
    expect(upstream.to('POST /oauth')).toHaveLength(token + 2);
    expect(kept()).toMatchObject({ refreshToken: 'refresh-2' });
  });

  it('that was taken back ends in words, is not asked again, and comes back by signing in', async () => {
    const { aProcess, go, ask, clock, account, upstream } = aWorld();
    const house = aProcess();
    await go(house.account.signIn(CODE));
    await clock.advance(HOUR_2);
    await go(aWorldRevoke(account));
    const problem = await go(ask(house));
    expect(problem).toMatchObject({ code: 'connection-ended', retryable: false });
    expect(problem).toMatchObject({ detail: expect.stringMatching(/sign in again$/) as string });
    const before = upstream.seen.length;
    expect(await go(ask(house))).toMatchObject({ code: 'connection-ended' });
    expect(upstream.seen).toHaveLength(before);
    await go(house.account.signIn(CODE));
    expect(await go(ask(house))).toBe('done');
  });

  it('does not end because the token endpoint is down, nor offers its token again by itself', async () => {
    const { aProcess, go, ask, clock, account } = aWorld();
    const house = aProcess();
    await go(house.account.signIn(CODE));
    await clock.advance(HOUR_2);
    account.setDown(true);
    expect(await go(ask(house))).toMatchObject({ code: 'upstream-failed', retryable: true });
    expect(account.refreshes()).toBe(1);
    account.setDown(false);
    expect(await go(ask(house))).toBe('done');
  });

  it('keeps its refresh token where it does not rotate', async () => {
    const { aProcess, go, ask, clock, account, kept } = aWorld({
      rotates: false,
      lifeSeconds: 100,
    });
    const house = aProcess();
    await go(house.account.signIn(CODE));
    for (let i = 0; i < 3; i += 1) {
      await clock.advance(95_000);
      expect(await go(ask(house))).toBe('done');
    }
    expect(account.refreshes()).toBe(3);
    expect(kept()).toMatchObject({ refreshToken: 'refresh-1' });
  });

  it('is signed out here and there; where the API does not answer, here', async () => {
    const { aProcess, go, ask, account, kept, upstream } = aWorld();
    const house = aProcess();
    await go(house.account.signIn(CODE));
    expect(await go(house.account.signOut())).toBe(true);
    expect(upstream.to('POST /oauth/revoke')[0]?.body).toMatch(/^token=refresh-1&/);
    expect(kept()).toBeNull();
    expect(await go(ask(house))).toMatchObject({ code: 'connection-ended' });
    await go(house.account.signIn(CODE));
    account.setDown(true);
    expect(await go(house.account.signOut())).toBe(false);
    expect(kept()).toBeNull();
  });

  it('never says a secret, whatever the API repeats', async () => {
    const { aProcess, go, outcome } = aWorld();
    const house = aProcess();
    await go(house.account.signIn(CODE));
    const problem = await go(outcome(house.account.signIn({ ...CODE, code: 'bad-code' })));
    expect(problem).toMatchObject({ code: 'connection-ended' });
    expect(JSON.stringify(problem)).not.toMatch(/refresh-|bad-code|shh/);
  });

  it('is told from client credentials that are wrong', async () => {
    const { clock, upstream, go, outcome } = aWorld();
    const house = createAccountAutomation({
      baseUrl: 'https://api.test',
      clientId: 'me',
      clientSecret: 'other',
      fetch: upstream.fetch,
      clock,
      store: {
        readTokens: async () => ({ accessToken: 'a', refreshToken: 'r', renewAtMs: 0 }),
        saveTokens: () => Promise.resolve(),
      },
    });
    const problem = await go(outcome(toArray(house.api.accounts.list())));
    expect(problem).toMatchObject({ code: 'upstream-auth' });
  });
});

const aWorldRevoke = async (account: ReturnType<typeof createAccountServer>): Promise<void> => {
  const revoke = account.routes['POST /oauth/revoke'];
  if (!revoke) expect.fail('no revocation');
  await revoke({
    method: 'POST',
    path: '',
    query: {},
    authorization: null,
    body: '',
    url: '',
    atMs: 0,
  });
};

describe('the address to sign in at', () => {
  it('carries state and the challenge of the verifier, never the verifier', () => {
    // RFC 7636, appendix B, gives a verifier with its challenge.
    const bytes = Buffer.from('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk', 'base64url');
    const proof = createSignInProof(() => bytes);
    expect(proof.challenge).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
    const address = new URL(
      toAuthorizeAddress({
        baseUrl: 'https://api.kameleoon.com',
        clientId: 'partner',
        redirectUri: 'https://us.test/back?a=b',
        proof: { ...proof, state: 'st' },
      }),
    );
    expect(address.origin + address.pathname).toBe('https://api.kameleoon.com/oauth/authorize');
    expect(Object.fromEntries(address.searchParams)).toEqual({
      client_id: 'partner',
      redirect_uri: 'https://us.test/back?a=b',
      response_type: 'code',
      state: 'st',
      code_challenge: proof.challenge,
      code_challenge_method: 'S256',
    });
  });
});
