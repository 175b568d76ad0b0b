import 'server-only';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { VariationId } from '@/lib/core/experiment/ids';
import type { ReadName } from '@/lib/server/store/variation-name-repository';

const RENEW_AFTER_MS = 24 * 60 * 60 * 1000;
/** A name costs a request; a few old ones at each reading of the catalogue keep all of them young. */
const RENEWED_AT_ONCE = 3;

/** The names to spare the calls for: all known ones but the few oldest that are more than a day old. */
export function toKnownNames(
  names: Iterable<ReadName>,
  nowMs: number,
): ReadonlyMap<VariationId, string> {
  const oldestFirst = [...names].sort((a, b) => a.readAtMs - b.readAtMs);
  const kept = oldestFirst.filter(
    (entry, place) => place >= RENEWED_AT_ONCE || nowMs - entry.readAtMs < RENEW_AFTER_MS,
  );
  return new Map(kept.map((entry) => [entry.variationId, entry.name]));
}

/** Names of a new catalogue that were read for it: those that had not been handed in as known. */
export function toReadNames(
  experiments: readonly Experiment[],
  known: ReadonlyMap<VariationId, string>,
  readAtMs: number,
): readonly ReadName[] {
  const read = new Map<VariationId, ReadName>();
  for (const { variations } of experiments)
    for (const { id, name, isOriginal } of variations)
      // The original has one id in every experiment, so its name cannot be remembered by id.
      if (!isOriginal && !known.has(id)) read.set(id, { variationId: id, name, readAtMs });
  return [...read.values()];
}
