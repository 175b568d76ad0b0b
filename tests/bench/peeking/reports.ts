import type { Experiment } from '@/lib/core/experiment/experiment';
import type { GoalId } from '@/lib/core/experiment/ids';
import { ORIGINAL, experimentId, goalId, projectId, variationId } from '@/lib/core/experiment/ids';
import type { Snapshot, Unit } from '@/lib/core/experiment/snapshot';
import { START_MS } from '@/tests/bench/peeking/world';

export const GOALS: readonly GoalId[] = [goalId(1), goalId(2), goalId(3)];

/** What the API would answer at one moment, in each of the ways it can be asked. */
export interface Reports {
  readonly experiment: Experiment;
  /** Asked to count people; whether it does is the API's secret. */
  readonly people: Snapshot;
  readonly visits: Snapshot;
  /** null where first visits cannot be had. */
  readonly first: Snapshot | null;
}

export const toExperiment = (
  weights: readonly number[],
  changes: Partial<Experiment> = {},
): Experiment => ({
  id: experimentId(1),
  name: 'A/A',
  project: { id: projectId(1), name: 'Simulation' },
  status: 'active',
  allocation: 'manual',
  isMultivariate: false,
  variations: weights.map((weight, place) => ({
    id: place === 0 ? ORIGINAL : variationId(place),
    name: `Arm ${place}`,
    isOriginal: place === 0,
    weight,
  })),
  goals: GOALS.map((id) => ({
    id,
    name: `Goal ${id}`,
    kind: 'CLICK',
    hasMultipleConversions: true,
  })),
  mainGoalId: GOALS[0] ?? null,
  tags: [],
  startedAtMs: START_MS,
  endedAtMs: null,
  statusChangedAtMs: null,
  splitChangedAtMs: null,
  ...changes,
});

export interface ArmReport {
  readonly visitors: number;
  readonly visits: number;
  /** By goal, in the order of `GOALS`. */
  readonly converted: readonly number[];
}

export function toSnapshot(
  unit: Unit,
  asOfMs: number,
  arms: readonly ArmReport[],
  sinceMs?: number,
): Snapshot {
  const platform = { rate: null, lift: null, reliability: null };
  return {
    experimentId: experimentId(1),
    asOfMs,
    ...(sinceMs === undefined ? {} : { sinceMs }),
    unit,
    arms: arms.map(({ visitors, visits, converted }, place) => ({
      variationId: place === 0 ? ORIGINAL : variationId(place),
      visitors,
      visits,
      goals: Object.fromEntries(
        converted.map((count, goal) => [
          GOALS[goal],
          { conversions: count, converted: count, revenue: null, platform },
        ]),
      ),
    })),
  };
}
