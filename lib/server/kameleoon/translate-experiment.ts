import 'server-only';

import type {
  Allocation,
  Experiment,
  ExperimentStatus,
  Goal,
  Project,
  Variation,
} from '@/lib/core/experiment/experiment';
import type { VariationId } from '@/lib/core/experiment/ids';
import { ORIGINAL, experimentId, goalId, projectId, variationId } from '@/lib/core/experiment/ids';
import { parseUpstreamDate } from '@/lib/server/kameleoon/upstream-date';
import type { WireExperiment, WireGoal, WireSite } from '@/lib/server/kameleoon/wire';

/** What an experiment's ids resolve to. */
export interface Directory {
  readonly sites: ReadonlyMap<string, WireSite>;
  readonly goals: ReadonlyMap<string, WireGoal>;
  readonly variationNames: ReadonlyMap<VariationId, string>;
}

/** Whatever upstream calls the original: `origin` in deviations, `_reference` in results, `0` in requests. */
const ORIGINAL_KEYS: ReadonlySet<string> = new Set(['origin', '_reference', '0']);

export const toVariationId = (key: string): VariationId =>
  ORIGINAL_KEYS.has(key) ? ORIGINAL : variationId(key);

/** Other keys may come at any time (a row of totals, say) and are none of ours. */
export const isVariationKey = (key: string): boolean =>
  ORIGINAL_KEYS.has(key) || /^\d{1,19}$/.test(key);

/** Configuration of an experiment in the house's words. Ids that resolve to nothing are their own label. */
export function toExperiment(wire: WireExperiment, directory: Directory): Experiment {
  const startedAtMs = parseUpstreamDate(wire.dateStarted);
  const goals = goalIdsOf(wire).map((id) => toGoal(id, directory.goals.get(id)));
  return {
    id: experimentId(wire.id),
    name: label(wire.name, wire.id),
    project: toProject(wire, directory.sites),
    status: toStatus(wire.status),
    allocation: toAllocation(wire),
    isMultivariate: wire.type?.toUpperCase() === 'MVT' || (wire.mvtVariations ?? []).length > 0,
    variations: toVariations(wire, directory.variationNames),
    goals,
    mainGoalId: wire.mainGoalId ? goalId(wire.mainGoalId) : null,
    tags: wire.tags ?? [],
    startedAtMs,
    endedAtMs: parseUpstreamDate(wire.dateEnded),
    statusChangedAtMs: parseUpstreamDate(wire.dateStatusModified),
    splitChangedAtMs: toSplitChange(wire, startedAtMs),
  };
}

/** Ids of the variations an experiment names, without the original: what names are needed for. */
export const namedVariationIds = (wire: WireExperiment): VariationId[] =>
  // Clients of 2021 knew `variations` under another name; the split then still names them.
  [...new Set(wire.variations ?? Object.keys(wire.deviations ?? {}))]
    .filter((key) => isVariationKey(key))
    .map(toVariationId)
    .filter((id) => id !== ORIGINAL);

const label = (name: string | null | undefined, id: string): string =>
  name === null || name === undefined || name.trim() === '' ? id : name;

const STATUSES: readonly ExperimentStatus[] = ['draft', 'active', 'paused', 'stopped'];

/** Lower case live, upper case in types and filters; new values may come at any time. */
const toStatus = (raw: string | null | undefined): ExperimentStatus =>
  STATUSES.find((status) => status === raw?.toLowerCase()) ?? 'unknown';

function toAllocation(wire: WireExperiment): Allocation {
  const method = wire.trafficAllocationMethod?.toUpperCase() ?? null;
  // The deprecated flag still tells the truth on old experiments.
  if (wire.autoOptimized === true || method?.endsWith('_BANDIT')) return 'bandit';
  if (method === 'MANUAL' || (method === null && wire.autoOptimized === false)) return 'manual';
  return 'unknown';
}

function toProject(wire: WireExperiment, sites: ReadonlyMap<string, WireSite>): Project {
  const id = wire.siteId ?? '';
  const site = sites.get(id);
  // Names of sites may be empty.
  const name = [site?.name, site?.url, site?.code, wire.siteCode, id].find((text) => text?.trim());
  return { id: projectId(id), name: name ?? '' };
}

function toVariations(
  wire: WireExperiment,
  names: ReadonlyMap<VariationId, string>,
): readonly Variation[] {
  const weights = new Map<VariationId, number | null>(
    Object.entries(wire.deviations ?? {}).map(([key, raw]) => [toVariationId(key), toWeight(raw)]),
  );
  const others = namedVariationIds(wire).map((id) => ({
    id,
    name: label(names.get(id), id),
    isOriginal: false,
    weight: weights.get(id) ?? null,
  }));
  // Without any split the API has not said that there is no original; with one, the original must have a share.
  const share = weights.size === 0 ? null : (weights.get(ORIGINAL) ?? 0);
  if (share !== null && share <= 0) return others;
  return [{ id: ORIGINAL, name: 'Original', isOriginal: true, weight: share }, ...others];
}

/** Kept as configured: sums of 0.9999 are normal, and whoever compares shares normalises them. */
const toWeight = (raw: number | null): number | null =>
  raw !== null && raw >= 0 && raw <= 1 ? raw : null;

/** The main goal is one of the goals even where the list was left out. */
const goalIdsOf = (wire: WireExperiment): string[] => [
  ...new Set([...(wire.goals ?? []), ...(wire.mainGoalId ? [wire.mainGoalId] : [])]),
];

const toGoal = (id: string, wire: WireGoal | undefined): Goal => ({
  id: goalId(id),
  name: label(wire?.name, id),
  kind: wire?.type ?? '',
  hasMultipleConversions: wire?.hasMultipleConversions ?? false,
});

/** Starting an experiment stamps the allocation too; only what comes later is a change. */
const START_GRACE_MS = 60_000;

function toSplitChange(wire: WireExperiment, startedAtMs: number | null): number | null {
  if (startedAtMs === null) return null;
  const seconds = Object.values(wire.respoolTime ?? {}).filter((value) => value !== null);
  const latestMs = Math.max(...seconds) * 1000;
  return latestMs > startedAtMs + START_GRACE_MS ? latestMs : null;
}
