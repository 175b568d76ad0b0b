import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toProblem } from '@/lib/core/problem/problem';
import type { Failure } from '@/lib/server/kameleoon/failure';
import { codeOfStatus } from '@/lib/server/kameleoon/failure';
import { parseRetryAfter, retry } from '@/lib/server/kameleoon/retry';

const failed = (status: number | null, retryAfterMs: number | null = null): Failure => ({
  problem: toProblem(status === null ? 'upstream-unreachable' : codeOfStatus(status), 'x'),
  status,
  retryAfterMs,
  wasSent: true,
});
const context = { elapsedMs: 0, deadlineMs: 60_000, random: () => 0.5 };

describe('retrying', () => {
  it.each([408, 425, 429, 500, 502, 503, 504, null])('tries again after %s', (status) => {
    expect(retry(failed(status), 1, context)).not.toBe('stop');
  });

  it.each([200, 301, 400, 401, 403, 404, 409, 422, 423, 501])('does not after %s', (status) => {
    expect(retry(failed(status), 1, context)).toBe('stop');
  });

  it('does not when we ourselves held the request back', () => {
    expect(retry({ ...failed(503), wasSent: false }, 1, context)).toBe('stop');
    expect(retry({ ...failed(null), wasSent: false }, 1, context)).toBe('stop');
  });

  it('makes three tries at most and keeps the deadline', () => {
    expect(retry(failed(500), 3, context)).toBe('stop');
    expect(retry(failed(503, 20_000), 1, { ...context, deadlineMs: 20_000 })).toBe('stop');
    expect(retry(failed(500), 1, { ...context, elapsedMs: 59_990 })).toBe('stop');
  });

  it('spreads faults over the whole of a doubling range', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.999, noNaN: true }), (r) => {
        const at = (attempt: number) =>
          retry(failed(500), attempt, { ...context, random: () => r });
        expect(at(1)).toBeCloseTo(r * 500);
        expect(at(2)).toBeCloseTo(r * 1000);
      }),
    );
  });

  it('waits a 429 out: never less than asked for, or than the window', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.option(fc.integer({ min: 0, max: 40_000 }), { nil: null }),
        (r, asked) => {
          const delay = retry(failed(429, asked), 1, { ...context, random: () => r });
          if (delay === 'stop') expect.fail('stopped');
          const floor = asked ?? 10_500;
          expect(delay).toBeGreaterThanOrEqual(floor + 1000);
          expect(delay).toBeLessThanOrEqual(floor * 1.1 + 1000);
        },
      ),
    );
  });

  it('honours Retry-After of a 503', () => {
    expect(retry(failed(503, 7000), 1, context)).toBe(7000);
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 4, 20, 10, 0, 0);
  const date = 'Wed, 20 May 2026 09:00:00 GMT';
  it.each<[string | null, number | null]>([
    [null, null],
    ['0', 0],
    ['12', 12_000],
    ['999999', 3_600_000],
    ['Wed, 20 May 2026 09:00:30 GMT', 30_000],
    ['Wed, 20 May 2026 08:00:00 GMT', 0],
    ['soon', 60_000],
    ['-5', 60_000],
    ['', 60_000],
  ])('reads %s', (header, ms) => {
    expect(parseRetryAfter(header, date, now)).toBe(ms);
  });
  it('takes upstream time where the answer has no date', () => {
    expect(parseRetryAfter('Wed, 20 May 2026 10:00:05 GMT', null, now)).toBe(5000);
  });
});
