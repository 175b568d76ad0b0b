import type { Better, Settings } from '@/lib/core/analysis/settings';
import type { Sample } from '@/lib/core/stats/sample';

/** One decision family: everything that must be fixed before its first look. Arms configured to 0 % are not in it. */
export interface Family {
  /** In the order of the configuration. */
  readonly ids: readonly string[];
  /** Place of the reference in `ids`. */
  readonly reference: number;
  /** Configured shares, in any unit; null where nobody told. */
  readonly weights: readonly (number | null)[];
  /** Of the whole family, two-sided. */
  readonly alpha: number;
  readonly better: Better;
  /** Since when it counts. */
  readonly startedAtMs: number;
  /** The experiment's launch, from which days are numbered; absent: it counts since then. */
  readonly launchedAtMs?: number;
  readonly settings: Settings;
}

/** Counts of people at one moment, arms in the order of `Family.ids`. */
export interface FamilyLook {
  /** End of the counted data, or of the experiment if that was earlier. */
  readonly atMs: number;
  /** The experiment was stopped: no later data will come. */
  readonly isLast?: boolean;
  readonly arms: readonly Sample[];
}

/** How two arms are held against each other. */
export interface PairPlan {
  /** Level of the sequence. */
  readonly alpha: number;
  /** Level of the final look; null where no end was planned. */
  readonly finalAlpha: number | null;
  /** N*: people of the pair for whom the sequence is tuned. */
  readonly plannedVisitors: number;
  readonly neededCounts: number;
}

/** Where an end was planned, so much of alpha goes to the sequence, the rest to the final look (statistics A12.3). */
const SEQUENCE_SHARE = 0.4;

/**
 * The plan of a pair at one level: alpha whole, or split where an end was planned; N* is the planned people of the pair,
 * the share of traffic that goes to it (statistics A12.2). Unknown shares count as equal.
 * Example: 40,000 people planned over 50/25/25, alpha 0.025, pair (0, 1): sequence 0.01, final 0.015, N* 30,000.
 */
export function planPair(family: Family, one: number, other: number, alpha: number): PairPlan {
  const { plannedEnd, plannedVisitors, neededCounts } = family.settings;
  if (plannedEnd === null) return { alpha, finalAlpha: null, plannedVisitors, neededCounts };
  return {
    alpha: alpha * SEQUENCE_SHARE,
    finalAlpha: alpha * (1 - SEQUENCE_SHARE),
    plannedVisitors: plannedEnd * pairShare(family.weights, one, other),
    neededCounts,
  };
}

/** Share of the family's traffic that goes to two of its arms, 0 to 1. */
export function pairShare(weights: readonly (number | null)[], one: number, other: number): number {
  let sum = 0;
  for (const weight of weights) {
    if (weight === null || !(weight > 0)) return 2 / Math.max(2, weights.length);
    sum += weight;
  }
  return ((weights[one] ?? 0) + (weights[other] ?? 0)) / sum;
}

/** Level of one comparison with the reference: alpha / (k - 1). */
export const comparisonAlpha = ({ alpha, ids }: Family): number =>
  alpha / Math.max(1, ids.length - 1);

/** Level of one pair in the family of all pairs: alpha / (k (k - 1) / 2). */
export const pairAlpha = ({ alpha, ids }: Family): number =>
  alpha / Math.max(1, (ids.length * (ids.length - 1)) / 2);
