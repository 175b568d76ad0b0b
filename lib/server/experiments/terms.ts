import 'server-only';
import { createHash } from 'node:crypto';
import type { Settings } from '@/lib/core/analysis/settings';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { UnitProof } from '@/lib/core/experiment/snapshot';

/** All that a decision rests on besides the counts. */
export interface Terms {
  readonly experiment: Experiment;
  readonly proof: UnitProof;
  /** Frozen at the first look (statistics A12.2). */
  readonly settings: Settings;
}

/**
 * What earlier looks were judged by, in a few letters: under the same basis their history may be gone on with, under
 * another they are judged anew. Names may change, and an experiment may end: that concerns looks to come alone.
 * @param pastLooks how many of the looks were bought: each is put before others
 */
export function toBasis({ experiment, proof, settings }: Terms, pastLooks: number): string {
  const { variations, mainGoalId, allocation, isMultivariate, startedAtMs } = experiment;
  const arms = variations.map(({ id, isOriginal, weight }) => [id, isOriginal, weight]);
  const parts = [
    proof,
    Object.entries(settings).sort(([one], [other]) => (one < other ? -1 : 1)),
    arms,
    mainGoalId,
    allocation,
    isMultivariate,
    startedAtMs,
    experiment.splitChangedAtMs,
    pastLooks,
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
