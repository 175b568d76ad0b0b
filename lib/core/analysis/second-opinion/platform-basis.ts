import type { ArmReading } from '@/lib/core/analysis/analysis';
import type { PlatformBasis } from '@/lib/core/analysis/second-opinion/second-opinion';
import type { Unit } from '@/lib/core/experiment/snapshot';
import { oneSidedP } from '@/lib/core/stats/one-sided-p';
import type { Sample } from '@/lib/core/stats/sample';
import { rateOf } from '@/lib/core/stats/sample';
import { twoProportionTest } from '@/lib/core/stats/two-proportion-test';
import { twoSidedP } from '@/lib/core/stats/two-sided-p';

type Counting = Pick<PlatformBasis, 'per' | 'counted'>;

/** Half of the last digit shown: a tenth of a percentage point of a reliability, a hundredth of one of a rate. */
export const RELIABILITY_ROUNDING = 0.00051;
const RATE_ROUNDING = 0.000051;

/** Counts as one way of counting takes them. */
export const countsBy = (arm: ArmReading, { per, counted }: Counting): Sample => ({
  n: arm[per],
  x: arm[counted],
});

/**
 * What the platform's figures were computed from: nothing in a report says it, so its rates show which counts over which
 * units fit all rows, and where it gave no rates its reliabilities do. One basis holds for a whole report. Where nothing
 * shows it, it is what was asked for: converted over the unit of the report, one-sided (help text of the platform).
 * Example: rate 0.033013 beside 412 converted of 12,480 visits: visits, converted.
 */
export function findPlatformBasis(
  arms: readonly ArmReading[],
  reference: ArmReading,
  unit: Unit,
): PlatformBasis {
  const own = unit === 'visits' ? 'visits' : 'visitors';
  const other = own === 'visits' ? 'visitors' : 'visits';
  const ways: readonly [Counting, ...Counting[]] = [
    { per: own, counted: 'converted' },
    { per: own, counted: 'conversions' },
    { per: other, counted: 'converted' },
    { per: other, counted: 'conversions' },
  ];
  const byRate = closest(ways, (way) =>
    largestGap(arms, (arm) => gap(arm.platform.rate, rateOf(countsBy(arm, way)))),
  );
  const isByRate = byRate !== null && byRate.gap <= RATE_ROUNDING;
  const tries = (isByRate ? [byRate.way] : ways).flatMap((way) => [
    { ...way, sides: 1 as const },
    { ...way, sides: 2 as const },
  ]);
  const byReliability = closest(tries, (way) =>
    largestGap(arms, (arm) =>
      arm === reference
        ? null
        : gap(arm.platform.reliability, toReliability(reference, arm, way, way.sides)),
    ),
  );
  const isByReliability = byReliability !== null && byReliability.gap <= RELIABILITY_ROUNDING;
  if (isByRate) {
    const sides = isByReliability ? byReliability.way.sides : 1;
    return { ...byRate.way, sides, evidence: 'rate' };
  }
  return isByReliability
    ? { ...byReliability.way, evidence: 'reliability' }
    : { ...ways[0], sides: 1, evidence: 'assumed' };
}

/** Pooled z of one look, as the platform's help text has it: 1 - p. Null where undefined. */
function toReliability(
  reference: ArmReading,
  arm: ArmReading,
  way: Counting,
  sides: 1 | 2,
): number | null {
  const [a, b] = [countsBy(reference, way), countsBy(arm, way)];
  const test = a.x > a.n || b.x > b.n ? null : twoProportionTest(a, b);
  if (test === null) return null;
  return sides === 1 ? oneSidedP(-test.z) : 1 - twoSidedP(test.z);
}

const gap = (given: number | null, counted: number | null): number | null =>
  given === null ? null : counted === null ? Number.POSITIVE_INFINITY : Math.abs(given - counted);

/** null where no row says anything. */
function largestGap(
  arms: readonly ArmReading[],
  gapOf: (arm: ArmReading) => number | null,
): number | null {
  const gaps = arms.map(gapOf).filter((value) => value !== null);
  return gaps.length === 0 ? null : Math.max(...gaps);
}

/** The first of the closest, so that equal counts leave what was asked for. */
function closest<Way>(
  ways: readonly Way[],
  gapOf: (way: Way) => number | null,
): { readonly way: Way; readonly gap: number } | null {
  let best: { readonly way: Way; readonly gap: number } | null = null;
  for (const way of ways) {
    const found = gapOf(way);
    // A hair's breadth is rounding, not evidence.
    if (found !== null && (best === null || found < best.gap - 1e-9)) best = { way, gap: found };
  }
  return best;
}
