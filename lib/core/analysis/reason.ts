import type { VariationId } from '@/lib/core/experiment/ids';

/** Ends as fractions; null is "no limit yet" on that side (a half-line, statistics A12.9). */
export interface Interval {
  readonly lower: number | null;
  readonly upper: number | null;
}

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
  /** Only first visits are judged: of people who come back nobody can tell whether they are counted once (A12.1). */
  | { readonly kind: 'first-visits' }
  | { readonly kind: 'bandit' }
  | { readonly kind: 'multivariate' }
  | { readonly kind: 'no-reference' }
  /** Variations that joined or left after the first look: their counts cover another time than the others' (A12.10). */
  | {
      readonly kind: 'arms-changed';
      readonly added: readonly VariationId[];
      readonly removed: readonly VariationId[];
    }
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
  /** Called earlier; this look alone would not say so, most often because its interval meets 0 again: ordinary (A12.8). */
  | { readonly kind: 'call-stands' }
  /** Decided by the final look at the planned end; the figures shown are those of that look (A12.3). */
  | { readonly kind: 'planned-end'; readonly atMs: number }
  | { readonly kind: 'beats-all'; readonly others: readonly VariationId[] }
  | { readonly kind: 'none-best'; readonly pairs: readonly PairReading[] };

/** Two variations held against each other in the family of all pairs; lift of `betterId` over `otherId`. */
export interface PairReading {
  readonly betterId: VariationId;
  readonly otherId: VariationId;
  readonly lift: number | null;
  readonly liftInterval: Interval | null;
}
