import { rememberCounts } from '@/lib/core/analysis/counts-fell';
import type { History } from '@/lib/core/analysis/history';
import {
  NO_COUNTS,
  isMethodOf,
  resolveMethod,
  startHistory,
  toFamilyKey,
  toKeptCounts,
  toMark,
} from '@/lib/core/analysis/history';
import type { FamilyMemory } from '@/lib/core/analysis/judge-look';
import { NO_MEMORY, followLook } from '@/lib/core/analysis/judge-look';
import { mergeCalls } from '@/lib/core/analysis/merge-calls';
import { readLook, toLookStanding } from '@/lib/core/analysis/read-look';
import type { Settings } from '@/lib/core/analysis/settings';
import { DEFAULT_SETTINGS } from '@/lib/core/analysis/settings';
import { splitChange } from '@/lib/core/analysis/split';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { Method } from '@/lib/core/experiment/question';
import type { Look, UnitProof } from '@/lib/core/experiment/snapshot';

/**
 * Folds one kept look into the history: running minimum of the split's p, counts, final looks, and the life of calls.
 * Looks come in order of data time; one that is not newer than the last is ignored (a backfilled past needs
 * `rebuildHistory`). Without a proof of the unit no call is made, so a proof that comes later needs `rebuildHistory` too.
 */
export function addLook(
  given: History,
  experiment: Experiment,
  { snapshot, source }: Look,
  method: Method,
  proof: UnitProof = 'unproven',
  own: Partial<Settings> = {},
): History {
  if (given.lastAtMs !== null && snapshot.asOfMs <= given.lastAtMs) return given;
  const settings = { ...DEFAULT_SETTINGS, ...own };
  const adopted = adopt(given, experiment, method);
  const reading = readLook(adopted, { experiment, snapshot, proof, method, settings });
  const { history, health, family, look } = reading;
  const counts = rememberCounts(history.counts, toKeptCounts(snapshot, experiment.mainGoalId));
  // A torn report must not block for ever: only looks that are not flagged enter the running minimum.
  const splitP = counts.fall === null ? health.split.sequentialP : null;
  const before: FamilyMemory = { ...history, splitP: splitP ?? history.splitP };
  // How traffic was split before a change is not known any more, so such looks decide nothing when folded again.
  const changedAtMs = splitChange(experiment, snapshot);
  const isBeforeChange = changedAtMs !== null && snapshot.asOfMs < changedAtMs;
  const standing = toLookStanding(reading);
  const { memory } =
    isBeforeChange || family === null || (standing.kind === 'closed' && standing.withdraws === null)
      ? { memory: before }
      : followLook(family, before, look, standing, toMark(snapshot));
  return {
    ...history,
    method: resolveMethod(experiment, method),
    firstAtMs: history.firstAtMs ?? snapshot.asOfMs,
    lastAtMs: snapshot.asOfMs,
    counts,
    armIds:
      history.armIds ??
      (source === 'live' ? snapshot.arms.map(({ variationId }) => variationId) : null),
    splitP: memory.splitP,
    finals: memory.finals,
    calls: memory.calls,
    smallestP: memory.smallestP,
  };
}

/**
 * The history of all kept looks, in whatever order they come. `kept` is what was told before: its calls are never erased,
 * its final looks stay those that were taken, and its smallest p of the split holds, though looks were thinned since.
 */
export function rebuildHistory(
  experiment: Experiment,
  looks: readonly Look[],
  method: Method,
  proof: UnitProof = 'unproven',
  settings: Partial<Settings> = {},
  kept: History | null = null,
): History {
  const inOrder = looks.toSorted((a, b) => a.snapshot.asOfMs - b.snapshot.asOfMs);
  const first = inOrder[0];
  const own = kept !== null && isMethodOf(kept, experiment, method) ? kept : null;
  // A final look of another goal, level or reference, or of other counts, says nothing here.
  const isOneFamily =
    own !== null &&
    first !== undefined &&
    own.familyKey === toFamilyKey(experiment, first.snapshot);
  const rebuilt = inOrder.reduce(
    (history, look) => addLook(history, experiment, look, method, proof, settings),
    startHistory(isOneFamily ? { finals: own.finals } : {}),
  );
  if (own === null) return rebuilt;
  const isLastFamily = own.familyKey === rebuilt.familyKey;
  return {
    ...rebuilt,
    calls: mergeCalls(rebuilt.calls, own.calls, {
      keptUntilMs: own.lastAtMs ?? Number.NEGATIVE_INFINITY,
      foundUntilMs: rebuilt.lastAtMs ?? Number.NEGATIVE_INFINITY,
    }),
    splitP: isLastFamily ? Math.min(rebuilt.splitP, own.splitP) : rebuilt.splitP,
    smallestP: isLastFamily ? lowest(rebuilt.smallestP, own.smallestP) : rebuilt.smallestP,
    armIds: isLastFamily ? (own.armIds ?? rebuilt.armIds) : rebuilt.armIds,
  };
}

const lowest = (
  one: FamilyMemory['smallestP'],
  other: FamilyMemory['smallestP'],
): FamilyMemory['smallestP'] =>
  Object.fromEntries(
    Object.keys({ ...one, ...other }).map((id) => [id, Math.min(one[id] ?? 1, other[id] ?? 1)]),
  );

/** Another method or main goal has its own calls, final looks and counts. */
const adopt = (history: History, experiment: Experiment, method: Method): History =>
  isMethodOf(history, experiment, method)
    ? history
    : { ...history, ...NO_MEMORY, splitP: history.splitP, counts: NO_COUNTS };
