import type { Interval, Reason } from '@/lib/core/analysis/reason';
import type { VariationId } from '@/lib/core/experiment/ids';
import type { Unit } from '@/lib/core/experiment/snapshot';

/** What a call says of one variation against the reference. */
export type CallState = 'winner' | 'loser' | 'no-difference';

/**
 * The life of a call (statistics A12.8). `best` and `not-best`: a winner also beats every other arm, or no longer does.
 * `steadied`: a shaken call whose sequence excludes 0 again.
 */
export type CallEventKind =
  'called' | 'confirmed' | 'shaken' | 'steadied' | 'best' | 'not-best' | 'withdrawn';

/** The numbers an event rests on, as they were at that look; units are people (or first visits). */
export interface CallFigures {
  readonly reference: { readonly n: number; readonly x: number };
  readonly variation: { readonly n: number; readonly x: number };
  readonly lift: number | null;
  /** At the level that decides. */
  readonly liftInterval: Interval | null;
  /** Of one comparison. */
  readonly alpha: number;
}

export interface CallEvent {
  readonly kind: CallEventKind;
  /** Moment of the data. */
  readonly atMs: number;
  readonly figures: CallFigures;
  /** Of a withdrawal; else null. */
  readonly reason: WithdrawalReason | null;
}

/**
 * `fell-back`: the fixed interval at twice the level met 0 for a day; `superseded`: another call on the same variation.
 * The others: why what it rests on cannot be believed.
 */
export type WithdrawalReason =
  | { readonly kind: 'fell-back' }
  | { readonly kind: 'superseded' }
  | Extract<
      Reason,
      {
        readonly kind: 'split-broken' | 'unit-visits';
      }
    >;

/**
 * One variation called at one moment. Made by the sequence, or by the final look at the planned end (`isFinal`: then no
 * interval shakes it any more). Withdrawn calls stay in the log for ever.
 */
export interface Call {
  readonly variationId: VariationId;
  readonly state: CallState;
  readonly calledAtMs: number;
  /** Whole days since launch at the call. */
  readonly day: number;
  /** Its family: what was counted, and since when (null: since launch). A later family does not inherit the call. */
  readonly unit: Unit;
  readonly sinceMs: number | null;
  readonly isFinal: boolean;
  /** Since when every look says the same; null: the last one did not. */
  readonly heldSinceMs: number | null;
  /** First look at which it had held for a day; null: not yet. */
  readonly confirmedAtMs: number | null;
  /** Since when the fixed interval meets 0; null: it does not. */
  readonly shakenAtMs: number | null;
  /** Since when the fixed interval at twice the level meets 0 at every look; null: the last one did not. */
  readonly lowSinceMs: number | null;
  /** Since when it beats every other arm as well; null: it does not (or there is no claim of that kind). */
  readonly bestSinceMs: number | null;
  readonly withdrawn: { readonly atMs: number; readonly reason: WithdrawalReason } | null;
  /** Oldest first; the first is the call itself. */
  readonly events: readonly CallEvent[];
}

export const isStanding = (call: Call): boolean => call.withdrawn === null;

/** Which family a look belongs to: calls do not pass from one to another. */
export interface FamilyMark {
  readonly unit: Unit;
  readonly sinceMs: number | null;
}

export const isOfFamily = (call: Call, { unit, sinceMs }: FamilyMark): boolean =>
  call.unit === unit && call.sinceMs === sinceMs;
