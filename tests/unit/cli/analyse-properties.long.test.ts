import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '@/lib/cli/analyse/report';
import { runAnalyse } from '@/lib/cli/analyse/run';

const NO_LIMITS = { lower: null, upper: null };
const ignore = (): void => undefined;

function reportOn(input: unknown): Report {
  let printed = '';
  const out = (text: string): void => void (printed += text);
  expect(runAnalyse([], { readText: () => JSON.stringify(input), out, err: out })).toBe(0);
  return JSON.parse(printed) as Report;
}

describe('whatever the counts', { timeout: 60_000 }, () => {
  const someArms = fc
    .array(
      fc.record({
        visitors: fc.integer({ min: 0, max: 1e6 }),
        share: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      { minLength: 1, maxLength: 5 },
    )
    .map((arms) =>
      arms.map(({ visitors, share }, i) => ({
        name: `v${i}`,
        visitors,
        conversions: Math.round(visitors * share),
      })),
    );
  const settings = fc.record(
    {
      alpha: fc.constantFrom(1e-9, 0.01, 0.05, 0.2, 0.9),
      plannedVisitors: fc.constantFrom(1, 10_000, 5e6),
      better: fc.constantFrom('higher', 'lower'),
      plannedEffect: fc.constantFrom(0.01, 0.5, 20),
      days: fc.constantFrom(0, 7, 100),
    },
    { requiredKeys: [] },
  );

  it('picture, p and state agree', () => {
    fc.assert(
      fc.property(someArms, settings, (arms, own) => {
        const report = reportOn({ arms, ...own });
        const alpha = own.alpha ?? 0.05;
        for (const { comparison } of report.arms) {
          if (comparison?.p == null) continue;
          const { lower, upper } = comparison.differenceInterval ?? NO_LIMITS;
          const excludes = (lower ?? -1) > 0 || (upper ?? 1) < 0;
          const isWaiting = comparison.reasons.some(({ kind }) => kind === 'few-days');
          const isCalled = ['winner', 'loser'].includes(comparison.state) || isWaiting;
          expect(isCalled).toBe(excludes);
          if (Math.abs(comparison.p - alpha) > 1e-9 * alpha)
            expect(comparison.p < alpha).toBe(excludes);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('no input makes it throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string({ unit: 'binary' })), (text) => {
        expect([0, 2]).toContain(
          runAnalyse([], { readText: () => text, out: ignore, err: ignore }),
        );
      }),
      { numRuns: 60 },
    );
  });
});
