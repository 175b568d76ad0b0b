import 'server-only';
import type { Slices } from '@/lib/core/analysis/slices';
import { toSlices } from '@/lib/core/analysis/slices';
import { DEFAULT_SETTINGS } from '@/lib/core/analysis/settings';
import type { Question } from '@/lib/core/experiment/question';
import type { SliceAsk } from '@/lib/core/experiment/slicing';
import { sliceKey } from '@/lib/core/experiment/slicing';
import type { Granted } from '@/lib/server/access/granted';
import type { ExploreOptions, Explorer } from '@/lib/server/experiments/explorer';
import type { Results } from '@/lib/server/live/results';
import type { ResultsAccess } from '@/lib/server/services/results-access';

/** Closer looks as a viewer may see them. */
export interface Exploring {
  /** Throws as `readReading`, and what `Explorer.explore` throws. */
  explore(
    granted: Granted<'read-results'>,
    question: Question,
    ask: SliceAsk,
    options: ExploreOptions,
  ): Promise<Slices>;
}

export function createExploring({
  access,
  explorer,
  results,
}: {
  readonly access: Pick<ResultsAccess, 'readReading'>;
  readonly explorer: Explorer;
  readonly results: Pick<Results, 'status'>;
}): Exploring {
  return {
    async explore(granted, question, ask, options) {
      const { experiment, analysis } = access.readReading(granted, question);
      const sinceMs = analysis?.sinceMs ?? null;
      const counted = await explorer.explore(experiment, ask, { ...options, sinceMs });
      const { goalId, referenceId, confidenceLevel } = question.method;
      return toSlices(sliceKey(ask), experiment, counted, {
        goalId: goalId ?? experiment.mainGoalId,
        referenceId:
          referenceId ?? experiment.variations.find(({ isOriginal }) => isOriginal)?.id ?? null,
        confidenceLevel,
        plannedVisitors: analysis?.method.plannedVisitors ?? DEFAULT_SETTINGS.plannedVisitors,
        neededCounts: DEFAULT_SETTINGS.neededCounts,
        // After a changed split people of before are among them; then only first visits could be judged.
        countsPeople: results.status().unitProof === 'visitors' && analysis?.unit === 'visitors',
        sinceMs,
      });
    },
  };
}
