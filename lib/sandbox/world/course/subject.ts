import type { ExperimentPlan } from '@/lib/sandbox/world/plan';
import type { Turn } from '@/lib/sandbox/world/turn';

/** An experiment as the world has to know it: how it began, what people did to it, and what it has now. */
export interface Subject {
  readonly id: number;
  /** Absent for an experiment that a person created. */
  readonly plan?: ExperimentPlan;
  /** Oldest first. */
  readonly turns: readonly Turn[];
  /** Its arms as they are told now: `origin` (unless it gets nothing) and variation ids. */
  readonly told: readonly string[];
}

/** An experiment of the catalogue that nobody has changed. */
export function toUntouched(plan: ExperimentPlan): Subject {
  return { id: plan.id, plan, turns: [], told: toPlannedArms(plan) };
}

/** Keys of the arms a plan speaks of, in its own order. */
export function toPlannedArms(plan: ExperimentPlan): readonly string[] {
  const ids = plan.variations.map((variation) => String(variation.id));
  return plan.hasOriginal ? [ORIGIN, ...ids] : ids;
}

export const ORIGIN = 'origin';
