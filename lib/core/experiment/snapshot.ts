import type { ExperimentId, GoalId, VariationId } from '@/lib/core/experiment/ids';

/**
 * What a conversion count counts once: people (unique visitors), visits, or the first visits of people who are new
 * to the site (one each, so that they can be judged like people). Nothing is decided on visits.
 */
export type Unit = 'visitors' | 'visits' | 'first-visits';

/** The platform's own figures, normalised to fractions 0 to 1 (lift may exceed 1); null where it gave none. */
export interface PlatformFigures {
  readonly rate: number | null;
  readonly lift: number | null;
  readonly reliability: number | null;
}

export interface GoalCounts {
  /** All conversions, repeats included. */
  readonly conversions: number;
  /** Units (people or visits, see `Snapshot.unit`) with at least one conversion. */
  readonly converted: number;
  /** Money without a currency; null where the API gave none. */
  readonly revenue: number | null;
  readonly platform: PlatformFigures;
}

/** One variation's counts. `visits >= visitors` in sound data; of first visits they are equal. */
export interface ArmCounts {
  readonly variationId: VariationId;
  readonly visitors: number;
  readonly visits: number;
  readonly goals: Readonly<Record<GoalId, GoalCounts>>;
}

/** Counts of a whole experiment as known at one moment; all arms come from one report. */
export interface Snapshot {
  readonly experimentId: ExperimentId;
  /** Upstream time up to which events are counted (the moment the report was asked for, or the end of its interval). */
  readonly asOfMs: number;
  /**
   * Upstream time from which events are counted; absent: since the launch. Counts of other beginnings are other
   * decision families: they are never added up or compared (statistics A12.10).
   */
  readonly sinceMs?: number;
  /** What the report was asked to count. Whether `converted` truly counts people is `UnitProof`. */
  readonly unit: Unit;
  readonly arms: readonly ArmCounts[];
}

/**
 * Whether `converted` of a visitors report counts people: shown by a second report (statistics A12.1).
 * `visits` means it counts visits although people were asked for; `unproven` means nothing has shown it yet.
 */
export type UnitProof = 'visitors' | 'visits' | 'unproven';

/** How a look came to be: read live, or bought back later from a report that ends in the past. */
export type LookSource = 'live' | 'backfill';

/** A snapshot that was kept: a point of the curve, and what calls rest on. */
export interface Look {
  readonly snapshot: Snapshot;
  readonly source: LookSource;
}
