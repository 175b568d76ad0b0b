import type { Ledger } from '@/lib/cli/verdict/create/ledger';
import type { Wanted } from '@/lib/cli/verdict/create/wanted';
import { toDeviations } from '@/lib/cli/verdict/create/wanted';
import { segmentOf } from '@/lib/cli/verdict/commands/experiment-show';
import type { Session } from '@/lib/cli/verdict/session';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { ExperimentObject, NewExperiment } from '@/lib/server/kameleoon/objects';

/** The whole configuration in one partial update of what differs, read back. */
export async function configure(
  { api, words, progress, rehearsed }: Session,
  id: string,
  wanted: Wanted,
  variationIds: readonly string[],
  { done }: Ledger,
): Promise<ExperimentObject> {
  const read = () => api.experiments.read(id, { optionalFields: ['goals'] });
  const before = await read();
  const fields = toFields(before, wanted, variationIds);
  if (Object.keys(fields).length === 0) return before;
  progress.show(words('create.configure'));
  await api.experiments.change(id, fields);
  done.push({ kind: 'experiment', id, name: wanted.name, what: 'configured' });
  const after = await read();
  const missing = Object.keys(toFields(after, wanted, variationIds));
  // The imitation of a dry run does not know all that the API does.
  if (missing.length > 0 && rehearsed === null)
    throw new ProblemError(
      toProblem(
        'upstream-failed',
        `PATCH /experiments/${id}: ${missing.join(', ')} read back ${missing.length === 1 ? 'is' : 'are'} not what was sent`,
      ),
    );
  return after;
}

/** Those fields that are not yet as they are wanted. */
function toFields(
  before: ExperimentObject,
  wanted: Wanted,
  variationIds: readonly string[],
): Partial<NewExperiment> {
  const { goalIds, mainGoalId, segmentId } = wanted;
  const deviations = toDeviations(wanted.shares, variationIds);
  const isSplitWanted = wanted.shares !== null || wanted.variations.length > 0;
  const isSplitRight = Object.entries(deviations).every(
    ([key, share]) => Math.abs((before.deviations[key] ?? -1) - share) < 1e-6,
  );
  const areVariationsThere = isSameSet(before.variationIds, variationIds);
  const areGoalsThere = isSameSet(before.goalIds ?? [], goalIds);
  return {
    ...((!areVariationsThere || (isSplitWanted && !isSplitRight)) && {
      variations: variationIds,
      deviations,
    }),
    ...(goalIds.length > 0 && !areGoalsThere && { goals: goalIds }),
    ...(mainGoalId !== null && before.mainGoalId !== mainGoalId && { mainGoalId }),
    ...(segmentId !== null &&
      segmentOf(before.rest) !== segmentId && {
        targetingSegmentId: segmentId,
        targetingConfiguration: 'SAVED_TEMPLATE',
      }),
  };
}

const isSameSet = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((id) => other.includes(id));
