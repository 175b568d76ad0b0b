import type { PairPlan } from '@/lib/core/analysis/family';
import { countsGate } from '@/lib/core/analysis/gate';
import { liftInterval } from '@/lib/core/analysis/lift-interval';
import type { Interval, Reason } from '@/lib/core/analysis/reason';
import {
  alwaysValidP,
  lnEValue,
  sequenceMultiplier,
  tuneRho2,
} from '@/lib/core/stats/confidence-sequence';
import { liftOf } from '@/lib/core/stats/lift';
import { twoSidedQuantile } from '@/lib/core/stats/normal-quantile';
import type { Limits, Sample } from '@/lib/core/stats/sample';
import { standardErrors } from '@/lib/core/stats/standard-error';
import { twoSidedP } from '@/lib/core/stats/two-sided-p';

/** `up` and `down`: the interval excludes 0. */
export type Direction = 'up' | 'down' | 'open';

export interface ReadyFigures {
  readonly kind: 'ready';
  readonly direction: Direction;
  readonly difference: number;
  readonly differenceInterval: Limits;
  readonly lift: number | null;
  readonly liftInterval: Interval | null;
  /** Of this pair alone: always valid, or (final look) of one fixed look. At most `alpha` where the interval excludes 0. */
  readonly p: number;
  /** The level of the interval. */
  readonly alpha: number;
}

export type PairFigures =
  { readonly kind: 'too-early'; readonly progress: number; readonly reason: Reason } | ReadyFigures;

/**
 * One arm held against another: the confidence sequence with SE = max, rho² tuned with the level used
 * (statistics A12.2). Direction, interval and p come from the same numbers, so they agree.
 * Example: 1,000 of 20,000 against 1,250 of 20,000, alpha 0.05, N* 20,000: up, 0.0125 in [0.00545, 0.01955].
 */
export function comparePair(reference: Sample, other: Sample, plan: PairPlan): PairFigures {
  const early = tooEarly(reference, other, plan);
  const errors = standardErrors(reference, other);
  if (early !== null || errors === null) return early ?? NO_CONVERSIONS;
  const n = reference.n + other.n;
  const rho2 = tuneRho2(plan.alpha, plan.plannedVisitors);
  const multiplier = sequenceMultiplier(n, rho2, plan.alpha);
  const z = (other.x / other.n - reference.x / reference.n) / errors.max;
  const p = alwaysValidP(lnEValue(z, n, rho2));
  return toFigures(reference, other, { multiplier, error: errors.max, p, alpha: plan.alpha });
}

/**
 * The one look at a fixed level (statistics A12.3): d -+ z SE with SE = max; for the final look, where `n` has reached
 * the plan. Null below the counts gate.
 */
export function comparePairOnce(
  reference: Sample,
  other: Sample,
  plan: PairPlan,
  alpha: number,
): ReadyFigures | null {
  const errors = standardErrors(reference, other);
  if (errors === null || tooEarly(reference, other, plan) !== null) return null;
  const z = (other.x / other.n - reference.x / reference.n) / errors.max;
  const multiplier = twoSidedQuantile(alpha);
  return toFigures(reference, other, { multiplier, error: errors.max, p: twoSidedP(z), alpha });
}

const NO_CONVERSIONS: PairFigures = {
  kind: 'too-early',
  progress: 0,
  reason: { kind: 'no-conversions' },
};

function tooEarly(reference: Sample, other: Sample, plan: PairPlan): PairFigures | null {
  const { progress, reason } = countsGate(reference, other, plan.neededCounts);
  return reason === null ? null : { kind: 'too-early', progress, reason };
}

interface Spread {
  readonly multiplier: number;
  readonly error: number;
  readonly p: number;
  readonly alpha: number;
}

function toFigures(
  reference: Sample,
  other: Sample,
  { multiplier, error, p, alpha }: Spread,
): ReadyFigures {
  const difference = other.x / other.n - reference.x / reference.n;
  const half = multiplier * error;
  return {
    kind: 'ready',
    direction: difference > half ? 'up' : difference < -half ? 'down' : 'open',
    difference,
    differenceInterval: { lower: difference - half, upper: difference + half },
    lift: liftOf(reference, other),
    liftInterval: liftInterval(reference, other, multiplier, error),
    p,
    alpha,
  };
}
