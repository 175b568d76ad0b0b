/** Tests whose truth is known, hour by hour, decided by the product's own rule and asked when they will be decided. */
import { DAY_MS } from '@/lib/core/analysis/decide';
import type { Family, FamilyLook } from '@/lib/core/analysis/family';
import { comparisonAlpha, pairShare, planPair } from '@/lib/core/analysis/family';
import type { FamilyMemory } from '@/lib/core/analysis/judge-look';
import { NO_MEMORY, judgeLook } from '@/lib/core/analysis/judge-look';
import type { Arrival } from '@/lib/core/analysis/outlook/arrival';
import { toArrival } from '@/lib/core/analysis/outlook/arrival';
import { toTraffic } from '@/lib/core/analysis/outlook/to-traffic';
import type { TrafficPoint } from '@/lib/core/analysis/outlook/traffic-steps';
import type { Better } from '@/lib/core/analysis/settings';
import { DEFAULT_SETTINGS } from '@/lib/core/analysis/settings';
import { binomial } from '@/tests/bench/peeking/binomial';
import type { Random } from '@/tests/bench/peeking/random';

export interface ArrivalWorld {
  readonly id: string;
  /** Of the reference. */
  readonly rate: number;
  /** Relative; up or down by chance, for each variation apart. */
  readonly effect: number;
  readonly weights: readonly number[];
  readonly peoplePerDay: number;
  /** People of the experiment after whom a final look is taken; null: none planned. */
  readonly plannedEnd: number | null;
  readonly better: Better;
}

/** One comparison asked at one moment, and what became of it. */
export interface Ask {
  readonly day: number;
  readonly arrival: Arrival;
  /** First look that decides it; null: none within the days looked at. */
  readonly decidedAtMs: number | null;
  /** Whether it is the one a page would speak of: of the open ones that with the best rate. */
  readonly isLeader: boolean;
}

const HOUR_MS = DAY_MS / 24;
const START = Date.UTC(2026, 2, 3, 9);
/** Days of a week swing by 40 %, sine-like; hours of a day so that the night has a ninth of the afternoon. */
const WEEK_SWING = 0.4;
const DAY_SWING = 0.8;
export const LAST_DAY = 180;

/**
 * Runs one test to its end, or to the last day, and asks at the given days what is still open. `plannedEffect` is the true
 * one unless a test wants to see what a wrong plan does.
 */
export function runTest(
  world: ArrivalWorld,
  days: readonly number[],
  random: Random,
  plannedEffect = world.effect,
): Ask[] {
  const { rate, effect, weights, plannedEnd, better } = world;
  const family: Family = {
    ids: weights.map((_, place) => String(place)),
    reference: 0,
    weights,
    alpha: 0.05,
    better,
    startedAtMs: START,
    settings: { ...DEFAULT_SETTINGS, plannedEnd, plannedEffect },
  };
  const rates = weights.map((_, place) =>
    place === 0 ? rate : rate * (1 + (random() < 0.5 ? effect : -effect)),
  );
  const phase = random() * 7;
  const arms = weights.map(() => ({ n: 0, x: 0 }));
  const points: TrafficPoint[] = [];
  const asks: (Omit<Ask, 'decidedAtMs'> & { readonly place: number })[] = [];
  const decidedAt = new Map<number, number>();
  let memory: FamilyMemory = NO_MEMORY;

  for (let hour = 1; hour <= LAST_DAY * 24; hour += 1) {
    const mean = hourlyMean(world, hour - 1, phase);
    arms.forEach((arm, place) => {
      const people = poisson(random, mean * (weights[place] ?? 0));
      arm.n += people;
      arm.x += binomial(random, people, rates[place] ?? 0);
    });
    const atMs = START + hour * HOUR_MS;
    const look: FamilyLook = { atMs, arms };
    const { memory: next, judgement } = judgeLook(family, memory, look);
    memory = next;
    points.push({ atMs, people: arms.reduce((sum, { n }) => sum + n, 0) });
    // A split that looks broken by accident ends the story of this test.
    if (judgement.decision === null) break;
    judgement.decision.arms.forEach((arm, place) => {
      if (arm !== null && !decidedAt.has(place) && isDecided(arm.state)) decidedAt.set(place, atMs);
    });
    if (decidedAt.size === weights.length - 1) break;
    const day = hour / 24;
    if (!days.includes(day)) continue;
    const open = arms.flatMap((_, place) => (place === 0 || decidedAt.has(place) ? [] : [place]));
    const merit = (place: number): number => {
      const { n, x } = arms[place] ?? { n: 1, x: 0 };
      return ((better === 'higher' ? 1 : -1) * x) / n;
    };
    const leader = open.reduce((best, place) => (merit(place) > merit(best) ? place : best));
    for (const place of open)
      asks.push({
        day,
        place,
        isLeader: place === leader,
        arrival: ask(family, look, place, points),
      });
  }
  return asks.map(({ place, ...ask }) => ({ ...ask, decidedAtMs: decidedAt.get(place) ?? null }));
}

const ask = (
  family: Family,
  { arms, atMs }: FamilyLook,
  place: number,
  points: readonly TrafficPoint[],
): Arrival =>
  toArrival({
    reference: arms[0] ?? NOBODY,
    other: arms[place] ?? NOBODY,
    plan: planPair(family, 0, place, comparisonAlpha(family)),
    plannedEffect: family.settings.plannedEffect,
    better: family.better,
    daysAtMs: START + family.settings.neededDays * DAY_MS,
    traffic: toTraffic(points, START, atMs),
    pairShare: pairShare(family.weights, 0, place),
    lookEveryMs: HOUR_MS,
  });

const NOBODY = { n: 0, x: 0 };

const isDecided = (state: string): boolean =>
  state === 'winner' || state === 'loser' || state === 'no-difference';

function hourlyMean({ peoplePerDay }: ArrivalWorld, hour: number, phase: number): number {
  // The week's days change at their own midnight, which is not the hour of the launch.
  const day = hour / 24 + phase;
  const week = 1 + WEEK_SWING * Math.sin((2 * Math.PI * Math.floor(day)) / 7);
  const hours = 1 + DAY_SWING * Math.sin(2 * Math.PI * day);
  return (peoplePerDay / 24) * week * hours;
}

/** Poisson to six digits: one in ten million chances each. */
const poisson = (random: Random, mean: number): number => binomial(random, 1e7, mean / 1e7);
