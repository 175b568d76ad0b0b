import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Arrival, ArrivalInput } from '@/lib/core/analysis/outlook/arrival';
import { toArrival } from '@/lib/core/analysis/outlook/arrival';
import { toTraffic } from '@/lib/core/analysis/outlook/to-traffic';
import { DAY, START } from '../builders';

const steady = (perDay: number, days: number) =>
  toTraffic(
    Array.from({ length: Math.floor(days) }, (_, i) => ({
      atMs: START + (i + 1) * DAY,
      people: perDay * (i + 1),
    })),
    START,
    START + days * DAY,
  );

/** Ten days of 4,000 people a day, nothing to be seen yet, +-10 % planned. */
function asked(changes: Partial<ArrivalInput> & { days?: number; perDay?: number } = {}): Arrival {
  const { days = 10, perDay = 4_000, ...own } = changes;
  const n = Math.round((days * perDay) / 2);
  return toArrival({
    reference: { n, x: Math.round(n * 0.05) },
    other: { n, x: Math.round(n * 0.05) },
    plan: { alpha: 0.05, finalAlpha: null, plannedVisitors: 10_000, neededCounts: 25 },
    plannedEffect: 0.1,
    better: 'higher',
    daysAtMs: START + 7 * DAY,
    traffic: steady(perDay, days),
    pairShare: 1,
    lookEveryMs: DAY / 24,
    ...own,
  });
}

function range(arrival: Arrival) {
  if (arrival.kind !== 'range') throw new Error(`no range: ${arrival.kind}`);
  const day = (atMs: number): number => (atMs - START) / DAY;
  return {
    earliest: day(arrival.earliestMs),
    median: day(arrival.medianMs),
    latest: arrival.latestMs === null ? Infinity : day(arrival.latestMs),
  };
}

const planned = { alpha: 0.02, finalAlpha: 0.03, plannedVisitors: 62_000, neededCounts: 25 };

describe('arrival', () => {
  it('names no moment where nobody planned an effect, whatever is seen', () => {
    const seen = { reference: { n: 20_000, x: 1_000 }, other: { n: 20_000, x: 1_090 } };
    expect(asked({ plannedEffect: null, ...seen })).toEqual({ kind: 'no-plan' });
  });

  it('does not take the effect seen for the true one', () => {
    // With a drift of the +8 % seen, the median for a planned +50 % and for +10 % would be the same.
    const seen = { reference: { n: 20_000, x: 1_000 }, other: { n: 20_000, x: 1_080 } };
    const small = range(asked({ ...seen, plannedEffect: 0.05 }));
    const large = range(asked({ ...seen, plannedEffect: 0.3 }));
    expect(large.latest - 10).toBeLessThan((small.latest - 10) / 4);
  });

  it('says nothing without traffic or conversions', () => {
    expect(asked({ traffic: null })).toEqual({ kind: 'no-traffic' });
    const none = { n: 20_000, x: 0 };
    expect(asked({ reference: none, other: none })).toEqual({ kind: 'no-conversions' });
  });

  it('says "not at this traffic" where more likely than not 180 days are too few', () => {
    expect(asked({ plannedEffect: 0.01, perDay: 1_000 })).toEqual({ kind: 'beyond', days: 180 });
  });

  it('expects an answer sooner with more traffic, and sooner for a greater planned effect', () => {
    const base = range(asked());
    expect(range(asked({ perDay: 8_000 })).median).toBeLessThan(base.median);
    expect(range(asked({ plannedEffect: 0.15 })).median).toBeLessThan(base.median);
    expect(base.earliest).toBeGreaterThan(10);
    expect(base.latest).toBeGreaterThan(base.median);
  });

  it('is the same for both ways while both arms are the same', () => {
    const lower = range(asked({ better: 'lower' }));
    expect(lower.median).toBeCloseTo(range(asked()).median, 1);
  });

  it('calls no winner before its seven days, and harm before them', () => {
    const few = { days: 3, perDay: 40_000 } as const;
    const up = { reference: { n: 60_000, x: 3_000 }, other: { n: 60_000, x: 3_420 } };
    const winner = range(asked({ ...few, ...up }));
    expect(winner.earliest).toBe(7);
    expect(winner.latest).toBeCloseTo(7, 1);
    // The same counts, where fewer are better: on the way to harm, which waits for nothing.
    const open = { reference: { n: 60_000, x: 3_000 }, other: { n: 60_000, x: 3_180 } };
    expect(range(asked({ ...few, ...open, better: 'lower' })).median).toBeLessThan(6);
    expect(range(asked({ ...few, ...open })).median).toBeGreaterThanOrEqual(7);
  });

  it('ends at the planned end where its look decides most tests', () => {
    const seen = { reference: { n: 28_000, x: 1_400 }, other: { n: 28_000, x: 1_540 } };
    const { earliest, median, latest } = range(asked({ plan: planned, days: 14, ...seen }));
    // 62,000 people at 4,000 a day: day 15.5.
    expect(earliest).toBeGreaterThan(14.5);
    expect(median).toBeCloseTo(15.5, 0);
    expect(latest).toBeLessThan(16.5);
    expect(range(asked({ days: 14, ...seen })).latest).toBeGreaterThan(20);
  });

  it('looks past a planned end whose look found nothing', () => {
    expect(range(asked({ plan: planned, days: 16 })).earliest).toBeGreaterThan(16.5);
  });

  it('takes longer in a family of four than alone', () => {
    const four = { alpha: 0.0125, finalAlpha: null, plannedVisitors: 10_000, neededCounts: 25 };
    expect(range(asked({ plan: four })).median).toBeGreaterThan(range(asked()).median);
  });

  it('changes little with one more conversion', () => {
    const at = (x: number) => range(asked({ other: { n: 20_000, x }, plannedEffect: 0.08 }));
    for (let x = 962; x < 1_080; x += 6) {
      const [one, next] = [at(x), at(x + 1)];
      expect(Math.abs(next.median - one.median)).toBeLessThan(0.5);
      expect(Math.abs(next.earliest - one.earliest)).toBeLessThan(0.5);
    }
  });

  it('always gives an ordered range after now, the same for the same counts', () => {
    const count = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(
        count,
        count,
        fc.integer({ min: 2, max: 30 }),
        fc.constantFrom('higher' as const, 'lower' as const),
        fc.double({ min: 0.02, max: 2, noNaN: true }),
        fc.boolean(),
        (a, b, days, better, plannedEffect, isPlanned) => {
          const question = {
            days,
            perDay: 500,
            reference: { n: 2_500, x: a },
            other: { n: 2_500, x: b },
            better,
            plannedEffect,
            ...(isPlanned ? { plan: planned } : {}),
          };
          const arrival = asked(question);
          expect(asked(question)).toEqual(arrival);
          if (arrival.kind !== 'range') return;
          expect(arrival.earliestMs).toBeGreaterThan(START + days * DAY);
          expect(arrival.medianMs).toBeGreaterThanOrEqual(arrival.earliestMs);
          expect(arrival.latestMs ?? Infinity).toBeGreaterThanOrEqual(arrival.medianMs);
        },
      ),
      { numRuns: 50 },
    );
  });
});
