import 'server-only';
import { splitChange } from '@/lib/core/analysis/split';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { UnitProof } from '@/lib/core/experiment/snapshot';
import type { CountingForm } from '@/lib/server/kameleoon/client';

export interface FormQuestion {
  readonly experiment: Experiment;
  /** Upstream time. */
  readonly nowMs: number;
  readonly proof: UnitProof;
  /** A day of readings has not shown what conversions count. */
  readonly isDoubted: boolean;
  /** False where the API was found not to tell first visits. */
  readonly areFirstVisitsTold: boolean;
}

/** People, since the launch. */
export const USUAL_FORM: CountingForm = { unit: 'visitors', sinceMs: null };

/** An interval must have begun before it can end. */
const SHORTEST_MS = 60_000;

/**
 * What to ask of an experiment so that it can be judged; one form at a time, the same for readings and for the past.
 * - After a change of the split: first visits since the change (statistics A12.10). Whoever came before carries the old
 *   split and comes back as a returning visitor, so new visitors are those of the new split alone.
 * - Where conversions count visits, or a day could not show what they count: first visits since the launch (A12.1).
 * - Else people since the launch; also where the API does not tell first visits, and nothing is called then, and of
 *   what is never judged (a bandit's split changes by itself).
 */
export function toForm(question: FormQuestion): CountingForm {
  const { experiment, nowMs, proof, isDoubted, areFirstVisitsTold } = question;
  const isJudged = experiment.allocation === 'manual' && !experiment.isMultivariate;
  if (!isJudged || !areFirstVisitsTold) return USUAL_FORM;
  const changedAtMs = splitChange(experiment, {});
  if (changedAtMs !== null && nowMs - changedAtMs >= SHORTEST_MS)
    return { unit: 'first-visits', sinceMs: Math.ceil(changedAtMs / 1000) * 1000 };
  const countsVisits = proof === 'visits' || (proof === 'unproven' && isDoubted);
  return countsVisits ? { unit: 'first-visits', sinceMs: null } : USUAL_FORM;
}
