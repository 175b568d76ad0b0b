import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toTraffic } from '@/lib/core/analysis/outlook/to-traffic';
import type { Traffic } from '@/lib/core/analysis/outlook/traffic';
import {
  daysOfWeek,
  expectedAtMs,
  forecast,
  peoplePerDay,
} from '@/lib/core/analysis/outlook/traffic';
import type { TrafficPoint } from '@/lib/core/analysis/outlook/traffic-steps';
import { DAY, START } from '../builders';

const HOUR = DAY / 24;
const WEEK_OF_PEOPLE = [1_200, 1_100, 1_000, 1_000, 900, 400, 300];

/** Running totals of a week that repeats, one point every `everyHours`. */
function totals(days: number, everyHours: number, week: readonly number[] = WEEK_OF_PEOPLE) {
  const points: TrafficPoint[] = [];
  let people = 0;
  for (let hour = 1; hour <= days * 24; hour += 1) {
    people += (week[Math.floor((hour - 1) / 24) % 7] ?? 0) / 24;
    if (hour % everyHours === 0) points.push({ atMs: START + hour * HOUR, people });
  }
  return points;
}

function known(points: readonly TrafficPoint[], untilMs: number): Traffic {
  const traffic = toTraffic(points, START, untilMs);
  if (traffic === null) throw new Error('no traffic');
  return traffic;
}

describe('traffic from looks', () => {
  it('learns the rhythm of the week from three of them', () => {
    const traffic = known(totals(21, 1), START + 21 * DAY);
    WEEK_OF_PEOPLE.forEach((people, day) => {
      expect(Math.abs((traffic.perDay[day] ?? 0) - people)).toBeLessThan(45);
    });
  });

  it('holds the days of one week closer together than they were seen', () => {
    const { perDay } = known(totals(7, 1), START + 7 * DAY);
    const spread = Math.max(...perDay) - Math.min(...perDay);
    expect(spread).toBeLessThan(900);
    expect(spread).toBeGreaterThan(500);
  });

  it('takes a flat week from one look, however late it is', () => {
    const traffic = known([{ atMs: START + 3.4 * DAY, people: 3_400 }], START + 3.4 * DAY);
    expect(peoplePerDay(traffic)).toBeCloseTo(1_000, 0);
    expect(Math.max(...traffic.perDay) - Math.min(...traffic.perDay)).toBeLessThan(60);
  });

  it.each([
    ['every hour', totals(20, 1)],
    ['once a day', totals(20, 24)],
    ['every seven hours', totals(20, 7)],
    ['with a gap of nine days', totals(20, 1).filter((_, i) => i < 120 || i > 336)],
    ['in any order', totals(20, 1).toReversed()],
  ])('says the same coming week from looks %s', (_, points) => {
    const { mean } = forecast(known(points, START + 20 * DAY), START + 27 * DAY);
    const week = WEEK_OF_PEOPLE.reduce((sum, people) => sum + people, 0);
    expect(Math.abs(mean / week - 1)).toBeLessThan(0.06);
  });

  it('is less sure of the coming week after one day than after twenty', () => {
    const doubt = (days: number): number => {
      const traffic = known(totals(days, 1), START + days * DAY);
      const { mean, variance } = forecast(traffic, traffic.fromMs + 7 * DAY);
      return Math.sqrt(variance) / mean;
    };
    expect(doubt(1)).toBeGreaterThan(0.1);
    expect(doubt(20)).toBeLessThan(0.06);
  });

  it('finds more noise where days of two weeks differ by half', () => {
    const restless = [1, 1, 1, 1, 1, 1, 1, 2, 0.6, 1.8, 0.5, 1.9, 0.7, 1.5].map((f) => f * 1_000);
    const points = restless.map((_, day) => ({
      atMs: START + (day + 1) * DAY,
      people: restless.slice(0, day + 1).reduce((sum, people) => sum + people, 0),
    }));
    const calm = known(totals(14, 24), START + 14 * DAY).dayNoise;
    expect(known(points, START + 14 * DAY).dayNoise).toBeGreaterThan(4 * calm);
  });

  it('believes the newest total where an earlier one lies above it', () => {
    const points = totals(10, 24);
    const spoilt = [...points, { atMs: START + 4.5 * DAY, people: 1e9 }];
    expect(known(spoilt, START + 10 * DAY)).toEqual(known(points, START + 10 * DAY));
  });

  it('knows nothing without people or without time', () => {
    expect(toTraffic([], START, START + DAY)).toBeNull();
    expect(toTraffic([{ atMs: START + DAY, people: 0 }], START, START + DAY)).toBeNull();
    expect(toTraffic([{ atMs: START, people: 10 }], START, START)).toBeNull();
    expect(toTraffic([{ atMs: START, people: 10 }], null, START)).toBeNull();
  });

  it('cuts any stretch of time into its days of the week', () => {
    const days = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(days, days, (from, length) => {
        const parts = daysOfWeek(START, START + from * DAY, START + (from + length) * DAY);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(length, 6);
        expect(Math.max(...parts) - Math.min(...parts)).toBeLessThan(1 + 1e-6);
      }),
    );
  });

  it('names the moment at which so many people are expected', () => {
    const traffic = known(totals(12, 1), START + 12.3 * DAY);
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e5, noNaN: true }), (people) => {
        expect(forecast(traffic, expectedAtMs(traffic, people)).mean).toBeCloseTo(people, 2);
      }),
    );
  });
});
