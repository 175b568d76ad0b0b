import { createStreams, type Chosen } from './create-streams';
import { isDeserved, takesAnyDraws } from './deserved';
import { countArms, type ExperimentPlan, type GoalPlan } from './plan';
import { toRunningTotals } from './running-totals';
import { chooseAlmostDecided } from './almost-decided';

const MOST_CANDIDATES = 400;

/**
 * The first candidate whose draws deserve the experiment's story at the epoch: a pure function of
 * plan, seed and epoch, so a restart finds the same. Falls back to the last candidate tried.
 */
export function chooseSeeds(
  plan: ExperimentPlan,
  mainGoal: GoalPlan | undefined,
  worldSeed: number,
  epochMs: number,
): Chosen {
  const toChosen = (candidate: number): Chosen => ({
    lanes: [candidate],
    streams: createStreams(plan, worldSeed, [candidate]),
  });
  if (mainGoal === undefined || takesAnyDraws(plan.deserved)) return toChosen(0);
  if (plan.deserved.kind === 'almost-decided') {
    return chooseAlmostDecided(plan, mainGoal, worldSeed, epochMs);
  }
  const untilMs = Math.min(epochMs, plan.endMs ?? Infinity);
  for (let candidate = 0; candidate < MOST_CANDIDATES; candidate += 1) {
    const chosen = toChosen(candidate);
    const totals = toRunningTotals(chosen.streams, mainGoal, countArms(plan), untilMs);
    if (isDeserved(plan.deserved, totals, plan.configured)) return chosen;
  }
  return toChosen(MOST_CANDIDATES - 1);
}
