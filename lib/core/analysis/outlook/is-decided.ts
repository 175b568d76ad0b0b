import type { ExperimentState, VariationState } from '@/lib/core/analysis/analysis';

const DECIDED: readonly (ExperimentState | VariationState)[] = [
  'winner',
  'several-winners',
  'loser',
  'no-difference',
];

/** Whether a state says something of the variations, and no longer waits. */
export const isDecided = (state: ExperimentState | VariationState): boolean =>
  DECIDED.includes(state);
