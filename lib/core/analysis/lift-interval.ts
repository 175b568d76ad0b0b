import type { Interval } from '@/lib/core/analysis/reason';
import { fieller } from '@/lib/core/stats/fieller';
import type { Sample } from '@/lib/core/stats/sample';

/**
 * The lift interval that is shown (statistics A12.9): Fieller with both variances scaled to sum to SE_max², so that it
 * excludes 0 exactly when the difference's interval does. A null end is a half-line.
 *
 * An arm without a single conversion has variance 0, and Fieller would say "-100 % to -100 %". It gets instead the
 * variance whose multiple is its Wilson limit at the same multiplier, c²/(n + c²), before the scaling.
 * Ends below -1 say nothing about a ratio of rates and are cut there.
 * Example: 250 of 5,000 against 300 of 5,000, multiplier 3.03521, SE_max 0.0045596: [-0.06831, 0.55542].
 */
export function liftInterval(
  reference: Sample,
  other: Sample,
  multiplier: number,
  maxError: number,
): Interval | null {
  const variances = [varianceFor(reference, multiplier), varianceFor(other, multiplier)] as const;
  const sum = variances[0] + variances[1];
  if (!(sum > 0)) return null;
  const scale = (maxError * maxError) / sum;
  const set = fieller(
    { rate: reference.x / reference.n, variance: variances[0] * scale },
    { rate: other.x / other.n, variance: variances[1] * scale },
    multiplier,
  );
  if (set === null) return null;
  return { lower: set.lower === null ? null : Math.max(-1, set.lower), upper: set.upper };
}

function varianceFor({ n, x }: Sample, multiplier: number): number {
  if (x === 0) return (multiplier / (n + multiplier * multiplier)) ** 2;
  const p = x / n;
  return (p * (1 - p)) / n;
}
