import type { Call } from '@/lib/core/analysis/analysis';
import type { CountsMemory, KeptCounts } from '@/lib/core/analysis/counts-fell';
import { rememberCounts } from '@/lib/core/analysis/counts-fell';
import { splitChange } from '@/lib/core/analysis/split';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { GoalId, VariationId } from '@/lib/core/experiment/ids';
import type { Method } from '@/lib/core/experiment/question';
import type { Snapshot } from '@/lib/core/experiment/snapshot';

/** What earlier looks leave behind for the next one: plain data of constant size, folded by `addLook`. */
export interface History {
  /** The method calls were made by, its goal resolved; null before the first look. */
  readonly method: Method | null;
  readonly firstAtMs: number | null;
  readonly lastAtMs: number | null;
  readonly counts: CountsMemory;
  /** The change of the split since which `splitP` holds; null: since the start. */
  readonly splitChangedAtMs: number | null;
  /** Running minimum of the split's sequential p. */
  readonly splitP: number;
  readonly call: Call | null;
}

/** Before any look. A call that was kept elsewhere can be carried in: what was called is never erased. */
export const startHistory = (call: Call | null = null): History => ({
  method: null,
  firstAtMs: null,
  lastAtMs: null,
  counts: { accepted: {}, fall: null },
  splitChangedAtMs: null,
  splitP: 1,
  call,
});

/** The smallest split p that counts at a look of this experiment: a changed split starts anew. */
export const priorSplitP = (history: History, experiment: Experiment): number =>
  history.splitChangedAtMs === splitChange(experiment) ? history.splitP : 1;

/** The method with its goal made plain, so that "the main goal" and its id are one method. */
export const resolveMethod = (experiment: Experiment, method: Method): Method => ({
  ...method,
  goalId: method.goalId ?? experiment.mainGoalId,
});

/** Whether the calls of a history were made by this method: others see their own figures and no foreign call. */
export function isMethodOf(history: History, experiment: Experiment, method: Method): boolean {
  const own = history.method;
  const asked = resolveMethod(experiment, method);
  return (
    own === null ||
    (own.goalId === asked.goalId &&
      own.referenceId === asked.referenceId &&
      own.confidenceLevel === asked.confidenceLevel)
  );
}

/** The counts that must not fall: visitors, and converted of the main goal, whatever goal is looked at. */
export const toKeptCounts = (snapshot: Snapshot, mainGoalId: GoalId | null): KeptCounts =>
  Object.fromEntries(
    snapshot.arms.map(({ variationId, visitors, goals }) => [
      variationId,
      [visitors, mainGoalId === null ? 0 : (goals[mainGoalId]?.converted ?? 0)],
    ]),
  );

/** The variation whose counts fell at this look, whether the history ends before it or with it; null when none did. */
export function fallenAt(
  history: History,
  experiment: Experiment,
  snapshot: Snapshot,
): VariationId | null {
  if (history.lastAtMs !== null && snapshot.asOfMs < history.lastAtMs) return null;
  const memory =
    history.lastAtMs === snapshot.asOfMs
      ? history.counts
      : rememberCounts(history.counts, toKeptCounts(snapshot, experiment.mainGoalId));
  return memory.fall?.variationId ?? null;
}
