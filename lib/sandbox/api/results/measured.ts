import type { Row } from '@/lib/sandbox/state/row';
import type { State } from '@/lib/sandbox/state/state';
import type { GoalTruth } from '@/lib/sandbox/world/cohort-draws';
import type { Course } from '@/lib/sandbox/world/course/course';
import { ORIGIN } from '@/lib/sandbox/world/course/subject';
import type { GoalPlan, ExperimentPlan } from '@/lib/sandbox/world/plan';
import type { Turn } from '@/lib/sandbox/world/turn';
import type { World } from '@/lib/sandbox/world/world';

/** An experiment as results are asked of it: the course of its life, and what of it there is to ask for. */
export interface Measured {
  readonly id: number;
  readonly course: Course;
  readonly arms: readonly string[];
  /** Those it has now. */
  readonly goals: readonly GoalTruth[];
  /** One it has or ever had, deleted ones too. */
  goalOf(id: number): GoalTruth | undefined;
}

/** Puts together what the rows say now and what the world knows. */
export function createMeasure(state: State, world: World): (row: Row) => Measured {
  const plans = new Map<number, ExperimentPlan>(world.experiments.map((plan) => [plan.id, plan]));
  const planned = new Map<number, GoalPlan>(world.goals.map((goal) => [goal.id, goal]));

  function toTruth(id: number, turns: readonly Turn[]): GoalTruth {
    const known = planned.get(id);
    if (known !== undefined) return known;
    // As it was when it was first counted: what is changed or deleted later counts as before.
    const once = turns.find(({ goals }) => goals.includes(id))?.onceGoals;
    const flag = state.of('goals').find(id)?.['hasMultipleConversions'];
    return {
      id,
      hasMultipleConversions: once === undefined ? flag !== false : !once.includes(id),
    };
  }

  return (row) => {
    const id = Number(row['id']);
    const turns = state.turnsOf(id);
    const plan = plans.get(id);
    const course = world.courseOf({
      id,
      turns,
      told: toToldArms(row),
      ...(plan === undefined ? {} : { plan }),
    });
    const now = toIds(row['goals']);
    return {
      id,
      course,
      arms: course.arms,
      goals: now.map((goalId) => toTruth(goalId, turns)),
      goalOf: (goalId) =>
        now.includes(goalId) || course.goals.has(goalId) ? toTruth(goalId, turns) : undefined,
    };
  };
}

/** Arms as the row tells them; an original that gets nothing is none. */
function toToldArms(row: Row): readonly string[] {
  const split = row['deviations'] as Readonly<Record<string, unknown>> | undefined;
  const ids = toIds(row['variations']).map(String);
  return split?.[ORIGIN] === 0 ? ids : [ORIGIN, ...ids];
}

const toIds = (value: unknown): readonly number[] =>
  Array.isArray(value) ? value.map(Number) : [];
