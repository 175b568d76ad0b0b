import type { CountsMemory, KeptCounts } from '@/lib/core/analysis/counts-fell';
import { rememberCounts } from '@/lib/core/analysis/counts-fell';
import { NO_FINALS } from '@/lib/core/analysis/final-look';
import type { FamilyMark } from '@/lib/core/analysis/call';
import type { FamilyMemory } from '@/lib/core/analysis/judge-look';
import { splitChange } from '@/lib/core/analysis/split';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { GoalId, VariationId } from '@/lib/core/experiment/ids';
import type { Method } from '@/lib/core/experiment/question';
import type { Snapshot } from '@/lib/core/experiment/snapshot';

/**
 * What earlier looks leave behind for the next one: plain data, folded by `addLook`; it may be kept and gone on with.
 * The memory is that of the family of the last look, its calls those of all families.
 */
export interface History extends FamilyMemory {
  /** The method calls were made by, its goal resolved; null before the first look. */
  readonly method: Method | null;
  readonly firstAtMs: number | null;
  readonly lastAtMs: number | null;
  readonly counts: CountsMemory;
  /** The family of the last look (`toFamilyKey`); empty before it. */
  readonly familyKey: string;
  /** The variations of the first live look of the family; null before it. */
  readonly armIds: readonly VariationId[] | null;
}

/** Before any look. What was called and taken elsewhere can be carried in: it is never erased. */
export const startHistory = (kept: Partial<FamilyMemory> = {}): History => ({
  method: null,
  firstAtMs: null,
  lastAtMs: null,
  counts: NO_COUNTS,
  familyKey: '',
  armIds: null,
  splitP: 1,
  finals: NO_FINALS,
  calls: [],
  smallestP: {},
  ...kept,
});

export const NO_COUNTS: CountsMemory = { accepted: {}, fall: null };

export const toMark = ({ unit, sinceMs }: Snapshot): FamilyMark => ({
  unit,
  sinceMs: sinceMs ?? null,
});

/** Counts are of one family while they count the same, since the same moment, under the same split. */
export const toFamilyKey = (experiment: Experiment, snapshot: Snapshot): string =>
  [snapshot.unit, snapshot.sinceMs ?? '', splitChange(experiment, snapshot) ?? ''].join('|');

/** The history as it concerns a look: a new family has its own split, counts, final looks and arms. */
export function ofFamily(history: History, experiment: Experiment, snapshot: Snapshot): History {
  const familyKey = toFamilyKey(experiment, snapshot);
  if (history.familyKey === familyKey) return history;
  // What was carried in belongs to the family met first.
  if (history.familyKey === '') return { ...history, familyKey };
  return {
    ...history,
    familyKey,
    splitP: 1,
    finals: NO_FINALS,
    smallestP: {},
    counts: NO_COUNTS,
    armIds: null,
  };
}

/** The method with its goal made plain, so that "the main goal" and its id are one method. */
export const resolveMethod = (experiment: Experiment, method: Method): Method => ({
  ...method,
  goalId: method.goalId ?? experiment.mainGoalId,
});

/** Whether the calls of a history were made by this method: others see their own figures and no foreign call. */
export function isMethodOf(history: History, experiment: Experiment, method: Method): boolean {
  const own = history.method;
  const asked = resolveMethod(experiment, method);
  return (
    own === null ||
    (own.goalId === asked.goalId &&
      own.referenceId === asked.referenceId &&
      own.confidenceLevel === asked.confidenceLevel)
  );
}

/** The counts that must not fall: visitors, and converted of the main goal, whatever goal is looked at. */
export const toKeptCounts = (snapshot: Snapshot, mainGoalId: GoalId | null): KeptCounts =>
  Object.fromEntries(
    snapshot.arms.map(({ variationId, visitors, goals }) => [
      variationId,
      [visitors, mainGoalId === null ? 0 : (goals[mainGoalId]?.converted ?? 0)],
    ]),
  );

/**
 * The variation whose counts fell at this look, whether the history ends before it or with it; null when none did. One
 * that is not configured any more is missing from the report, which is no fall: it is told as a changed arm.
 */
export function fallenAt(
  history: History,
  experiment: Experiment,
  snapshot: Snapshot,
): VariationId | null {
  if (history.lastAtMs !== null && snapshot.asOfMs < history.lastAtMs) return null;
  const memory =
    history.lastAtMs === snapshot.asOfMs
      ? history.counts
      : rememberCounts(history.counts, toKeptCounts(snapshot, experiment.mainGoalId));
  const fallenId = memory.fall?.variationId ?? null;
  return experiment.variations.some(({ id }) => id === fallenId) ? fallenId : null;
}

/** Variations that joined or left since the first live look of the family; null when none did, or none is known. */
export function changedArms(
  { armIds }: History,
  experiment: Experiment,
): { readonly added: readonly VariationId[]; readonly removed: readonly VariationId[] } | null {
  if (armIds === null) return null;
  const configured = experiment.variations.map(({ id }) => id);
  const added = configured.filter((id) => !armIds.includes(id));
  const removed = armIds.filter((id) => !configured.includes(id));
  return added.length + removed.length === 0 ? null : { added, removed };
}
