import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@/lib/sandbox/clock';
import { createStreams, type Chosen } from './create-streams';
import type { Cohorts } from './cohorts';
import { addCounts } from './count';
import { ALL_VISITS } from './visit-bits';
import { isEnough, toMultiplier, toSplitP, toZ, type Arm } from './evidence';
import { createHourMask } from './interval-set';
import { EVERYBODY } from './people';
import type { ExperimentPlan, GoalPlan } from './plan';
import { toRunningTotals } from './running-totals';
import { createTally, ONE_GROUP } from './tally';

const ALPHA = 0.05;
/** The crossing happens this long after the epoch. */
const EARLIEST_MS = 78 * SECOND_MS;
const LATEST_MS = 125 * SECOND_MS;

/** How far z stood below (negative) or above the threshold, in units of z. */
function toMargin([a, b]: readonly Arm[]): number {
  return toZ(a!, b!) - toMultiplier(a!.visitors + b!.visitors, ALPHA);
}

/**
 * Seeds for a test that crosses its threshold 78 to 125 s after the epoch and never before. The
 * plan has three lanes, settled one after the other: the long history, the day before the epoch,
 * and what comes after it (with a campaign that brings the evidence). Later lanes are cheap, so
 * the search is short although the event is rare.
 */
export function chooseAlmostDecided(
  plan: ExperimentPlan,
  goal: GoalPlan,
  worldSeed: number,
  epochMs: number,
): Chosen {
  const launchMs = plan.launchMs ?? epochMs;
  const ofLane = (lane: number, candidate: number): Cohorts[] =>
    createStreams(plan, worldSeed, [candidate, candidate, candidate]).filter(
      (_, i) => (plan.streams[i]!.lane ?? 0) === lane,
    );

  const eveMs = epochMs - DAY_MS;
  const history = choose((candidate) => {
    const streams = ofLane(0, candidate);
    const { looks } = toRunningTotals(streams, goal, 2, eveMs);
    const margin = looks.length === 0 ? 0 : toMargin(looks.at(-1)!);
    return margin > -0.5 && margin < -0.12 && looks.every(isQuiet) ? streams : undefined;
  });

  const before = createCounter(history.found, goal, launchMs);
  const eve = choose((candidate) => {
    const streams = ofLane(1, candidate);
    const own = createCounter(streams, goal, launchMs);
    const margin = toMargin(add(before(epochMs), own(epochMs)));
    if (margin > -0.035 || margin < -0.09) return undefined;
    const all = [...history.found, ...streams];
    if (!toRunningTotals(all, goal, 2, epochMs).looks.every(isQuiet)) return undefined;
    // So close to the threshold, whole hours do not tell of a crossing in between.
    for (let atMs = eveMs; atMs < epochMs; atMs += 10 * MINUTE_MS) {
      if (toMargin(add(before(atMs), own(atMs))) > -0.01) return undefined;
    }
    return all;
  });

  const past = createCounter(eve.found, goal, launchMs);
  const live = choose((candidate) => {
    const streams = ofLane(2, candidate);
    const own = createCounter(streams, goal, launchMs);
    const marginAt = (afterMs: number): number =>
      toMargin(add(past(epochMs + afterMs), own(epochMs + afterMs)));
    return isOnTime(marginAt) ? [...eve.found, ...streams] : undefined;
  });

  return {
    lanes: [history.candidate, eve.candidate, live.candidate],
    streams: live.found,
  };
}

/** Not decided, and with a split that looks right. */
function isQuiet(look: readonly Arm[]): boolean {
  const [a, b] = look;
  if (isEnough(a!, b!) && toMargin(look) > -0.02) return false;
  return toSplitP([a!.visitors, b!.visitors], [0.5, 0.5]) > 0.05;
}

/** Below until the window, above from its end on, and further above as hours go by. */
function isOnTime(marginAt: (afterMs: number) => number): boolean {
  if (marginAt(EARLIEST_MS) > 0 || marginAt(LATEST_MS) <= 0.01) return false;
  if (marginAt(3 * MINUTE_MS) < 0.02 || marginAt(5 * MINUTE_MS) < 0.05) return false;
  if (marginAt(10 * MINUTE_MS) < 0.12 || marginAt(20 * MINUTE_MS) < 0.25) return false;
  if (marginAt(HOUR_MS) < 0.6 || marginAt(6 * HOUR_MS) < 0.6) return false;
  for (let afterMs = 0; afterMs < EARLIEST_MS; afterMs += SECOND_MS) {
    if (marginAt(afterMs) > 0) return false;
  }
  for (let afterMs = LATEST_MS; afterMs < 10 * MINUTE_MS; afterMs += 2 * SECOND_MS) {
    if (marginAt(afterMs) <= 0.002) return false;
  }
  return true;
}

/**
 * Visitors and converted visitors of both arms from the launch to a moment. Remembers what it
 * counted: many candidates are tried against the same past.
 */
function createCounter(
  streams: readonly Cohorts[],
  goal: GoalPlan,
  startMs: number,
): (endMs: number) => readonly Arm[] {
  const known = new Map<number, readonly Arm[]>();
  const goals = [{ id: goal.id, hasMultipleConversions: goal.hasMultipleConversions }];
  return (endMs) => {
    const found = known.get(endMs);
    if (found !== undefined) return found;
    const tally = createTally(1, 2, goals);
    const mask = createHourMask([{ startMs, endMs }])!;
    const rest = { allowed: ALL_VISITS, people: EVERYBODY, cutMs: Infinity };
    const question = { mask, goals, grouping: ONE_GROUP, ...rest };
    for (const cohorts of streams) addCounts(cohorts, question, tally);
    const counted = tally[0]!.map((arm) => ({
      visitors: arm.visitors,
      converted: arm.goals[0]!.convertedVisitors,
    }));
    known.set(endMs, counted);
    return counted;
  };
}

function add(left: readonly Arm[], right: readonly Arm[]): readonly Arm[] {
  return left.map((arm, i) => ({
    visitors: arm.visitors + right[i]!.visitors,
    converted: arm.converted + right[i]!.converted,
  }));
}

/** The first candidate for which something is found. */
function choose<Found>(find: (candidate: number) => Found | undefined): {
  readonly candidate: number;
  readonly found: Found;
} {
  for (let candidate = 0; candidate < 20_000; candidate += 1) {
    const found = find(candidate);
    if (found !== undefined) return { candidate, found };
  }
  throw new Error('No seed lets the almost decided experiment cross in time.');
}
