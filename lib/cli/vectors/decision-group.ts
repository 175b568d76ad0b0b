import { z } from 'zod';
import type { Group } from '@/lib/cli/vectors/inputs';
import { Alpha, Counts } from '@/lib/cli/vectors/inputs';
import { analyse } from '@/lib/core/analysis/analyse';
import type { VariationState } from '@/lib/core/analysis/analysis';
import { DAY_MS } from '@/lib/core/analysis/decide';
import { pairAlpha } from '@/lib/core/analysis/family';
import { startHistory } from '@/lib/core/analysis/history';
import type { Settings } from '@/lib/core/analysis/settings';
import { DEFAULT_SETTINGS } from '@/lib/core/analysis/settings';
import type { Experiment } from '@/lib/core/experiment/experiment';
import { ORIGINAL, experimentId, goalId, projectId, variationId } from '@/lib/core/experiment/ids';
import type { Snapshot } from '@/lib/core/experiment/snapshot';
import type { Sample } from '@/lib/core/stats/sample';

const Input = z.object({
  arms: z.array(Counts).min(2),
  weights: z.array(z.number()),
  alpha: Alpha,
  Nstar: z.number(),
  min_conversions_and_nonconversions: z.number().default(DEFAULT_SETTINGS.neededCounts),
  srm_threshold: z.number().default(DEFAULT_SETTINGS.splitThreshold),
  // The product's own; another one would be another product.
  srm_concentration: z.literal(10_000).default(10_000),
});

/** The product's own analysis of people counted for two weeks, first arm the original. */
export const decision: Group = (input) => {
  const given = Input.parse(input);
  const { arms, weights, alpha } = given;
  const settings: Settings = {
    ...DEFAULT_SETTINGS,
    plannedVisitors: given.Nstar,
    neededCounts: given.min_conversions_and_nonconversions,
    splitThreshold: given.srm_threshold,
    // The reference rule knows no effect that is too small to matter.
    smallestEffect: 0,
  };
  const analysis = analyse({
    experiment: experimentOf(weights),
    snapshot: snapshotOf(arms),
    proof: 'visitors',
    history: startHistory(),
    method: { goalId: null, referenceId: null, confidenceLevel: 1 - alpha },
    settings,
  });
  const compared = analysis.arms.slice(1).map(({ comparison }) => comparison);
  const best = analysis.arms.findIndex((arm) => arm.variationId === analysis.verdict.variationId);
  const family = { ids: arms.map((_, place) => String(place)), reference: 0, weights, alpha };
  return {
    srm_sequential_p: analysis.health.split.sequentialP,
    per_variation_alpha: compared[0]?.alpha ?? null,
    pairwise_alpha: pairAlpha({ ...family, better: 'higher', startedAtMs: 0, settings }),
    states: compared.map((comparison) => wordOf(comparison?.state)),
    best: analysis.verdict.state === 'winner' && best > 0 ? best : null,
  };
};

/** States in the words of the file. */
const wordOf = (state: VariationState | undefined): string | null =>
  state === undefined ? null : state === 'collecting' ? 'not_enough_data' : state;

const GOAL = goalId(1);
const idAt = (place: number) => (place === 0 ? ORIGINAL : variationId(place));

function experimentOf(weights: readonly number[]): Experiment {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    id: experimentId(1),
    name: '',
    project: { id: projectId(1), name: '' },
    status: 'active',
    allocation: 'manual',
    isMultivariate: false,
    variations: weights.map((weight, place) => ({
      id: idAt(place),
      name: '',
      isOriginal: place === 0,
      weight: weight / whole,
    })),
    goals: [{ id: GOAL, name: '', kind: '', hasMultipleConversions: false }],
    mainGoalId: GOAL,
    tags: [],
    startedAtMs: 0,
    endedAtMs: null,
    statusChangedAtMs: null,
    splitChangedAtMs: null,
  };
}

const snapshotOf = (arms: readonly Sample[]): Snapshot => ({
  experimentId: experimentId(1),
  asOfMs: 14 * DAY_MS,
  unit: 'visitors',
  arms: arms.map(({ n, x }, place) => ({
    variationId: idAt(place),
    visitors: n,
    visits: n,
    goals: {
      [GOAL]: {
        conversions: x,
        converted: x,
        revenue: null,
        platform: { rate: null, lift: null, reliability: null },
      },
    },
  })),
});
