import type { GuardrailReading } from '@/lib/core/analysis/analysis';
import type { Better } from '@/lib/core/analysis/settings';
import { betterOf } from '@/lib/core/analysis/settings';
import { comparePair } from '@/lib/core/analysis/compare-pair';
import type { PairFigures } from '@/lib/core/analysis/compare-pair';
import type { Family } from '@/lib/core/analysis/family';
import type { Scope } from '@/lib/core/analysis/scope';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { GoalId, VariationId } from '@/lib/core/experiment/ids';
import type { Snapshot } from '@/lib/core/experiment/snapshot';
import type { Sample } from '@/lib/core/stats/sample';

/**
 * Every guardrail goal of every variation, each at the whole level by itself (statistics A7.6): a warning that comes too
 * often is better than one that does not come. It never decides and is never a call.
 */
export function readGuardrails(
  experiment: Experiment,
  snapshot: Snapshot,
  family: Family,
  { reference, family: arms, goalId: judged }: Scope,
): GuardrailReading[] {
  if (reference === null) return [];
  const { settings, alpha } = family;
  const { plannedVisitors, neededCounts } = settings;
  const plan = { alpha, finalAlpha: null, plannedVisitors, neededCounts };
  const guards = experiment.goals.filter(
    ({ id }) => id !== judged && settings.goals[id]?.role === 'guardrail',
  );
  return guards.flatMap(({ id: goalId }) => {
    const base = sampleOf(snapshot, reference.id, goalId);
    return arms
      .filter(({ id }) => id !== reference.id)
      .flatMap(({ id: variationId }): GuardrailReading[] => {
        const other = sampleOf(snapshot, variationId, goalId);
        if (base === null || other === null) return [];
        const better = betterOf(settings, goalId);
        const figures = comparePair(base, other, plan);
        return [{ goalId, variationId, better, ...toReading(figures, better) }];
      });
  });
}

function toReading(
  figures: PairFigures,
  better: Better,
): Pick<GuardrailReading, 'state' | 'lift' | 'liftInterval'> {
  if (figures.kind === 'too-early') return { state: 'collecting', lift: null, liftInterval: null };
  const isHarmed = figures.direction === (better === 'higher' ? 'down' : 'up');
  const { lift, liftInterval } = figures;
  return { state: isHarmed ? 'harmed' : 'holds', lift, liftInterval };
}

/** null where the goal was not reported, or its counts are no rate. */
function sampleOf(snapshot: Snapshot, id: VariationId, goalId: GoalId): Sample | null {
  const arm = snapshot.arms.find(({ variationId }) => variationId === id);
  const goal = arm?.goals[goalId];
  if (arm === undefined || goal === undefined || goal.converted > arm.visitors) return null;
  return { n: arm.visitors, x: goal.converted };
}
