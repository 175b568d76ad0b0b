import type { Calendar } from '@/lib/sandbox/world/catalogue/calendar';
import { toCreated } from '@/lib/sandbox/world/catalogue/calendar';
import type { ExperimentPlan, GoalPlan, SitePlan } from '@/lib/sandbox/world/plan';
import { mix, Random } from '@/lib/sandbox/world/random';
import { AREAS, IDEAS, PLAIN_GOALS, PLAIN_SITES } from './plain-sites';

/** How many plain experiments there are beside the stories. */
export interface WorldSize {
  readonly active: number;
  readonly stopped: number;
}

/** Ids go up for active and down for stopped ones, so a larger world holds the smaller one. */
const FIRST_ACTIVE_ID = 190_001;
const LAST_STOPPED_ID = 187_999;
const FIRST_OF_STOPPED = 1_000_001;
const FIRST_OF_ACTIVE = 5_000_001;
/** Stopped ones end one after the other, this far apart on average. */
const DAYS_BETWEEN_ENDS = 0.25;

export function createPlainCatalogue(
  calendar: Calendar,
  seed: number,
  { active, stopped }: WorldSize,
): {
  readonly sites: readonly SitePlan[];
  readonly goals: readonly GoalPlan[];
  readonly experiments: readonly ExperimentPlan[];
} {
  const { daysAgo } = calendar;
  const running = Array.from({ length: active }, (_, i) => {
    const id = FIRST_ACTIVE_ID + i;
    const random = new Random(mix(mix(seed, id), 1));
    // Half of them are younger than ten days.
    const launchMs = daysAgo(0.05 + 60 * random.next() ** 2.6);
    return toPlan(id, FIRST_OF_ACTIVE + 10 * i, random, { launchMs, status: 'active' });
  });
  const ended = Array.from({ length: stopped }, (_, i) => {
    const id = LAST_STOPPED_ID - i;
    const random = new Random(mix(mix(seed, id), 1));
    const endedDays = DAYS_BETWEEN_ENDS * (i + random.next());
    const launchMs = daysAgo(endedDays + 5 + 40 * random.next());
    const life = { launchMs, endMs: daysAgo(endedDays), status: 'stopped' } as const;
    return toPlan(id, FIRST_OF_STOPPED + 10 * i, random, life);
  });
  return { sites: PLAIN_SITES, goals: PLAIN_GOALS, experiments: [...ended.reverse(), ...running] };
}

type Life = Pick<ExperimentPlan, 'status'> & { readonly launchMs: number; readonly endMs?: number };

function toPlan(id: number, firstVariationId: number, random: Random, life: Life): ExperimentPlan {
  const pick = <Value>(values: readonly Value[]): Value =>
    values[Math.floor(values.length * random.next())]!;
  const site = pick(PLAIN_SITES);
  const variations = 1 + Math.floor(3 * random.next());
  const arms = variations + 1;
  const even = Array.from({ length: arms }, () => 1 / arms);
  const goals = toGoals(site.id, random);
  const area = pick(AREAS);
  return {
    id,
    siteId: site.id,
    name: `${area}: ${pick(IDEAS)} (${id})`,
    description: '',
    type: 'CLASSIC',
    allocation: 'MANUAL',
    baseUrl: site.url,
    hasOriginal: true,
    variations: Array.from({ length: variations }, (_, i) => ({
      id: firstVariationId + i,
      name: `Variation ${i + 1}`,
    })),
    configured: even,
    goals: goals.map((goal) => goal.id),
    createdMs: toCreated(life.launchMs),
    splitSetMs: life.launchMs,
    streams: [],
    plain: {
      country: site.name.endsWith('BE') ? 'BE' : 'FR',
      // From a quiet corner to a busy page, most of them in between.
      visitorsPerDay: Math.round(80 * Math.exp(random.next() * Math.log(50))),
      rates: Object.fromEntries(goals.map((goal) => [goal.id, toRates(arms, random)])),
    },
    deserved: { kind: 'anything' },
    ...life,
  };
}

/** One to four goals of the project, in any order; the first is the main goal. */
function toGoals(siteId: number, random: Random): readonly GoalPlan[] {
  const own = PLAIN_GOALS.filter((goal) => goal.siteId === siteId);
  const start = Math.floor(own.length * random.next());
  const count = 1 + Math.floor(4 * random.next());
  return Array.from({ length: count }, (_, i) => own[(start + i) % own.length]!);
}

/** True rates by arm. Most variations change little, some nothing; now and then nobody converts. */
function toRates(arms: number, random: Random): readonly number[] {
  const isSilent = random.next() < 0.04;
  const base = isSilent ? 0 : 0.006 * Math.exp(random.next() * Math.log(40));
  return Array.from({ length: arms }, (_, arm) => {
    const isFlat = random.next() < 0.5;
    const lift = arm === 0 || isFlat ? 0 : 0.08 * random.normal();
    return Math.min(0.95, base * Math.max(0.3, 1 + lift));
  });
}
