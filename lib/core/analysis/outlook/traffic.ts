import { DAY_MS } from '@/lib/core/analysis/decide';
import type { Matrix } from '@/lib/core/analysis/outlook/invert-matrix';
import { quadraticForm } from '@/lib/core/analysis/outlook/invert-matrix';

/**
 * What is known of an experiment's traffic: people a day for each of the seven days of its week, which begin at
 * `anchorMs` and every 24 h after it (no time zone). Plain data, made by `toTraffic`.
 */
export interface Traffic {
  readonly anchorMs: number;
  /** The moment up to which people are counted; what is foretold comes after it. */
  readonly fromMs: number;
  /** People a day in each day of the week, the first that of the anchor; all above 0. */
  readonly perDay: readonly number[];
  /** Covariance of `perDay` as estimates: what more looks would make smaller. */
  readonly covariance: Matrix;
  /** Standard deviation of a day's total beyond chance, as a share of a mean day. */
  readonly dayNoise: number;
  /** Days of looks it rests on. */
  readonly knownDays: number;
}

export const WEEK = 7;

/** Error of a part of a day that is taken for its share of a whole one, in days, at its worst (half a day). */
export const PART_OF_DAY = 0.25;

/** A mean day of the week, people. */
export const peoplePerDay = ({ perDay }: Pick<Traffic, 'perDay'>): number =>
  perDay.reduce((sum, people) => sum + people, 0) / WEEK;

/**
 * How much of each day of the week lies between two moments, in days.
 * Example: from the anchor on, 8.5 days: [2, 1.5, 1, 1, 1, 1, 1].
 */
export function daysOfWeek(anchorMs: number, fromMs: number, toMs: number): number[] {
  const total = Math.max(0, toMs - fromMs) / DAY_MS;
  const weeks = Math.floor(total / WEEK);
  const days = new Array<number>(WEEK).fill(weeks);
  let at = (fromMs - anchorMs) / DAY_MS;
  const end = at + total - weeks * WEEK;
  while (end - at > 1e-12) {
    const day = Math.floor(at + 1e-12);
    const upTo = Math.min(end, day + 1);
    const place = ((day % WEEK) + WEEK) % WEEK;
    days[place] = (days[place] ?? 0) + (upTo - at);
    at = upTo;
  }
  return days;
}

/** Expected people from `traffic.fromMs` until a moment, and the variance of that forecast. */
export function forecast(traffic: Traffic, untilMs: number): { mean: number; variance: number } {
  const days = daysOfWeek(traffic.anchorMs, traffic.fromMs, untilMs);
  let mean = 0;
  let length = 0;
  days.forEach((share, place) => {
    mean += share * (traffic.perDay[place] ?? 0);
    length += share;
  });
  const day = peoplePerDay(traffic);
  const daily = traffic.dayNoise * day;
  // The hours of a day are unlike each other: the mean square of that error, growing until a part of a day has passed.
  const hours = (PART_OF_DAY / Math.sqrt(3)) * Math.min(1, 3 * length) * day;
  const variance =
    quadraticForm(days, traffic.covariance, days) + mean + length * daily ** 2 + hours ** 2;
  return { mean, variance };
}

/**
 * When so many more people are expected to have come.
 * Example: 100 people a day, 250 people: 2.5 days after `fromMs`.
 */
export function expectedAtMs(traffic: Traffic, people: number): number {
  if (!(people > 0)) return traffic.fromMs;
  const week = peoplePerDay(traffic) * WEEK;
  const weeks = Math.floor(people / week);
  let left = people - weeks * week;
  let at = (traffic.fromMs - traffic.anchorMs) / DAY_MS;
  const start = at;
  for (let turn = 0; turn <= WEEK; turn += 1) {
    const day = Math.floor(at + 1e-12);
    const rate = traffic.perDay[((day % WEEK) + WEEK) % WEEK] ?? 0;
    const room = rate * (day + 1 - at);
    if (left <= room) {
      at += left / rate;
      break;
    }
    left -= room;
    at = day + 1;
  }
  return traffic.fromMs + (weeks * WEEK + at - start) * DAY_MS;
}
