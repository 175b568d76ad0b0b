/** What traffic so far says about traffic to come. Rates of people only: nothing is foretold from the effect seen. */
import type { Analysis, ArmReading } from '@/lib/core/analysis/analysis';
import type { Interval } from '@/lib/core/analysis/reason';
import type { Experiment } from '@/lib/core/experiment/experiment';

const DAY_MS = 24 * 60 * 60 * 1000;

const elapsedDays = (experiment: Experiment, analysis: Analysis): number | null =>
  daysSince(analysis.sinceMs ?? experiment.startedAtMs, analysis.asOfMs);

const daysSince = (fromMs: number | null, asOfMs: number): number | null =>
  fromMs === null || asOfMs <= fromMs ? null : (asOfMs - fromMs) / DAY_MS;

/** Time until `missing` more people came to a pair of variations of mean size; null without traffic. */
export function timeUntilPeopleMs(
  missing: number,
  experiment: Experiment,
  analysis: Analysis,
): number | null {
  const days = elapsedDays(experiment, analysis);
  const people = analysis.arms.reduce((sum, arm) => sum + arm.visitors, 0);
  if (days === null || people === 0) return null;
  const pairPerDay = (2 * people) / analysis.arms.length / days;
  return (missing / pairPerDay) * DAY_MS;
}

export interface DailyCost {
  readonly mid: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Conversions a worse variation loses a day (or, where lower is better, has too many): the difference of rates times its
 * people a day.
 */
export function dailyCost(
  arm: ArmReading,
  experiment: Experiment,
  analysis: Analysis,
): DailyCost | null {
  const days = elapsedDays(experiment, analysis);
  const difference = arm.comparison?.difference ?? null;
  const ends: Interval | null = arm.comparison?.differenceInterval ?? null;
  if (days === null || difference === null || ends?.lower == null || ends.upper === null)
    return null;
  const perDay = arm.visitors / days;
  const isLower = analysis.method.better === 'lower';
  const cost = (change: number): number =>
    Math.max(0, Math.round((isLower ? change : -change) * perDay));
  const [least, most] = isLower ? [ends.lower, ends.upper] : [ends.upper, ends.lower];
  const mid = cost(difference);
  return mid < 1 ? null : { mid, low: cost(least), high: cost(most) };
}
