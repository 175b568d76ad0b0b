import { plannedSample } from '@/tests/bench/peeking/planned-sample';
import { product } from '@/tests/bench/peeking/product';
import type { Scenario } from '@/tests/bench/peeking/run-chunk';
import { DAY_MS, START_MS, plainWorld, weeklyTraffic } from '@/tests/bench/peeking/world';

/** Four weeks of a test, watched from its first hour, with the seven-day gate in force. */
export interface Life {
  readonly scenario: Scenario;
  readonly lift: number;
  readonly visitors: number;
}

export const LIFE_DAYS = 28;

/**
 * People a day: what a plan for +10 % on 5 % needs in four weeks, and, marked thin, less than two thirds of that: a test
 * that is hurried, and whose early calls are the luckier for it.
 */
const PLANNED = Math.ceil(plannedSample([0.05, 0.055], [0.5, 0.5]) / LIFE_DAYS);
const THIN = 1_400;

const CASES = [
  ['hourly-10', 0.1, 24, PLANNED],
  ['daily-10', 0.1, 1, PLANNED],
  ['hourly-20', 0.2, 24, PLANNED],
  ['daily-20', 0.2, 1, PLANNED],
  ['hourly-10-thin', 0.1, 24, THIN],
  ['daily-10-thin', 0.1, 1, THIN],
  ['hourly-20-thin', 0.2, 24, THIN],
  ['daily-20-thin', 0.2, 1, THIN],
] as const;

export const lives = (experiments: number): readonly Life[] =>
  CASES.map(([id, lift, looksPerDay, perDay]) => {
    const visitors = LIFE_DAYS * perDay;
    const everyMs = DAY_MS / looksPerDay;
    return {
      lift,
      visitors,
      scenario: {
        id,
        experiments,
        world: plainWorld({
          weights: [0.5, 0.5],
          rates: [0.05, 0.05 * (1 + lift)],
          looks: LIFE_DAYS * looksPerDay,
          visitorsPerLook: weeklyTraffic(perDay, looksPerDay, 0.4),
          atMs: (look) => START_MS + (look + 1) * everyMs,
        }),
        seats: [{ id: 'open', create: product, plan: { plannedVisitors: visitors } }],
      },
    };
  });
