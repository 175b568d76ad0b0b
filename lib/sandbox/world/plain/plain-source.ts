import { HOUR_MS } from '@/lib/sandbox/clock';
import type { Speed } from '@/lib/sandbox/world/create-streams';
import { toDisjoint, type Interval } from '@/lib/sandbox/world/interval-set';
import { toPeopleOf } from '@/lib/sandbox/world/people';
import { mix } from '@/lib/sandbox/world/random';
import type { Source } from '@/lib/sandbox/world/source';
import type { ArmCounts, GoalCounts } from '@/lib/sandbox/world/tally';
import { countArrivals } from './arrivals-until';
import {
  GOAL_WIDTH,
  OUTCOMES,
  PATTERNS,
  RETURN_HOURS,
  takeCensus,
  toWidth,
  type Census,
  type PlainPlan,
} from './census';
import { toHomeCells } from './home-cells';

/** Which part of the experiment's life the plan is of. */
interface PlainStretch {
  /** 0: from the launch on. */
  readonly place?: number;
  /** Nobody comes any more from here on; those who came may return. */
  readonly cutMs?: number;
}

const EVER: Interval = { startMs: -Infinity, endMs: Infinity };

/**
 * Counts of a plain experiment in closed form: what the people who came within a stretch do is the
 * difference of two censuses. A visit lies in an interval when the person came in the interval
 * moved back by the time to that visit.
 */
export function createPlainSource(
  plan: PlainPlan,
  worldSeed: number,
  speed: Speed,
  { place = 0, cutMs = Infinity }: PlainStretch = {},
): Source {
  const { plain, launchMs } = plan;
  const { places } = toHomeCells(plain.country);
  const seed = mix(mix(worldSeed, plan.id), 0x91a1 + place);
  return ({ intervals, goals, grouping, allowed, people: counted }, tally) => {
    if (launchMs === undefined) return;
    const known = new Map<number, Census>();
    const censusAt = (atMs: number): Census => {
      const untilMs = Math.min(atMs, cutMs);
      const people = countArrivals(plain.visitorsPerDay, launchMs, untilMs, speed);
      const found = known.get(people) ?? takeCensus(plan, seed, goals, people);
      known.set(people, found);
      return found;
    };
    const came = (within: readonly Interval[]): Census => {
      const sum = takeCensus(plan, seed, goals, 0);
      for (const { startMs, endMs } of within) {
        const [before, after] = [censusAt(startMs), censusAt(endMs)];
        for (let i = 0; i < sum.length; i += 1) sum[i]! += after[i]! - before[i]!;
      }
      return sum;
    };
    const first = (allowed & 0b001) === 0 ? [] : intervals;
    const second = (allowed & 0b010) === 0 ? [] : intervals.map(moveBack);
    const people: Comers = {
      first: came(first),
      second: came(second),
      either: came(toDisjoint([...first, ...second], EVER)),
    };
    const width = toWidth(goals.length);
    const arms = plan.configured.length;
    places.forEach((place, cell) => {
      const rows = tally[grouping[place]!];
      if (rows === undefined) return;
      for (let arm = 0; arm < arms; arm += 1) {
        addLeaf(rows[arm]!, people, (arm * places.length + cell) * width, counted);
      }
    });
  };
}

/** Those whose first, second, or any visit is in. */
interface Comers {
  readonly first: Census;
  readonly second: Census;
  readonly either: Census;
}

function moveBack({ startMs, endMs }: Interval): Interval {
  const byMs = RETURN_HOURS * HOUR_MS;
  return { startMs: startMs - byMs, endMs: endMs - byMs };
}

/** Whom the patterns and the outcomes are of. */
const PEOPLE_OF = [toPeopleOf(0), toPeopleOf(RETURN_HOURS)];

function addLeaf(
  row: ArmCounts,
  { first, second, either }: Comers,
  at: number,
  counted: number,
): void {
  if ((counted & PEOPLE_OF[0]!) !== 0) {
    row.visits += first[at]!;
    row.visitors += first[at]!;
  }
  if ((counted & PEOPLE_OF[1]!) !== 0) {
    row.visits += first[at + 1]! + second[at + 1]!;
    row.visitors += either[at + 1]!;
  }
  row.goals.forEach((goal, g) => {
    const from = at + PATTERNS + g * GOAL_WIDTH;
    OUTCOMES.forEach(({ pattern, conversions }, outcome) => {
      if ((counted & PEOPLE_OF[pattern]!) === 0) return;
      const [early, late] = conversions;
      const [firsts, seconds] = [first[from + outcome]!, second[from + outcome]!];
      goal.conversions += early * firsts + late * seconds;
      goal.convertedVisits += Math.sign(early) * firsts + Math.sign(late) * seconds;
      goal.convertedVisitors +=
        early > 0 && late > 0 ? either[from + outcome]! : early > 0 ? firsts : seconds;
      addRevenue(goal, first, second, from + OUTCOMES.length + outcome * 2);
    });
  });
}

function addRevenue(goal: GoalCounts, first: Census, second: Census, at: number): void {
  goal.revenueCents += first[at]! + second[at + 1]!;
}
