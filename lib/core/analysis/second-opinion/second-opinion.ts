import type { VariationState } from '@/lib/core/analysis/analysis';
import type { Reason } from '@/lib/core/analysis/reason';
import type { VariationId } from '@/lib/core/experiment/ids';

/** What is said of a variation's rate against the reference; `higher` need not be better (`method.better`). */
export type Claim = 'higher' | 'lower' | 'open';

/**
 * How sure something is, as fractions. One-sided (1): `confidence` is that the rate is higher, so near 0 means surely
 * lower, and `p` is 1 - confidence. Two-sided (2): `confidence` that it differs. Undefined is null in its place.
 */
export interface Figure {
  readonly confidence: number;
  readonly p: number;
  readonly sides: 1 | 2;
}

/** In the order in which they are taken; `reference`, `planned-end` and `gates` only where they apply. */
export type StepId =
  | 'recount'
  | 'reference'
  | 'unit'
  | 'conversions'
  | 'window'
  | 'sides'
  | 'variations'
  | 'looks'
  | 'planned-end'
  | 'gates';

/** Why a step leads where it does. */
export type StepReason =
  /** Its own counts give its figure, up to rounding; or they do not. */
  | { readonly kind: 'recounted' | 'differs' }
  | { readonly kind: 'other-reference'; readonly referenceId: VariationId }
  /** It counted per visit and we count per person; or it counted people already. */
  | { readonly kind: 'per-visit' | 'per-person' }
  /** Only first visits of people who are new are in these counts. */
  | { readonly kind: 'first-visits' }
  /** People cannot be counted in this report. */
  | { readonly kind: 'unit-visits' }
  /** Conversions and converted people, of the variation and its reference together. */
  | {
      readonly kind: 'all-conversions';
      readonly conversions: number;
      readonly converted: number;
    }
  | { readonly kind: 'converted-already' }
  /** Its figure and our counts come from one report. */
  | { readonly kind: 'same-report'; readonly atMs: number }
  /** These counts begin at the change of the split; what its own page shows may begin earlier. */
  | { readonly kind: 'counted-since'; readonly atMs: number }
  /** Ours was decided at the planned end, on the counts of that moment; null: the moment is not in what is shown. */
  | { readonly kind: 'final-look'; readonly atMs: number | null }
  | { readonly kind: 'one-sided' | 'two-sided-already' }
  /** Variations held against the reference: 1 needs no correction. */
  | { readonly kind: 'comparisons'; readonly comparisons: number }
  /** From one look to every look: the always-valid p with SE = max, tuned to so many people of the pair. */
  | { readonly kind: 'every-look'; readonly plannedVisitors: number }
  /** The sequence has this share of alpha, the final look the rest; or the final look decided with its share. */
  | { readonly kind: 'level-shared' | 'level-final'; readonly share: number }
  | {
      readonly kind: 'held-back';
      readonly state: VariationState;
      readonly reasons: readonly Reason[];
    }
  /** Nothing to compute from: nobody converted, or everybody, or nobody came. */
  | { readonly kind: 'no-spread' }
  /** More conversions than units: not a rate. */
  | { readonly kind: 'not-a-rate' };

export interface OpinionStep {
  readonly id: StepId;
  readonly before: Figure | null;
  /** The next step begins with it; the last one's p is ours. */
  readonly after: Figure | null;
  /** Whether the figure moved (of a recount: by more than its rounding), or a statement is held back. */
  readonly changed: boolean;
  /** false: it could not be computed from these counts and was passed over, or ours was taken as it stands. */
  readonly isRecomputed: boolean;
  readonly reason: StepReason;
}

/** What the platform's figure was computed from, as its own figures show. */
export interface PlatformBasis {
  readonly per: 'visitors' | 'visits';
  readonly counted: 'converted' | 'conversions';
  readonly sides: 1 | 2;
  /** What showed it: its rates, its reliabilities, or nothing (then what was asked for is assumed). */
  readonly evidence: 'rate' | 'reliability' | 'assumed';
}

/** One plain sentence, as data. `stepId`: the step that matters most, null where no single one moved the figure. */
export type Conclusion =
  | { readonly kind: 'agrees'; readonly claim: Claim }
  | {
      readonly kind: 'platform-surer';
      readonly claim: 'higher' | 'lower';
      readonly stepId: StepId | null;
    }
  /** `claim` is ours. `hasEarlierCall`: it was called on an earlier look and stands. */
  | {
      readonly kind: 'platform-less-sure';
      readonly claim: 'higher' | 'lower';
      readonly stepId: StepId | null;
      readonly hasEarlierCall: boolean;
    }
  | {
      readonly kind: 'opposite';
      readonly ours: 'higher' | 'lower';
      readonly stepId: StepId | null;
    }
  | {
      readonly kind: 'cannot-compare';
      readonly why: 'no-platform-figure' | 'nothing-judged';
    };

/** How our statement on one variation comes out of the platform's. */
export interface SecondOpinion {
  readonly variationId: VariationId;
  readonly platform: {
    /** As it gave it, fraction. */
    readonly reliability: number | null;
    /** At its own threshold. */
    readonly claim: Claim | null;
  };
  readonly ours: {
    readonly state: VariationState;
    readonly p: number | null;
    readonly confidence: number | null;
    /** null: nothing is said (collecting, blocked, not applicable). */
    readonly claim: Claim | null;
  };
  readonly basis: PlatformBasis | null;
  /** Empty where the platform gave no figure. */
  readonly steps: readonly OpinionStep[];
  readonly conclusion: Conclusion;
}
