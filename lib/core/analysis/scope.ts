import type { Reason } from '@/lib/core/analysis/reason';
import type { Experiment, Variation } from '@/lib/core/experiment/experiment';
import { original } from '@/lib/core/experiment/experiment';
import type { GoalId, VariationId } from '@/lib/core/experiment/ids';
import type { Method } from '@/lib/core/experiment/question';

/** What is judged against what: found in the configuration alone. */
export interface Scope {
  readonly goalId: GoalId | null;
  readonly reference: Variation | null;
  /** The arms that take part: not configured to 0 %; in the order of the configuration. */
  readonly family: readonly Variation[];
  /** Why nothing can be judged; empty when it can. */
  readonly reasons: readonly Reason[];
}

export interface ScopeState {
  readonly isStarted: boolean;
  /** Variations that joined or left since the first look; null: none did. */
  readonly changed: {
    readonly added: readonly VariationId[];
    readonly removed: readonly VariationId[];
  } | null;
}

/**
 * The goal is the main one unless the method names another, which is then exploratory (statistics A12.6). The reference
 * is the original unless the method names an arm. Bandits and multivariate tests are not judged (A12.10), nor is a
 * split that is not known to be a manual one.
 */
export function readScope(
  experiment: Experiment,
  method: Method,
  { isStarted, changed }: ScopeState,
): Scope {
  const family = experiment.variations.filter(({ weight }) => weight !== 0);
  const wanted = method.referenceId ?? original(experiment)?.id ?? null;
  const reference = family.find(({ id }) => id === wanted) ?? null;
  const goalId = method.goalId ?? experiment.mainGoalId;
  const reasons: Reason[] = [];
  if (!isStarted) reasons.push({ kind: 'not-started' });
  if (experiment.allocation === 'bandit') reasons.push({ kind: 'bandit' });
  if (experiment.allocation === 'unknown') reasons.push({ kind: 'split-unknown' });
  if (changed !== null) reasons.push({ kind: 'arms-changed', ...changed });
  if (experiment.isMultivariate) reasons.push({ kind: 'multivariate' });
  if (family.length < 2) reasons.push({ kind: 'one-arm' });
  else if (reference === null) reasons.push({ kind: 'no-reference' });
  if (goalId === null) reasons.push({ kind: 'no-main-goal' });
  else if (goalId !== experiment.mainGoalId) reasons.push({ kind: 'exploratory' });
  return { goalId, reference, family, reasons };
}
