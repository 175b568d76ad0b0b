import type { Better } from '@/lib/core/analysis/settings';
import type { Unit } from '@/lib/core/experiment/snapshot';

/** One arm's cumulative counts at a look. */
export interface Counted {
  readonly visitors: number;
  readonly visits: number;
  readonly conversions: number;
  readonly orders: number;
  readonly revenue: number | null;
}

/**
 * What is known of time. `dated`: looks have moments; `days`: they have days since launch; `order`: only their order is
 * known, so that the gate of seven days cannot be checked.
 */
export type Timing = 'dated' | 'days' | 'order';

export interface CountedLook {
  /** Epoch milliseconds; of `days` since the launch, of `order` the place. */
  readonly atMs: number;
  /** In the order of `Counts.arms`. */
  readonly arms: readonly Counted[];
}

/** Input that has been checked. */
export interface Counts {
  readonly arms: readonly { readonly name: string; readonly weight: number | null }[];
  /** Place of the arm that the others are held against. */
  readonly reference: number;
  readonly timing: Timing;
  /** null: the first look stands in for the launch (only where `dated`). */
  readonly startedAtMs: number | null;
  /** Of a single look whose distance from the launch is not known. */
  readonly asOfMs: number | null;
  /** Oldest first. */
  readonly looks: readonly CountedLook[];
  readonly unit: Unit;
  readonly better: Better;
  readonly confidenceLevel: number;
  readonly plannedVisitors: number | null;
  readonly tunedVisitors: number | null;
  readonly plannedEffect: number | null;
  readonly smallestEffect: number | null;
  readonly maxOrderValue: number | null;
  readonly neededCounts: number | null;
  readonly splitThreshold: number | null;
  /** Sentences about what was passed over. */
  readonly notes: readonly string[];
}
