import type { Interval, Reason } from '@/lib/core/analysis/analysis';
import { countsGate } from '@/lib/core/analysis/gate';
import { liftInterval } from '@/lib/core/analysis/lift-interval';
import type { Settings } from '@/lib/core/analysis/settings';
import {
  alwaysValidP,
  lnEValue,
  sequenceMultiplier,
  tuneRho2,
} from '@/lib/core/stats/confidence-sequence';
import { liftOf } from '@/lib/core/stats/lift';
import type { Limits, Sample } from '@/lib/core/stats/sample';
import { standardErrors } from '@/lib/core/stats/standard-error';

export type PairFigures =
  | { readonly kind: 'too-early'; readonly progress: number; readonly reason: Reason }
  | {
      readonly kind: 'ready';
      /** `up` and `down`: the interval excludes 0. */
      readonly direction: 'up' | 'down' | 'open';
      readonly difference: number;
      readonly differenceInterval: Limits;
      readonly lift: number | null;
      readonly liftInterval: Interval | null;
      /** Always-valid p of this pair alone, at this look. */
      readonly p: number;
    };

/**
 * One arm held against another at one level: the confidence sequence with SE = max, rho² tuned with the level used
 * (statistics A12.2). Direction, interval and p come from the same numbers, so they agree.
 * Example: 1,000 of 20,000 against 1,250 of 20,000, alpha 0.05, N* 20,000: up, 0.0125 in [0.00545, 0.01955].
 */
export function comparePair(
  reference: Sample,
  other: Sample,
  alpha: number,
  { plannedVisitors, neededCounts }: Settings,
): PairFigures {
  const gate = countsGate(reference, other, neededCounts);
  const errors = standardErrors(reference, other);
  if (gate.reason !== null || errors === null)
    return {
      kind: 'too-early',
      progress: gate.progress,
      reason: gate.reason ?? { kind: 'no-conversions' },
    };
  const n = reference.n + other.n;
  const rho2 = tuneRho2(alpha, plannedVisitors);
  const multiplier = sequenceMultiplier(n, rho2, alpha);
  const difference = other.x / other.n - reference.x / reference.n;
  const half = multiplier * errors.max;
  return {
    kind: 'ready',
    direction: difference > half ? 'up' : difference < -half ? 'down' : 'open',
    difference,
    differenceInterval: { lower: difference - half, upper: difference + half },
    lift: liftOf(reference, other),
    liftInterval: liftInterval(reference, other, multiplier, errors.max),
    p: alwaysValidP(lnEValue(difference / errors.max, n, rho2)),
  };
}
