import type { ExperimentId, GoalId, ProjectId, VariationId } from '@/lib/core/experiment/ids';

/** `unknown` is a bucket, not an error: the API may add values at any time. */
export type ExperimentStatus = 'draft' | 'active' | 'paused' | 'stopped' | 'unknown';

/** How visitors are given to variations. Only `manual` splits can be judged. */
export type Allocation = 'manual' | 'bandit' | 'unknown';

export interface Project {
  readonly id: ProjectId;
  readonly name: string;
}

export interface Variation {
  readonly id: VariationId;
  /** As its owners wrote it; may be long, right-to-left or hold markup. Never HTML. */
  readonly name: string;
  readonly isOriginal: boolean;
  /** Configured share of the experiment's traffic, 0 to 1; null when the API did not say. */
  readonly weight: number | null;
}

export interface Goal {
  readonly id: GoalId;
  readonly name: string;
  /** Upstream type such as `CLICK`, `URL`; empty when unknown. */
  readonly kind: string;
  readonly hasMultipleConversions: boolean;
}

/** An experiment as configured; its counts are in `Snapshot`. Times are upstream time, epoch milliseconds. */
export interface Experiment {
  readonly id: ExperimentId;
  readonly name: string;
  readonly project: Project;
  readonly status: ExperimentStatus;
  readonly allocation: Allocation;
  readonly isMultivariate: boolean;
  /** In the order of the configuration, the original first where there is one. The place gives colour, marker and dash. */
  readonly variations: readonly Variation[];
  readonly goals: readonly Goal[];
  readonly mainGoalId: GoalId | null;
  readonly tags: readonly string[];
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  /** Last change of status (paused, stopped); null when unknown. */
  readonly statusChangedAtMs: number | null;
  /** Last change of the traffic split *after* the start; null when it never changed. */
  readonly splitChangedAtMs: number | null;
}

export const mainGoal = (experiment: Experiment): Goal | null =>
  experiment.goals.find((goal) => goal.id === experiment.mainGoalId) ?? null;

export const original = (experiment: Experiment): Variation | null =>
  experiment.variations.find((variation) => variation.isOriginal) ?? null;
