import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRateLimiter } from '@/lib/sandbox/api/rate-limiter';
import { createRequestLog } from '@/lib/sandbox/api/request-log';
import { toPhases, toWindowStart, WINDOWS, type WindowMode } from '@/lib/sandbox/api/windows';

/** Moments of requests: bursts, pauses of seconds, and now and then one of many minutes. */
const anyArrivals = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 0, max: 120 }) },
      { weight: 2, arbitrary: fc.integer({ min: 0, max: 12_000 }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 900_000 }) },
    ),
    { minLength: 100, maxLength: 1_500, size: 'max' },
  )
  .map((gaps) => {
    let atMs = Date.UTC(2026, 4, 21);
    return gaps.map((gap) => (atMs += gap));
  });

function run(mode: WindowMode, seed: number, arrivals: readonly number[]) {
  const phases = toPhases(seed);
  const limiter = createRateLimiter({
    mode: () => mode,
    phases,
    burden: () => 0,
    onRefused: () => {},
  });
  const answers = arrivals.map((atMs) => ({ atMs, isIn: limiter.admit('a', atMs) }));
  /** How many a window already held before a moment. */
  const heldBefore = (i: number, window: number): number => {
    const { spanMs } = WINDOWS[window]!;
    const { atMs } = answers[i]!;
    const startMs = toWindowStart(atMs, spanMs, phases[window]!);
    const belongs = (other: number): boolean =>
      mode === 'fixed' ? other >= startMs : other > atMs - spanMs;
    return answers.slice(0, i).filter((answer) => answer.isIn && belongs(answer.atMs)).length;
  };
  return { answers, heldBefore };
}

describe('the rate limiter', () => {
  it.each(['sliding', 'fixed'] as const)(
    'with %s windows refuses exactly what is one too many',
    (mode) => {
      fc.assert(
        fc.property(fc.nat(), anyArrivals, (seed, arrivals) => {
          const { answers, heldBefore } = run(mode, seed, arrivals);
          answers.forEach(({ isIn }, i) => {
            const hasRoom = WINDOWS.every(({ limit }, window) => heldBefore(i, window) < limit);
            expect(isIn).toBe(hasRoom);
          });
        }),
        { numRuns: 15 },
      );
    },
  );
});

describe('the request log', () => {
  it('tells the worst stretch as both kinds of server see it', () => {
    fc.assert(
      fc.property(fc.nat(), anyArrivals, (seed, arrivals) => {
        const phases = toPhases(seed);
        const log = createRequestLog(phases);
        for (const atMs of arrivals) log.arrive('/sites', atMs);
        const [sliding, fixed] = WINDOWS.map(({ spanMs }, i) => {
          const within = arrivals.map(
            (end) => arrivals.filter((atMs) => atMs > end - spanMs && atMs <= end).length,
          );
          const starts = arrivals.map((atMs) => toWindowStart(atMs, spanMs, phases[i]!));
          const counts = starts.map((start) => starts.filter((other) => other === start).length);
          return [Math.max(...within), Math.max(...counts)];
        }).reduce<number[][]>((rows, pair) => pair.map((n, k) => [...(rows[k] ?? []), n]), []);
        const report = log.report();
        expect([report.worst10s, report.worstHour]).toEqual(sliding);
        expect([report.worstFixed10s, report.worstFixedHour]).toEqual(fixed);
        expect(report.perMinute.reduce((all, { requests }) => all + requests, 0)).toBe(
          arrivals.length,
        );
      }),
      { numRuns: 10 },
    );
  });
});
