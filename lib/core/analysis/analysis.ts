import type { GoalId, VariationId } from '@/lib/core/experiment/ids';
import type { PlatformFigures, Unit } from '@/lib/core/experiment/snapshot';

/** Ends as fractions; null is "no limit yet" on that side (a half-line, statistics A12.9). */
export interface Interval {
  readonly lower: number | null;
  readonly upper: number | null;
}

/** statistics A12.7; `inconclusive` is shown as "undecided". */
export type VariationState =
  | 'winner'
  | 'loser'
  | 'no-difference'
  | 'inconclusive'
  | 'collecting'
  | 'blocked'
  | 'not-applicable';

export type ExperimentState =
  | 'blocked'
  | 'not-applicable'
  | 'winner'
  | 'several-winners'
  | 'loser'
  | 'no-difference'
  | 'collecting'
  | 'inconclusive';

/**
 * Why a state is what it is, as data; `core/words` makes sentences of it.
 * Days are days since launch, shares are fractions, `needed` and `missing` count people of the pair unless named otherwise.
 */
export type Reason =
  | {
      readonly kind: 'split-broken';
      readonly p: number;
      readonly configured: readonly number[];
      readonly observed: readonly number[];
    }
  | {
      readonly kind: 'zero-weight-arm-has-visitors';
      readonly variationId: VariationId;
      readonly visitors: number;
    }
  | { readonly kind: 'split-changed'; readonly atMs: number }
  | { readonly kind: 'split-unknown' }
  | { readonly kind: 'counts-fell'; readonly variationId: VariationId }
  | { readonly kind: 'unit-visits' }
  | { readonly kind: 'unit-unproven' }
  | { readonly kind: 'bandit' }
  | { readonly kind: 'multivariate' }
  | { readonly kind: 'no-reference' }
  | { readonly kind: 'no-main-goal' }
  | { readonly kind: 'one-arm' }
  | { readonly kind: 'not-started' }
  /** Another goal than the main one: figures are shown, nothing is ever called on them (A12.6). */
  | { readonly kind: 'exploratory' }
  /** Expected counts below the gate of 25 (A12.4), which is `needed` here. `missing` people until the first interval at the present rate, null when no rate is known. */
  | {
      readonly kind: 'few-counts';
      readonly smallestExpected: number;
      readonly needed: number;
      readonly missing: number | null;
    }
  | { readonly kind: 'no-conversions' }
  /** The interval excludes 0 upward, but a winner needs 7 full days. */
  | {
      readonly kind: 'few-days';
      readonly days: number;
      readonly neededDays: number;
      readonly untilMs: number;
    }
  | { readonly kind: 'too-small-to-matter'; readonly smallestEffect: number }
  | { readonly kind: 'beats-all'; readonly others: readonly VariationId[] }
  | { readonly kind: 'none-best'; readonly pairs: readonly PairReading[] };

/** Two variations held against each other in the family of all pairs; lift of `betterId` over `otherId`. */
export interface PairReading {
  readonly betterId: VariationId;
  readonly otherId: VariationId;
  readonly lift: number | null;
  readonly liftInterval: Interval | null;
}

/** A variation against the reference on the judged goal. Nothing is drawn (all null) below the counts gate. */
export interface Comparison {
  readonly state: VariationState;
  readonly reasons: readonly Reason[];
  /** Absolute difference of rates, fraction. */
  readonly difference: number | null;
  readonly differenceInterval: Interval | null;
  /** rate / reference rate - 1. */
  readonly lift: number | null;
  /** Fieller, variances scaled to SE = max, at the level that decides (A12.9): it never contradicts `state`. */
  readonly liftInterval: Interval | null;
  /** Always-valid p times the number of comparisons, capped at 1; null below the gate. */
  readonly p: number | null;
  /** Level of one comparison's interval, e.g. 0.05 / 3. */
  readonly alpha: number;
  /** Share of the counts gate reached, 0 to 1. */
  readonly gateProgress: number;
}

export interface ArmReading {
  readonly variationId: VariationId;
  readonly name: string;
  readonly isReference: boolean;
  readonly isOriginal: boolean;
  /** Place in the configuration: 0 is the original (or the first); gives colour, marker, dash. */
  readonly place: number;
  readonly weight: number | null;
  readonly visitors: number;
  readonly visits: number;
  /** Units with a conversion on the judged goal. */
  readonly converted: number;
  /** converted / n, fraction; null when n is 0. */
  readonly rate: number | null;
  /** Wilson, 95 %, "at this moment": no promise under repeated looks. */
  readonly rateInterval: Interval | null;
  readonly platform: PlatformFigures;
  /** null for the reference, and where there is none. */
  readonly comparison: Comparison | null;
}

export type CheckId = 'split' | 'unit' | 'data' | 'setup';
export type CheckState = 'passed' | 'failed' | 'checking' | 'not-applicable';

/** One thing that was looked at before any verdict. */
export interface HealthCheck {
  readonly id: CheckId;
  readonly state: CheckState;
  /** What failed or is not known yet; empty when passed. */
  readonly reasons: readonly Reason[];
}

export interface Health {
  readonly state: 'healthy' | 'unhealthy' | 'checking';
  /** Always all checks, in a fixed order. */
  readonly checks: readonly HealthCheck[];
  /** Sequential SRM p (running minimum since the last split change) and the chi-square p (information only). */
  readonly split: { readonly sequentialP: number | null; readonly chiSquareP: number | null };
}

export interface Verdict {
  readonly state: ExperimentState;
  /** The winner that is best, or the loser when it is the only one; else null. */
  readonly variationId: VariationId | null;
  readonly winners: readonly VariationId[];
  readonly losers: readonly VariationId[];
  readonly reasons: readonly Reason[];
}

/** The moment a decisive state first held on a kept look, and what became of it (A12.8). */
export interface Call {
  readonly state: 'winner' | 'several-winners' | 'loser' | 'no-difference';
  readonly variationId: VariationId | null;
  readonly calledAtMs: number;
  /** Whole days since launch at the call. */
  readonly day: number;
  /** First look at least a day later on which it still held; null: not yet. */
  readonly confirmedAtMs: number | null;
}

export interface Analysis {
  readonly goalId: GoalId | null;
  readonly referenceId: VariationId | null;
  readonly confidenceLevel: number;
  /** What one decision counts once. */
  readonly unit: Unit;
  readonly asOfMs: number;
  /** Whole days since launch, null before it. */
  readonly day: number | null;
  readonly arms: readonly ArmReading[];
  /** The arm to put first in words: the winner, else the highest lift among those with an interval; null when none has one. */
  readonly leaderId: VariationId | null;
  readonly health: Health;
  readonly verdict: Verdict;
  readonly call: Call | null;
  readonly method: { readonly plannedVisitors: number; readonly smallestEffect: number };
}

/** One moment of the curve: every variation's lift with its interval, and rates. */
export interface CurvePoint {
  readonly atMs: number;
  readonly source: 'live' | 'backfill';
  readonly visitors: number;
  /** In the order of `Analysis.arms`. */
  readonly arms: readonly CurveArm[];
}

export interface CurveArm {
  readonly variationId: VariationId;
  readonly rate: number | null;
  readonly rateInterval: Interval | null;
  /** null below the counts gate, and for the reference. */
  readonly lift: number | null;
  readonly liftInterval: Interval | null;
}
