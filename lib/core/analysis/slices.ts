import type { Interval } from '@/lib/core/analysis/reason';
import { comparePair } from '@/lib/core/analysis/compare-pair';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { GoalId, VariationId } from '@/lib/core/experiment/ids';
import type { Snapshot } from '@/lib/core/experiment/snapshot';
import { liftOf } from '@/lib/core/stats/lift';
import type { Sample } from '@/lib/core/stats/sample';

/** Counts of one slice as they were read; `value` as the API names it, null where nothing was cut. */
export interface SliceCounts {
  readonly value: string | null;
  readonly snapshot: Snapshot;
}

export interface SliceArm {
  readonly variationId: VariationId;
  readonly name: string;
  readonly place: number;
  readonly isReference: boolean;
  /** People or visits, see `Slices.unit`. */
  readonly n: number;
  readonly converted: number;
  /** converted / n, fraction; null when n is 0. */
  readonly rate: number | null;
  /** rate / reference rate - 1; null below the counts gate, for the reference, and where that converted nobody. */
  readonly lift: number | null;
  /** Simultaneous over all slices shown; null where there is no lift, and where visits are counted. */
  readonly liftInterval: Interval | null;
}

export interface Slice {
  readonly value: string | null;
  readonly n: number;
  readonly arms: readonly SliceArm[];
}

/** A closer look, explored and never judged (statistics A12.6). */
export interface Slices {
  readonly key: string;
  readonly unit: 'visitors' | 'visits';
  /** Upstream time up to which events are counted. */
  readonly asOfMs: number;
  /** Largest first; at most `MOST_SLICES`. */
  readonly slices: readonly Slice[];
  /** Smaller ones that are not shown. */
  readonly left: number;
  /** Level of all intervals together, 0 to 1; null where there are none, see `withheld`. */
  readonly level: number | null;
  /** Why there are no intervals: visits of one person are not independent, or what is counted is not proven to be people. */
  readonly withheld: 'visits' | 'unit' | null;
  /** Since when events count where that is not the launch: the split was changed then. */
  readonly sinceMs: number | null;
}

export const MOST_SLICES = 12;

export interface SliceMethod {
  readonly goalId: GoalId | null;
  readonly referenceId: VariationId | null;
  readonly confidenceLevel: number;
  readonly plannedVisitors: number;
  readonly neededCounts: number;
  /** Whether `converted` counts people: without that no interval keeps its promise (statistics A0.8). */
  readonly countsPeople: boolean;
  readonly sinceMs: number | null;
}

/**
 * Each slice's variations against the reference on one goal. The intervals are confidence sequences whose error is
 * shared by all comparisons of all slices shown, so that looking for the slice that shines cannot find one by chance
 * more often than the level says.
 */
export function toSlices(
  key: string,
  experiment: Experiment,
  counted: readonly SliceCounts[],
  method: SliceMethod,
): Slices {
  const first = counted[0]?.snapshot;
  const unit = first?.unit === 'visits' ? 'visits' : 'visitors';
  const sized = counted
    .map((slice) => ({ ...slice, n: sumOf(slice.snapshot, unit) }))
    .filter(({ n }) => n > 0)
    .toSorted((a, b) => b.n - a.n);
  const shown = sized.slice(0, MOST_SLICES);
  const arms = experiment.variations.filter(({ weight }) => weight !== 0);
  const comparisons = shown.length * Math.max(1, arms.length - 1);
  const alpha = (1 - method.confidenceLevel) / Math.max(1, comparisons);
  const isJudgeable = unit === 'visitors' && method.countsPeople;
  return {
    key,
    unit,
    asOfMs: first?.asOfMs ?? 0,
    slices: shown.map(({ value, snapshot, n }) => ({
      value,
      n,
      arms: toArms(experiment, snapshot, unit, method, isJudgeable ? alpha : null),
    })),
    left: sized.length - shown.length,
    level: isJudgeable ? method.confidenceLevel : null,
    withheld: isJudgeable ? null : unit === 'visits' ? 'visits' : 'unit',
    sinceMs: method.sinceMs,
  };
}

const sumOf = ({ arms }: Snapshot, unit: 'visitors' | 'visits'): number =>
  arms.reduce((sum, arm) => sum + arm[unit], 0);

function toArms(
  experiment: Experiment,
  snapshot: Snapshot,
  unit: 'visitors' | 'visits',
  { goalId, referenceId, plannedVisitors, neededCounts }: SliceMethod,
  alpha: number | null,
): readonly SliceArm[] {
  const sampleOf = (id: VariationId): Sample => {
    const arm = snapshot.arms.find(({ variationId }) => variationId === id);
    const x = goalId === null ? 0 : (arm?.goals[goalId]?.converted ?? 0);
    return { n: arm?.[unit] ?? 0, x };
  };
  const reference = referenceId === null ? null : sampleOf(referenceId);
  return experiment.variations.map(({ id, name }, place) => {
    const own = sampleOf(id);
    const isReference = id === referenceId;
    const plan = { alpha: alpha ?? 0.05, finalAlpha: null, plannedVisitors, neededCounts };
    const pair =
      reference === null || isReference || goalId === null || !isSound(own) || !isSound(reference)
        ? null
        : comparePair(reference, own, plan);
    const lift = pair?.kind === 'ready' && reference !== null ? liftOf(reference, own) : null;
    return {
      variationId: id,
      name,
      place,
      isReference,
      n: own.n,
      converted: own.x,
      rate: own.n > 0 ? own.x / own.n : null,
      lift,
      liftInterval:
        pair?.kind === 'ready' && lift !== null && alpha !== null ? pair.liftInterval : null,
    };
  });
}

/** More converted than counted is possible where visits hide behind people: no rate of that can be held against another. */
const isSound = ({ n, x }: Sample): boolean => x <= n;
