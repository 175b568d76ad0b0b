import { describe, expect, it } from 'vitest';
import { createOauthSandbox, REDIRECT, toAuthorizePath, toRequestId } from './oauth-sandbox';

const decide = (fields: Readonly<Record<string, string>>): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams(fields),
});
const toLocation = (answer: Response): URL => new URL(answer.headers.get('location')!);

describe('GET /oauth/authorize', () => {
  it('shows who asks, the accounts with their rights and sites, and both decisions', async () => {
    const { send } = createOauthSandbox({ partnerName: 'A <b>bold</b> "app"' });
    const answer = await send(toAuthorizePath());
    const html = await answer.text();
    expect(answer.status).toBe(200);
    expect(html).toContain('A &#60;b&#62;bold&#60;/b&#62; &#34;app&#34;');
    expect(html).toContain('D&#39;Amico &#60;shop &#38; stock&#62;');
    expect(html.match(/name="account"/g)!.length).toBeGreaterThanOrEqual(3);
    expect(html).toMatch(/Insurance FR/);
    expect(html).toMatch(/value="accept"[\s\S]*value="refuse"/);
    expect(html).not.toMatch(/<script|<b>|<shop/);
  });

  it('is framed by nobody, kept by nobody, and runs nothing', async () => {
    const { send } = createOauthSandbox();
    const { headers } = await send(toAuthorizePath());
    const policy = headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("form-action 'self' http://127.0.0.1:3000;");
    expect(policy).not.toContain('script-src');
    expect(policy).not.toContain('unsafe');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  it.each([
    ['an unknown application', { client_id: 'nobody' }],
    ['a client that has no redirects', { client_id: 'demo-client' }],
    ['no redirect', { redirect_uri: '' }],
    ['a redirect with a slash more', { redirect_uri: `${REDIRECT}/` }],
    ['a redirect with a query', { redirect_uri: `${REDIRECT}?x=1` }],
    ['a redirect in capitals', { redirect_uri: REDIRECT.toUpperCase() }],
    ['another port', { redirect_uri: REDIRECT.replace('3000', '3001') }],
    ['localhost for 127.0.0.1', { redirect_uri: REDIRECT.replace('127.0.0.1', 'localhost') }],
    ['a redirect that runs', { redirect_uri: 'javascript:alert(1)' }],
  ])('answers %s with a page, never with a redirect', async (_, changes) => {
    const answer = await createOauthSandbox().send(toAuthorizePath(changes));
    expect(answer.status).toBe(400);
    expect(answer.headers.get('location')).toBeNull();
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  it.each([
    ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
    ['no response type', { response_type: '' }, 'invalid_request'],
    ['a challenge too short', { code_challenge: 'abc' }, 'invalid_request'],
    [
      'an unknown challenge method',
      { code_challenge: 'a'.repeat(43), code_challenge_method: 'S1' },
      'invalid_request',
    ],
  ])('sends %s back with an error and the state', async (_, changes, error) => {
    const answer = await createOauthSandbox().send(toAuthorizePath({ state: 's', ...changes }));
    expect(answer.status).toBe(302);
    const location = toLocation(answer);
    expect(location.href.startsWith(`${REDIRECT}?`)).toBe(true);
    expect(location.searchParams.get('error')).toBe(error);
    expect(location.searchParams.get('state')).toBe('s');
    expect(location.searchParams.has('code')).toBe(false);
  });

  it('refuses a redirect address that is there twice, be one of them right', async () => {
    const other = encodeURIComponent('http://127.0.0.1:9/x');
    const answer = await createOauthSandbox().send(`${toAuthorizePath()}&redirect_uri=${other}`);
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
  });

  it('cannot be started with a redirect that has a fragment or is not absolute', () => {
    for (const redirect of [
      '/callback',
      'http://a.example/#x',
      'javascript:alert(1)',
      'http://a b/',
    ])
      expect(() => createOauthSandbox({ redirects: [redirect] })).toThrow(/cannot be registered/);
  });
});

describe('the decision', () => {
  const ask = async (query: Readonly<Record<string, string>> = {}, redirects?: string[]) => {
    const house = createOauthSandbox(redirects === undefined ? {} : { redirects });
    const html = await (await house.send(toAuthorizePath(query))).text();
    return { ...house, request: toRequestId(html) };
  };

  it('to accept sends a code back, with the state as it came', async () => {
    const state = 'a+b &=%20"<ü>/?#';
    const { send, request } = await ask({ state, scope: 'whatever' });
    const answer = await send(
      '/oauth/authorize',
      decide({ request, account: '70001', decision: 'accept' }),
    );
    expect(answer.status).toBe(302);
    const { searchParams } = toLocation(answer);
    expect([...searchParams.keys()].sort()).toEqual(['code', 'state']);
    expect(searchParams.get('state')).toBe(state);
  });

  it('to refuse sends access_denied back and no code', async () => {
    const { send, request } = await ask({ state: 's' });
    const answer = await send('/oauth/authorize', decide({ request, decision: 'refuse' }));
    const { searchParams } = toLocation(answer);
    expect(searchParams.get('error')).toBe('access_denied');
    expect(searchParams.get('state')).toBe('s');
    expect(searchParams.has('code')).toBe(false);
  });

  it('leaves the rest of a registered address alone', async () => {
    const own = 'com.example.app:/back?tenant=%C3%BC&x';
    const { send, request } = await ask({ redirect_uri: own }, [own]);
    const answer = await send('/oauth/authorize', decide({ request, decision: 'refuse' }));
    expect(answer.headers.get('location')!.startsWith(`${own}&error=access_denied`)).toBe(true);
  });

  it('is taken once: the same form again is a page', async () => {
    const { send, request } = await ask();
    const form = decide({ request, account: '70001', decision: 'accept' });
    expect((await send('/oauth/authorize', form)).status).toBe(302);
    expect((await send('/oauth/authorize', form)).status).toBe(400);
  });

  it('cannot be made for a request that nobody made', async () => {
    const { send } = createOauthSandbox();
    for (const request of ['', 'x', '0'.repeat(48)]) {
      const answer = await send(
        '/oauth/authorize',
        decide({ request, account: '70001', decision: 'accept', redirect_uri: REDIRECT }),
      );
      expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
    }
  });

  it('is forgotten after half an hour', async () => {
    const { send, request, clock } = await ask();
    clock.nowMs += 1_800_000;
    const form = decide({ request, account: '70001', decision: 'accept' });
    expect((await send('/oauth/authorize', form)).status).toBe(400);
  });

  it('asks again when nobody was chosen, and that page works', async () => {
    const { send, request } = await ask();
    const again = await send(
      '/oauth/authorize',
      decide({ request, account: '1', decision: 'accept' }),
    );
    const html = await again.text();
    expect([again.status, html.includes('Choose the account')]).toEqual([400, true]);
    const form = decide({ request: toRequestId(html), account: '70002', decision: 'accept' });
    expect((await send('/oauth/authorize', form)).status).toBe(302);
  });
});
