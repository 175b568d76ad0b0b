import { HOUR_MS } from '@/lib/sandbox/clock';
import {
  drawOutcomes,
  drawVisitors,
  sumRevenue,
  toLeafRates,
  type GoalTruth,
} from './cohort-draws';
import { CELLS } from './segments';
import type { Stream } from './stream';

/** The people of one stream, by hour of their first visit; drawn when asked for, then kept. */
export interface Cohorts {
  readonly stream: Stream;
  readonly seed: number;
  /** Whole hours since 1970: the first and the last in which anybody arrives. */
  readonly firstHour: number;
  /** Infinity while the stream goes on. */
  readonly lastHour: number;
  /** Visitors by [cell][arm][pattern]. */
  visitors(hour: number): Uint32Array;
  /** Converting visitors by [cell][arm][outcome]. */
  outcomes(hour: number, goal: GoalTruth): Uint32Array;
  /** The counts of one hour, by [cell][arm]. */
  byCell(hour: number, goals: readonly GoalTruth[]): HourCounts;
  /** The same added up over all cells, by [arm]. */
  overCells(hour: number, goals: readonly GoalTruth[]): HourCounts;
}

/** One hour's cohort as flat lists of leaves, each with its patterns, outcomes or visits. */
export interface HourCounts {
  readonly visitors: Counts;
  /** By goal. */
  readonly outcomes: readonly Counts[];
  /** By goal, in cents; undefined for a goal without a price. */
  readonly revenues: readonly (Counts | undefined)[];
}

type Counts = Uint32Array | Float64Array;

/** What is known of one goal, by hour since the first; sums are over all cells. */
interface GoalMemory {
  readonly rates: readonly number[];
  readonly outcomes: (Uint32Array | undefined)[];
  readonly outcomeSums: (Counts | undefined)[];
  readonly revenue: (Float64Array | undefined)[];
  readonly revenueSums: (Counts | undefined)[];
}

export function createCohorts(stream: Stream, seed: number): Cohorts {
  const firstHour = Math.floor(stream.fromMs / HOUR_MS);
  const visitorsByHour: (Uint32Array | undefined)[] = [];
  const visitorSums: (Counts | undefined)[] = [];
  const memories = new Map<string, GoalMemory>();

  function memoryOf(goal: GoalTruth): GoalMemory {
    const key = `${goal.id}:${goal.hasMultipleConversions}`;
    const known = memories.get(key);
    if (known !== undefined) return known;
    const created = {
      rates: toLeafRates(stream, goal),
      outcomes: [],
      outcomeSums: [],
      revenue: [],
      revenueSums: [],
    };
    memories.set(key, created);
    return created;
  }

  function visitors(hour: number): Uint32Array {
    return (visitorsByHour[hour - firstHour] ??= drawVisitors(stream, seed, hour));
  }

  function outcomes(hour: number, goal: GoalTruth): Uint32Array {
    const memory = memoryOf(goal);
    return (memory.outcomes[hour - firstHour] ??= drawOutcomes(
      visitors(hour),
      memory.rates,
      seed,
      hour,
      goal,
    ));
  }

  function revenue(hour: number, goal: GoalTruth): Float64Array | undefined {
    if (goal.revenue === undefined) return undefined;
    return (memoryOf(goal).revenue[hour - firstHour] ??= sumRevenue(
      outcomes(hour, goal),
      goal.revenue,
      seed,
      hour,
    ));
  }

  return {
    stream,
    seed,
    firstHour,
    lastHour: Math.ceil(stream.toMs / HOUR_MS) - 1,
    visitors,
    outcomes,
    byCell: (hour, goals) => ({
      visitors: visitors(hour),
      outcomes: goals.map((goal) => outcomes(hour, goal)),
      revenues: goals.map((goal) => revenue(hour, goal)),
    }),
    overCells: (hour, goals) => {
      const i = hour - firstHour;
      return {
        visitors: (visitorSums[i] ??= sumCells(visitors(hour))),
        outcomes: goals.map(
          (goal) => (memoryOf(goal).outcomeSums[i] ??= sumCells(outcomes(hour, goal))),
        ),
        revenues: goals.map((goal) => {
          const cents = revenue(hour, goal);
          return cents === undefined ? cents : (memoryOf(goal).revenueSums[i] ??= sumCells(cents));
        }),
      };
    },
  };
}

/** Adds up the equally long stretches of the cells. */
function sumCells(counts: Counts): Counts {
  const length = counts.length / CELLS.length;
  const sums = new Float64Array(length);
  for (let i = 0; i < counts.length; i += 1) sums[i % length]! += counts[i]!;
  return sums;
}
