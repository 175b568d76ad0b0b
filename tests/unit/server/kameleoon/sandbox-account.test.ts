import { describe, expect, it } from 'vitest';
import { createSandbox } from '@/lib/sandbox/api/create-sandbox';
import { createWorld } from '@/lib/sandbox/world/world';
import { createAccountAutomation } from '@/lib/server/kameleoon/create-account-automation';
import type { StoredTokens } from '@/lib/server/kameleoon/tokens/account-tokens';
import { createSignInProof, toAuthorizeAddress } from '@/lib/server/kameleoon/tokens/authorize';
import { createFakeClock } from '@/tests/fakes/clock';
import { toArray } from './api-setup';
import { within } from './fake-upstream';

const START_MS = Date.UTC(2026, 4, 20, 10, 7, 13);
const BASE = 'https://api.test';
const REDIRECT = 'https://us.test/back';
const PARTNER = { clientId: 'partner-client', clientSecret: 'partner-secret' };
const world = createWorld({ seed: 1, epochMs: START_MS });

/** A partner of the sandbox in fake time: hours pass at once. */
function aPartner() {
  const clock = createFakeClock(START_MS);
  const sandbox = createSandbox({
    world,
    clock: () => clock.nowMs(),
    setTimer: (task, delayMs) => clock.setTimer(task, delayMs),
    credentials: { clientId: 'demo-client', clientSecret: 'demo-secret' },
    redirects: [REDIRECT],
  });
  const send: typeof fetch = (input, init) => sandbox.fetch(new Request(String(input), init));
  let kept: StoredTokens | null = null;
  const house = createAccountAutomation({
    ...PARTNER,
    baseUrl: BASE,
    fetch: send,
    clock,
    random: () => 0.5,
    store: {
      readTokens: async () => kept,
      saveTokens: async (tokens) => {
        kept = tokens;
      },
    },
  });
  const go = <Value>(call: Promise<Value>): Promise<Value> => within(clock, call);

  /** As a person on the consent page would. */
  const signIn = async (account: string): Promise<void> => {
    const proof = createSignInProof((size) => new Uint8Array(size).fill(7));
    const address = toAuthorizeAddress({ ...PARTNER, baseUrl: BASE, redirectUri: REDIRECT, proof });
    const page = await (await send(address)).text();
    const request = /name="request"[^>]*value="([^"]+)"/.exec(page)?.[1] ?? '';
    const answer = await send(`${BASE}/oauth/authorize`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ request, account, decision: 'accept' }).toString(),
    });
    const back = new URL(answer.headers.get('location') ?? '');
    expect(back.searchParams.get('state')).toBe(proof.state);
    const code = back.searchParams.get('code') ?? '';
    await go(house.account.signIn({ code, redirectUri: REDIRECT, verifier: proof.verifier }));
  };
  const tokenRequests = (): number => sandbox.requests().byPath['/oauth/token'] ?? 0;
  return { clock, sandbox, house, go, signIn, tokenRequests, kept: () => kept };
}

describe('an account of the sandbox', () => {
  it('reads with the rights of whoever signed in', async () => {
    const { house, go, signIn } = aPartner();
    await signIn('70003');
    const [me] = await go(toArray(house.api.accounts.list()));
    expect(me?.id).toBe('70003');
    const sites = await go(toArray(house.api.sites.list()));
    expect(sites.map(({ id }) => id)).toEqual(['20103']);
    const body = { name: 'x', siteId: '20103', baseURL: 'https://shop.test' };
    await expect(go(house.api.experiments.create(body))).rejects.toMatchObject({
      problem: { code: 'upstream-forbidden' },
    });
  });

  it('refreshes exactly once for fifty requests at expiry, with rotation on', async () => {
    const { house, go, signIn, clock, tokenRequests, kept, sandbox } = aPartner();
    await signIn('70001');
    const before = kept();
    expect(tokenRequests()).toBe(1);
    await clock.advance(7_200_000);
    const all = await go(
      Promise.all(Array.from({ length: 50 }, () => toArray(house.api.sites.list()))),
    );
    expect(all.every((sites) => sites.length > 1)).toBe(true);
    expect(tokenRequests()).toBe(2);
    expect(kept()?.refreshToken).not.toBe(before?.refreshToken);
    expect(sandbox.requests().throttled).toBe(0);
    // The rotated token was kept: it works when its turn comes.
    await clock.advance(7_200_000);
    await go(toArray(house.api.sites.list()));
    expect(tokenRequests()).toBe(3);
  });

  it('has its tokens revoked when it signs out', async () => {
    const { house, go, signIn, sandbox, kept } = aPartner();
    await signIn('70001');
    const token = kept()?.accessToken ?? '';
    expect(await go(house.account.signOut())).toBe(true);
    const answer = await sandbox.fetch(
      new Request(`${BASE}/sites`, { headers: { authorization: `Bearer ${token}` } }),
    );
    expect([401, 403]).toContain(answer.status);
  });
});
