import { describe, expect, it } from 'vitest';
import { observeAnswer } from '@/lib/server/kameleoon/observe-answer';

const answer = (headers: Record<string, string>, status = 200) =>
  observeAnswer({ status, headers: new Headers(headers) });

describe('what an answer tells the budget', () => {
  const date = 'Wed, 20 May 2026 10:00:00 GMT';
  const dateMs = Date.UTC(2026, 4, 20, 10);

  it('is its time, and nothing where it says nothing', () => {
    expect(answer({ date })).toEqual({ upstreamMs: dateMs, allowances: [], isRefusal: false });
    expect(answer({}, 429)).toEqual({ upstreamMs: null, allowances: [], isRefusal: true });
    expect(answer({ date: 'soon' }).upstreamMs).toBeNull();
  });

  it('is nothing where a cache answered', () => {
    const told = answer({ date, age: '7', 'ratelimit-remaining': '0', 'ratelimit-reset': '9' });
    expect(told).toEqual({ upstreamMs: null, allowances: [], isRefusal: false });
  });

  it.each([
    { 'ratelimit-limit': '50', 'ratelimit-remaining': '3', 'ratelimit-reset': '7' },
    { 'x-ratelimit-limit': '50', 'x-ratelimit-remaining': '3', 'x-ratelimit-reset': '7' },
    { ratelimit: 'limit=50, remaining=3, reset=7' },
  ])('is what is left: %o', (headers) => {
    expect(answer({ date, ...headers }).allowances).toMatchObject([
      { limit: 50, remaining: 3, resetMs: 7_000 },
    ]);
  });

  it('reads policies with their windows, and resets as moments', () => {
    expect(
      answer({ date, ratelimit: '"hour";r=12;t=300, "short";r=1;t=2' }).allowances,
    ).toMatchObject([
      { remaining: 12, resetMs: 300_000 },
      { remaining: 1, resetMs: 2_000 },
    ]);
    const windowed = {
      'ratelimit-limit': '1000;w=3600',
      'ratelimit-remaining': '12',
      'ratelimit-reset': String(dateMs / 1000 + 60),
    };
    expect(answer({ date, ...windowed }).allowances).toEqual([
      { limit: 1000, remaining: 12, resetMs: 60_000, windowMs: 3_600_000 },
    ]);
  });

  it.each([
    { 'ratelimit-remaining': 'many', 'ratelimit-reset': '7' },
    { 'ratelimit-remaining': '3' },
    { 'ratelimit-remaining': '-3', 'ratelimit-reset': '7' },
  ])('is nothing where it cannot be read: %o', (headers) => {
    expect(answer({ date, ...headers }).allowances).toEqual([]);
  });
});
