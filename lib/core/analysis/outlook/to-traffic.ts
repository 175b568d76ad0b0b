import { DAY_MS } from '@/lib/core/analysis/decide';
import { invertMatrix, quadraticForm } from '@/lib/core/analysis/outlook/invert-matrix';
import type { Traffic } from '@/lib/core/analysis/outlook/traffic';
import { PART_OF_DAY, WEEK, daysOfWeek } from '@/lib/core/analysis/outlook/traffic';
import type { TrafficPoint, TrafficStep } from '@/lib/core/analysis/outlook/traffic-steps';
import { toTrafficSteps } from '@/lib/core/analysis/outlook/traffic-steps';

/**
 * Before anything is known: days of the week differ by about a quarter of their mean, neighbours being half alike (a
 * weekend is two days), and the same day of two weeks by a twentieth.
 */
const RHYTHM = 0.25;
const NEIGHBOURS = 0.5;
const DAY_NOISE = 0.05;
/** How many days of looks weigh as much as that last guess. */
const NOISE_DAYS = 4;
/** The level itself is left to the looks. */
const LEVEL = 10;
/** Traffic of more than four weeks ago says little of the coming weeks. */
const MEMORY_MS = 28 * DAY_MS;

/**
 * Traffic from running totals. A linear model with seven unknowns, people a day in each day of the week, held together
 * by a normal prior around a common level: with few days the week is nearly flat, a day that was seen often stands for
 * itself. A step's variance is that of counts, plus the noise of days (estimated from what the week leaves unexplained),
 * plus, where a step is no whole number of days, the hours of a day that it is short of.
 * `startedAtMs` null: the first point stands in. Null when nobody came, or no time passed.
 */
export function toTraffic(
  points: readonly TrafficPoint[],
  startedAtMs: number | null,
  untilMs: number,
): Traffic | null {
  const all = toTrafficSteps(
    points.filter(({ atMs }) => atMs <= untilMs),
    startedAtMs,
  );
  const first = all[0];
  const last = all.at(-1);
  if (first === undefined || last === undefined) return null;
  const steps = all.filter(({ toMs }) => toMs > last.toMs - MEMORY_MS);
  const people = steps.reduce((sum, step) => sum + step.people, 0);
  const days = steps.reduce((sum, step) => sum + lengthOf(step), 0);
  if (!(people > 0)) return null;
  const anchorMs = startedAtMs ?? first.fromMs;
  const level = people / days;
  const rows = steps.map((step) => ({
    step,
    share: daysOfWeek(anchorMs, step.fromMs, step.toMs),
  }));
  const guess = fitWeek(rows, level, DAY_NOISE);
  const dayNoise = noiseOf(rows, guess, level);
  const { perDay, covariance } = fitWeek(rows, level, dayNoise);
  // A day on which nobody came yet is no day on which nobody can come.
  const least = level / 20;
  return {
    anchorMs,
    fromMs: untilMs,
    perDay: perDay.map((value) => Math.max(least, value)),
    covariance,
    dayNoise,
    knownDays: days,
  };
}

interface Row {
  readonly step: TrafficStep;
  readonly share: readonly number[];
}

interface Week {
  readonly perDay: readonly number[];
  readonly covariance: readonly (readonly number[])[];
}

const lengthOf = ({ fromMs, toMs }: TrafficStep): number => (toMs - fromMs) / DAY_MS;

/** Variance of a step's total around its expectation, people squared. */
function varianceOf(step: TrafficStep, level: number, dayNoise: number): number {
  const days = lengthOf(step);
  const part = 2 * Math.abs(days - Math.round(days));
  return level * days + level ** 2 * (days * dayNoise ** 2 + (PART_OF_DAY * part) ** 2);
}

/** Posterior mean and covariance of the seven days. */
function fitWeek(rows: readonly Row[], level: number, dayNoise: number): Week {
  const precision = invertMatrix(
    Array.from({ length: WEEK }, (_, i) =>
      Array.from({ length: WEEK }, (_other, j) => {
        const apart = Math.min(Math.abs(i - j), WEEK - Math.abs(i - j));
        return level ** 2 * (LEVEL ** 2 + RHYTHM ** 2 * NEIGHBOURS ** apart);
      }),
    ),
  );
  const pull = new Array<number>(WEEK).fill(0);
  for (const { step, share } of rows) {
    const weight = 1 / varianceOf(step, level, dayNoise);
    const beyond = step.people - level * lengthOf(step);
    share.forEach((a, i) => {
      pull[i] = (pull[i] ?? 0) + a * beyond * weight;
      const row = precision[i];
      if (row === undefined) return;
      share.forEach((b, j) => {
        row[j] = (row[j] ?? 0) + a * b * weight;
      });
    });
  }
  const covariance = invertMatrix(precision);
  const perDay = covariance.map(
    (row) => level + row.reduce((sum, value, j) => sum + value * (pull[j] ?? 0), 0),
  );
  return { perDay, covariance };
}

/** What is left of days' totals beyond chance, as a share of a mean day, drawn to the guess while days are few. */
function noiseOf(rows: readonly Row[], week: Week, level: number): number {
  let squares = 0;
  let freedom = 0;
  for (const { step, share } of rows) {
    const days = lengthOf(step);
    const variance = varianceOf(step, level, DAY_NOISE);
    const free = Math.max(0, 1 - quadraticForm(share, week.covariance, share) / variance);
    const expected = share.reduce((sum, part, i) => sum + part * (week.perDay[i] ?? 0), 0);
    squares += ((step.people - expected) ** 2 - free * level * days) / (level ** 2 * days);
    freedom += free;
  }
  return Math.sqrt(
    (NOISE_DAYS * DAY_NOISE ** 2 + Math.max(0, squares)) / (NOISE_DAYS + Math.max(0, freedom)),
  );
}
