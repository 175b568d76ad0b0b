import { toDisjoint, type Interval } from '@/lib/sandbox/world/interval-set';
import type { ReportPart, Source } from '@/lib/sandbox/world/source';
import { createTally, type ArmCounts } from '@/lib/sandbox/world/tally';

/** A source, and for each of its arms the place among the arms of the course. */
export interface StretchSource {
  readonly source: Source;
  readonly places: readonly number[];
}

/** Several stretches as one source; a goal converts only while it belonged to the experiment. */
export function createCourseSource(
  stretches: readonly StretchSource[],
  attachedOf: (goalId: number) => readonly Interval[],
): Source {
  const addAll = (part: ReportPart, tally: readonly ArmCounts[][]): void => {
    for (const { source, places } of stretches) {
      const rows = tally.map((arms) => places.map((place) => arms[place]!));
      source(part, rows);
    }
  };
  return (part, tally) => {
    addAll(part, tally);
    part.goals.forEach((goal, g) => {
      const within = cut(part.intervals, attachedOf(goal.id));
      if (toLength(within) === toLength(part.intervals)) return;
      // This goal was there for a part of the time only: its counts are those of that part.
      const arms = tally[0]?.length ?? 0;
      const own = createTally(tally.length, arms, [goal]);
      if (within.length > 0) addAll({ ...part, intervals: within, goals: [goal] }, own);
      tally.forEach((row, group) =>
        row.forEach((counts, arm) => {
          counts.goals[g] = own[group]![arm]!.goals[0]!;
        }),
      );
    });
  };
}

function cut(intervals: readonly Interval[], attached: readonly Interval[]): Interval[] {
  return attached.flatMap((span) => toDisjoint(intervals, span));
}

const toLength = (intervals: readonly Interval[]): number =>
  intervals.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
