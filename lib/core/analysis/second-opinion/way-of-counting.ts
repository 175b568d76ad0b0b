import type { ArmReading } from '@/lib/core/analysis/analysis';
import type { Certainty } from '@/lib/core/analysis/second-opinion/certainty';
import { alwaysValid, oneSided, twoSided } from '@/lib/core/analysis/second-opinion/certainty';
import type { ComparisonPlan } from '@/lib/core/analysis/second-opinion/pair-plan-of';
import { countsBy } from '@/lib/core/analysis/second-opinion/platform-basis';
import { tuneRho2 } from '@/lib/core/stats/confidence-sequence';
import type { Sample } from '@/lib/core/stats/sample';
import { standardErrors } from '@/lib/core/stats/standard-error';

/** One way between the platform's and ours: every step changes one part of it. */
export interface WayOfCounting {
  readonly reference: ArmReading;
  readonly per: 'visitors' | 'visits';
  readonly counted: 'converted' | 'conversions';
  /** Counts of another moment, which stand in for those of the analysis; null: none do. */
  readonly frozen: { readonly reference: Sample; readonly variation: Sample } | null;
  readonly sides: 1 | 2;
  /** Whether the number of variations is paid for. */
  readonly isCorrected: boolean;
  /** One look; every look; every look at the sequence's share of alpha; the one final look at its share. */
  readonly looks: 'one' | 'every' | 'every-shared' | 'final';
}

export type Counted =
  | { readonly kind: 'known'; readonly certainty: Certainty }
  | { readonly kind: 'unknown'; readonly reason: { readonly kind: 'no-spread' | 'not-a-rate' } };

/** The figure of one way of counting, from counts alone. The end of all steps computes what `comparePair` does. */
export function countBy(arm: ArmReading, way: WayOfCounting, plan: ComparisonPlan): Counted {
  const [a, b] =
    way.frozen === null
      ? [countsBy(way.reference, way), countsBy(arm, way)]
      : [way.frozen.reference, way.frozen.variation];
  if (a.x > a.n || b.x > b.n) return { kind: 'unknown', reason: { kind: 'not-a-rate' } };
  const errors = standardErrors(a, b);
  const error = errors && (way.looks === 'one' ? errors.pooled : errors.max);
  if (error === null || !(error > 0)) return { kind: 'unknown', reason: { kind: 'no-spread' } };
  const z = (b.x / b.n - a.x / a.n) / error;
  return { kind: 'known', certainty: toCertainty(z, a.n + b.n, way, plan) };
}

function toCertainty(
  z: number,
  n: number,
  { sides, isCorrected, looks }: WayOfCounting,
  { alpha, comparisons, ownAlpha, pair }: ComparisonPlan,
): Certainty {
  if (looks === 'one') {
    if (sides === 1) return oneSided(z);
    return twoSided(z, isCorrected ? comparisons : 1);
  }
  if (looks === 'final') return twoSided(z, alpha / (pair.finalAlpha ?? ownAlpha));
  const level = looks === 'every' ? ownAlpha : pair.alpha;
  return alwaysValid(z, n, tuneRho2(level, pair.plannedVisitors), alpha / level);
}
