import 'server-only';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { Method } from '@/lib/core/experiment/question';

/** The part of a question that its connection does not have. */
export type Lack = 'experiment' | 'goal' | 'reference' | 'moment';

/** What of a method an experiment does not have; null when it has all. */
export function lackOf(
  { goals, variations }: Experiment,
  { goalId, referenceId }: Method,
): 'goal' | 'reference' | null {
  if (goalId !== null && !goals.some(({ id }) => id === goalId)) return 'goal';
  const hasReference = referenceId === null || variations.some(({ id }) => id === referenceId);
  return hasReference ? null : 'reference';
}
