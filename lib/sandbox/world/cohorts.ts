import { HOUR_MS } from '../clock';
import {
  drawOutcomes,
  drawVisitors,
  sumRevenue,
  toLeafRates,
  type GoalTruth,
} from './cohort-draws';
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
  /** Revenue in cents by [cell][arm][visit of pattern]; undefined for a goal without a price. */
  revenue(hour: number, goal: GoalTruth): Float64Array | undefined;
}

/** Everything known of one goal: kept by hour since the first. */
interface GoalMemory {
  readonly rates: readonly number[];
  readonly outcomes: (Uint32Array | undefined)[];
  readonly revenue: (Float64Array | undefined)[];
}

export function createCohorts(stream: Stream, seed: number): Cohorts {
  const firstHour = Math.floor(stream.fromMs / HOUR_MS);
  const visitorsByHour: (Uint32Array | undefined)[] = [];
  const memories = new Map<number, GoalMemory>();

  function memoryOf(goal: GoalTruth): GoalMemory {
    const known = memories.get(goal.id);
    if (known !== undefined) return known;
    const created = { rates: toLeafRates(stream, goal), outcomes: [], revenue: [] };
    memories.set(goal.id, created);
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

  return {
    stream,
    seed,
    firstHour,
    lastHour: Math.ceil(stream.toMs / HOUR_MS) - 1,
    visitors,
    outcomes,
    revenue: (hour, goal) => {
      if (goal.revenue === undefined) return undefined;
      return (memoryOf(goal).revenue[hour - firstHour] ??= sumRevenue(
        outcomes(hour, goal),
        goal.revenue,
        seed,
        hour,
      ));
    },
  };
}
