import type { Limits, Sample } from '@/lib/core/stats/sample';

/**
 * Wilson score interval of one rate without continuity correction (Wilson 1927):
 * [p + z²/2n -+ z sqrt(p q/n + z²/4n²)] / (1 + z²/n). Fractions; never of zero width; null without units.
 * Example: 50 of 1,000 at z = 1.96: [0.03813, 0.06531]. 0 of 500: [0, 0.00762].
 */
export function wilson({ n, x }: Sample, z: number): Limits | null {
  if (!(n > 0)) return null;
  const p = x / n;
  const z2 = z * z;
  const middle = p + z2 / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  const scale = 1 + z2 / n;
  // The ends at 0 and 100 % are exact; cancellation would leave a few 1e-19.
  return {
    lower: x === 0 ? 0 : Math.max(0, (middle - half) / scale),
    upper: x === n ? 1 : Math.min(1, (middle + half) / scale),
  };
}
