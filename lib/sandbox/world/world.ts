import { chooseSeeds } from './choose-seeds';
import { createCatalogue } from './catalogue/catalogue';
import { createStreams, type Chosen, type Lanes } from './create-streams';
import { countArms, type ExperimentPlan, type GoalPlan, type SitePlan } from './plan';
import { createReport, type ReportQuestion } from './report';
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
export function createWorld({ seed, epochMs, speed = 1, lanes = {} }: WorldOrigin): World {
  const { sites, goals, experiments } = createCatalogue(epochMs);
  const byExperiment = new Map<number, Chosen>();

  function choose(plan: ExperimentPlan): Chosen {
    const known = byExperiment.get(plan.id);
    if (known !== undefined) return known;
    const saved = lanes[String(plan.id)];
    const mainGoal = goals.find((goal) => goal.id === plan.goals[0]);
    const found =
      saved === undefined ? chooseSeeds(plan, mainGoal, seed, epochMs) : toChosen(plan, saved);
    const sped = speed === 1 ? found : toChosen(plan, found.lanes);
    byExperiment.set(plan.id, sped);
    return sped;
  }

  function toChosen(plan: ExperimentPlan, own: Lanes): Chosen {
    const streams = createStreams(plan, seed, own, { fromMs: epochMs, factor: speed });
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
      return createReport(choose(plan).streams, countArms(plan), window, question);
    },
  };
}
