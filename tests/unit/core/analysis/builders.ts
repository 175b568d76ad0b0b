import type { Analysis, Comparison } from '@/lib/core/analysis/analysis';
import type { AnalyseInput } from '@/lib/core/analysis/analyse';
import { analyse } from '@/lib/core/analysis/analyse';
import { startHistory } from '@/lib/core/analysis/history';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { GoalId, VariationId } from '@/lib/core/experiment/ids';
import { ORIGINAL, experimentId, goalId, projectId, variationId } from '@/lib/core/experiment/ids';
import { DEFAULT_METHOD } from '@/lib/core/experiment/question';
import type { GoalCounts, Look, Snapshot } from '@/lib/core/experiment/snapshot';

export const DAY = 24 * 60 * 60 * 1000;
export const START = Date.UTC(2026, 2, 2, 9, 30);
export const GOAL = goalId(312001);
export const OTHER_GOAL = goalId(312002);

export const at = (days: number): number => START + Math.round(days * DAY);
/** The id of the arm at a place: 0 is the original. */
export const armId = (place: number): VariationId =>
  place === 0 ? ORIGINAL : variationId(9000 + place);

/** `[visitors, converted]` of one arm. */
export type Arm = readonly [visitors: number, converted: number];

export function anExperiment(arms: number, changes: Partial<Experiment> = {}): Experiment {
  return {
    id: experimentId(188400),
    name: 'Checkout button',
    project: { id: projectId(1), name: 'Shop' },
    status: 'active',
    allocation: 'manual',
    isMultivariate: false,
    variations: Array.from({ length: arms }, (_, place) => ({
      id: armId(place),
      name: place === 0 ? 'Original' : `Variation ${place}`,
      isOriginal: place === 0,
      weight: 1 / arms,
    })),
    goals: [
      { id: GOAL, name: 'Order', kind: 'URL', hasMultipleConversions: false },
      { id: OTHER_GOAL, name: 'Click', kind: 'CLICK', hasMultipleConversions: true },
    ],
    mainGoalId: GOAL,
    tags: [],
    startedAtMs: START,
    endedAtMs: null,
    statusChangedAtMs: null,
    splitChangedAtMs: null,
    ...changes,
  };
}

/** The same experiment with other weights. */
export const withWeights = (
  experiment: Experiment,
  weights: readonly (number | null)[],
): Experiment => ({
  ...experiment,
  variations: experiment.variations.map((variation, place) => ({
    ...variation,
    weight: weights[place] ?? null,
  })),
});

const counts = (converted: number): GoalCounts => ({
  conversions: converted,
  converted,
  revenue: null,
  platform: { rate: null, lift: null, reliability: null },
});

export const aSnapshot = (arms: readonly Arm[], days = 10): Snapshot => ({
  experimentId: experimentId(188400),
  asOfMs: at(days),
  unit: 'visitors',
  arms: arms.map(([visitors, converted], place) => ({
    variationId: armId(place),
    visitors,
    visits: Math.ceil(visitors * 1.3),
    goals: { [GOAL]: counts(converted), [OTHER_GOAL]: counts(converted) } as Record<
      GoalId,
      GoalCounts
    >,
  })),
});

export const aLook = (arms: readonly Arm[], days: number): Look => ({
  snapshot: aSnapshot(arms, days),
  source: 'live',
});

/** `analyse` with a proven unit, no history and the default method, ten days in. */
export const analysed = (arms: readonly Arm[], changes: Partial<AnalyseInput> = {}): Analysis =>
  analyse({
    experiment: anExperiment(arms.length),
    snapshot: aSnapshot(arms),
    proof: 'visitors',
    history: startHistory(),
    method: DEFAULT_METHOD,
    ...changes,
  });

export function comparisonAt(analysis: Analysis, place: number): Comparison {
  const comparison = analysis.arms[place]?.comparison;
  if (!comparison) throw new Error(`no comparison at place ${place}`);
  return comparison;
}

export const kinds = (reasons: readonly { readonly kind: string }[]): string[] =>
  reasons.map(({ kind }) => kind);
