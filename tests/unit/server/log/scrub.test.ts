import { describe, expect, it } from 'vitest';
import { createScrub } from '@/lib/server/log/scrub';

const scrub = createScrub(['known/canary', '']);

describe('what a log line may hold', () => {
  it.each([
    'known/canary',
    'GET /x?y=known%2Fcanary',
    'authorization Bearer eyJhbGciOi.x.y',
    'Basic ZGVtbzpjYW5hcnk=',
    'grant_type=client_credentials&client_secret=canary',
    '{"access_token":"canary"}',
    'http://user:canary@proxy.test:3128/',
    '/api/live?ticket=canary&q=1',
  ])('hides what is secret in "%s"', (text) => {
    expect(scrub(text)).toContain('[redacted]');
    expect(scrub(text)).not.toMatch(/canary|eyJ|ZGVt/);
  });

  it.each([
    'POST /oauth/token: the answer holds no access token',
    'POST /oauth/token was answered 400: no such client',
    'basic settings are wrong',
    'the connection failed (ECONNRESET), exit code: 1',
    'Which one? Both: a=b',
  ])('leaves "%s" as it is', (text) => {
    expect(scrub(text)).toBe(text);
  });

  it('is bounded, whatever it is given', () => {
    const round: Record<string, unknown> = { name: 'x'.repeat(1e6) };
    round['self'] = round;
    round['list'] = Array.from({ length: 1e5 }, () => round);
    expect(JSON.stringify(scrub({ name: round['name'] })).length).toBeLessThan(1_100);
    expect(JSON.stringify(scrub({ round })).length).toBeLessThan(100_000);
    const deep = scrub({ a: { b: { c: { d: { e: { f: { g: 'canary' } } } } } } });
    expect(JSON.stringify(deep)).toBe('{"a":{"b":{"c":{"d":{"e":{"f":"[deeper]"}}}}}}');
  });

  it('keeps numbers, booleans and nothing as they are', () => {
    expect(scrub({ status: 502, isLate: true, problem: null, tokens: 3, token: null })).toEqual({
      status: 502,
      isLate: true,
      problem: null,
      tokens: 3,
      token: null,
    });
  });
});
