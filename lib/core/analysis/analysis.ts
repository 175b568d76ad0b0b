import type { Call } from '@/lib/core/analysis/call';
import type { Interval, Reason } from '@/lib/core/analysis/reason';
import type { Better } from '@/lib/core/analysis/settings';
import type { GoalId, VariationId } from '@/lib/core/experiment/ids';
import type { PlatformFigures, Unit } from '@/lib/core/experiment/snapshot';

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
 * A variation against the reference on the judged goal. Nothing is drawn (all null) below the counts gate.
 * A call that stands keeps its state; where this look alone would not say so, `reasons` holds `call-stands`.
 */
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
  /**
   * Always-valid p of this look on the scale of the whole family (times the comparisons, and the share of alpha that is
   * spent), capped at 1: at most 1 - confidenceLevel exactly where the interval excludes 0. Null below the gate.
   */
  readonly p: number | null;
  /** Level of one comparison's interval, e.g. 0.05 / 3, or 0.02 / 3 where an end was planned. */
  readonly alpha: number;
  /** `final`: difference, lift, intervals and p are those of the final look, frozen (A12.3). */
  readonly basis: 'sequence' | 'final';
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
  /** All conversions on it, repeats included. */
  readonly conversions: number;
  /** Money without a currency; null where the API gave none. */
  readonly revenue: number | null;
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
  /** What failed or is not known yet; of what passed only how, where that matters (first visits). */
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

/** A goal that must not be harmed (A12.6: it warns and never decides), held at the whole level for each variation. */
export interface GuardrailReading {
  readonly goalId: GoalId;
  readonly variationId: VariationId;
  readonly better: Better;
  readonly state: 'harmed' | 'holds' | 'collecting';
  readonly lift: number | null;
  readonly liftInterval: Interval | null;
}

export interface Analysis {
  readonly goalId: GoalId | null;
  readonly referenceId: VariationId | null;
  readonly confidenceLevel: number;
  /** What one decision counts once. */
  readonly unit: Unit;
  /** Since when it is counted; null: since the launch. */
  readonly sinceMs: number | null;
  readonly asOfMs: number;
  /** Whole days since launch, null before it. */
  readonly day: number | null;
  readonly arms: readonly ArmReading[];
  /** The arm to put first in words: the winner, else the highest lift among those with an interval; null when none has one. */
  readonly leaderId: VariationId | null;
  readonly health: Health;
  readonly verdict: Verdict;
  /**
   * The call the verdict rests on; where nothing is decided, the newest one that was withdrawn; else null.
   * Never of another method than the one asked for.
   */
  readonly call: Call | null;
  /** Every call of this method, in the order they were made: withdrawn ones are never erased. */
  readonly calls: readonly Call[];
  readonly guardrails: readonly GuardrailReading[];
  readonly method: MethodUsed;
}

/** What the figures were made with; frozen at the first look. */
export interface MethodUsed {
  /** N* of a comparison with the reference, the largest where they differ. */
  readonly plannedVisitors: number;
  /** People of the whole experiment after whom the final look is taken; null: no end was planned. */
  readonly plannedEnd: number | null;
  /** Relative effect the plan is to find; null: none was planned. */
  readonly plannedEffect: number | null;
  readonly smallestEffect: number;
  /** Of the judged goal. */
  readonly better: Better;
  readonly maxOrderValue: number | null;
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
