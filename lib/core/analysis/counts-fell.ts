import type { VariationId } from '@/lib/core/experiment/ids';

/** Visitors and converted by variation, as they were last accepted. */
export type KeptCounts = Readonly<
  Record<VariationId, readonly [visitors: number, converted: number]>
>;

export interface CountsMemory {
  readonly accepted: KeptCounts;
  /** Looks whose counts lie below the accepted ones and agree with each other; null when none does. */
  readonly fall: {
    readonly variationId: VariationId;
    readonly counts: KeptCounts;
    readonly looks: number;
  } | null;
}

/** A fall is believed on the third look that agrees with it (statistics A12.10). */
const AGREEING_LOOKS = 3;

/**
 * Cumulative counts cannot fall. Where they do, the look is flagged and makes no call; after three looks that only rose
 * among themselves the lower counts are accepted.
 * Example: 100, 90, 91, 92 visitors: the second and third are flagged, the fourth is accepted.
 */
export function rememberCounts(memory: CountsMemory, counts: KeptCounts): CountsMemory {
  const variationId = fallen(memory.accepted, counts);
  if (variationId === null) return { accepted: counts, fall: null };
  const agrees = memory.fall !== null && fallen(memory.fall.counts, counts) === null;
  const looks = agrees ? memory.fall.looks + 1 : 1;
  if (looks >= AGREEING_LOOKS) return { accepted: counts, fall: null };
  return { accepted: memory.accepted, fall: { variationId, counts, looks } };
}

/** The first variation with fewer visitors or converted than before, or null. */
function fallen(before: KeptCounts, now: KeptCounts): VariationId | null {
  for (const [id, [visitors, converted]] of Object.entries(before)) {
    const counts = now[id as VariationId] ?? [0, 0];
    if (counts[0] < visitors || counts[1] < converted) return id as VariationId;
  }
  return null;
}
