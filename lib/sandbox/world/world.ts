import { chooseSeeds } from './choose-seeds';
import { createCatalogue } from './catalogue/catalogue';
import type { WorldSize } from './plain/plain-catalogue';
import { createStreams, type Chosen, type Lanes, type Speed } from './create-streams';
import { countArms, type ExperimentPlan, type GoalPlan, type SitePlan } from './plan';
import { createPlainSource } from './plain/plain-source';
import { createReport, createStreamSource, type ReportQuestion } from './report';
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
  /** Counts by row key, each by arm, of what happened up to `nowMs`. */
  report(
    experiment: ExperimentPlan,
    question: ReportQuestion,
    nowMs: number,
  ): Map<string, ArmCounts[]>;
}

/** The seeded truth. It holds no clock: what it answers depends on its origin and the question. */
export function createWorld(origin: WorldOrigin): World {
  const { seed, epochMs, speed = 1, lanes = {}, size } = origin;
  const { sites, goals, experiments } = createCatalogue(epochMs, seed, size);
  const sped: Speed = { fromMs: epochMs, factor: speed };
  const byExperiment = new Map<number, Chosen>();

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

  return {
    epochMs,
    sites,
    goals,
    experiments,
    lanesOf: (plan) => choose(plan).lanes,
    report: (plan, question, nowMs) => {
      const startMs = plan.launchMs ?? nowMs;
      const window = { startMs, endMs: Math.min(nowMs, plan.endMs ?? Infinity) };
      const source =
        plan.plain === undefined
          ? createStreamSource(choose(plan).streams)
          : createPlainSource({ ...plan, plain: plan.plain }, seed, sped);
      return createReport(source, countArms(plan), window, question);
    },
  };
}
