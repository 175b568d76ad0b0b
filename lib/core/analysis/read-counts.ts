import type { Experiment, Variation } from '@/lib/core/experiment/experiment';
import type { GoalId } from '@/lib/core/experiment/ids';
import type { PlatformFigures, Snapshot, Unit, UnitProof } from '@/lib/core/experiment/snapshot';
import type { Sample } from '@/lib/core/stats/sample';

export interface ArmInput {
  readonly variation: Variation;
  readonly place: number;
  readonly visitors: number;
  readonly visits: number;
  readonly converted: number;
  readonly conversions: number;
  readonly revenue: number | null;
  readonly platform: PlatformFigures;
  /** What the rate is made of; null where more converted than there are units: such counts are not a rate. */
  readonly sample: Sample | null;
}

export interface CountsReading {
  readonly unit: Unit;
  readonly proof: UnitProof;
  /** In the order of the configuration; a variation without counts has zeros. */
  readonly arms: readonly ArmInput[];
}

const NO_FIGURES: PlatformFigures = { rate: null, lift: null, reliability: null };

/**
 * Counts of one goal by variation. More converted than visitors proves that `converted` counts visits, whatever was
 * asked for (statistics A12.1); rates are then per visit and nothing is decided on them. First visits need no proof.
 */
export function readCounts(
  experiment: Experiment,
  snapshot: Snapshot,
  goalId: GoalId | null,
  given: UnitProof,
): CountsReading {
  const counted = new Map(snapshot.arms.map((arm) => [arm.variationId, arm]));
  const rows = experiment.variations.map((variation, place) => {
    const arm = counted.get(variation.id);
    const goal = goalId === null ? undefined : arm?.goals[goalId];
    return {
      variation,
      place,
      visitors: whole(arm?.visitors),
      visits: whole(arm?.visits),
      converted: whole(goal?.converted),
      conversions: whole(goal?.conversions),
      revenue: goal?.revenue ?? null,
      platform: goal?.platform ?? NO_FIGURES,
    };
  });
  const isVisits =
    snapshot.unit === 'visits' ||
    (snapshot.unit === 'visitors' && given === 'visits') ||
    rows.some(({ converted, visitors }) => converted > visitors);
  const arms = rows.map((row): ArmInput => {
    const n = isVisits ? row.visits : row.visitors;
    return { ...row, sample: row.converted <= n ? { n, x: row.converted } : null };
  });
  return { unit: isVisits ? 'visits' : snapshot.unit, proof: isVisits ? 'visits' : given, arms };
}

/** A count as it can be used: what is not a number at least 0 counts as nothing. */
const whole = (count: number | undefined): number =>
  count !== undefined && Number.isFinite(count) && count > 0 ? count : 0;
