import { describe, expect, it } from 'vitest';
import { isOwnPage } from '@/lib/server/http/own-page';

const from = (headers: Record<string, string>): boolean =>
  isOwnPage(new Headers({ host: 'verdict.example', ...headers }));

describe('a request that changes something', () => {
  it.each([
    { 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none' },
    { origin: 'https://verdict.example' },
    { origin: 'https://a.example', 'x-forwarded-host': 'a.example' },
    {},
  ])('may come with %o', (headers) => {
    expect(from(headers)).toBe(true);
  });

  it.each([
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site', origin: 'https://verdict.example' },
    { origin: 'https://evil.example' },
    { origin: 'https://verdict.example.evil.example' },
    { origin: 'https://verdict.example:444' },
    { origin: 'null' },
    { origin: '' },
  ])('may not come with %o', (headers) => {
    expect(from(headers)).toBe(false);
  });
});
