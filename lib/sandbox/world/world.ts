import { chooseSeeds } from './choose-seeds';
import { createCatalogue } from './catalogue/catalogue';
import type { WorldSize } from './plain/plain-catalogue';
import { createStreams, type Chosen, type Lanes, type Speed } from './create-streams';
import type { Cohorts } from './cohorts';
import { createCourse, type Course } from './course/course';
import { toUntouched, type Subject } from './course/subject';
import { createKept } from './kept';
import type { ExperimentPlan, GoalPlan, SitePlan } from './plan';
import type { ReportQuestion } from './report';
import type { ArmCounts } from './tally';

/** What makes two worlds the same world. */
export interface WorldOrigin {
  readonly seed: number;
  /** When the world was first started, epoch ms; every launch is relative to it. */
  readonly epochMs: number;
  /** Multiplies the traffic after the epoch; dates never move. Default 1. */
  readonly speed?: number;
  /** Seeds found before, by experiment id: saves the search. */
  readonly lanes?: Readonly<Record<string, Lanes>>;
  /** Plain experiments beside the stories. Default none. */
  readonly size?: WorldSize;
}

export interface World {
  readonly epochMs: number;
  readonly sites: readonly SitePlan[];
  readonly goals: readonly GoalPlan[];
  readonly experiments: readonly ExperimentPlan[];
  /** The seeds of an experiment, searched for on the first call. */
  lanesOf(experiment: ExperimentPlan): Lanes;
  /** The life of an experiment, with all that people did to it. Cheap: what is drawn is kept apart from it. */
  courseOf(subject: Subject): Course;
  /** Counts by row key, each by arm, of what happened up to `nowMs` to an experiment nobody touched. */
  report(
    experiment: ExperimentPlan,
    question: ReportQuestion,
    nowMs: number,
  ): Map<string, ArmCounts[]>;
}

/** Drawn people of so many stretches that followed a turn are kept; older ones are drawn again when asked for. */
const MOST_KEPT = 48;

/** The seeded truth. It holds no clock: what it answers depends on its origin and the question. */
export function createWorld(origin: WorldOrigin): World {
  const { seed, epochMs, speed = 1, lanes = {}, size } = origin;
  const { sites, goals, experiments } = createCatalogue(epochMs, seed, size);
  const sped: Speed = { fromMs: epochMs, factor: speed };
  const byExperiment = new Map<number, Chosen>();
  const kept = createKept<readonly Cohorts[]>(MOST_KEPT);

  function choose(plan: ExperimentPlan): Chosen {
    const known = byExperiment.get(plan.id);
    if (known !== undefined) return known;
    const saved = lanes[String(plan.id)];
    const mainGoal = goals.find((goal) => goal.id === plan.goals[0]);
    const found =
      saved === undefined ? chooseSeeds(plan, mainGoal, seed, epochMs) : toChosen(plan, saved);
    const chosen = speed === 1 ? found : toChosen(plan, found.lanes);
    byExperiment.set(plan.id, chosen);
    return chosen;
  }

  function toChosen(plan: ExperimentPlan, own: Lanes): Chosen {
    const streams = createStreams(plan, seed, own, sped);
    return { lanes: own, streams };
  }

  const courseOf = (subject: Subject): Course =>
    createCourse(subject, {
      seed,
      speed: sped,
      storyOf: (plan) => choose(plan).streams,
      keep: kept,
    });

  return {
    epochMs,
    sites,
    goals,
    experiments,
    lanesOf: (plan) => choose(plan).lanes,
    courseOf,
    report: (plan, question, nowMs) => courseOf(toUntouched(plan)).report(question, nowMs),
  };
}
