import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { pairAlpha } from '@/lib/core/analysis/family';
import { DEFAULT_SETTINGS } from '@/lib/core/analysis/settings';
import { aSnapshot, analysed, anExperiment, armId, comparisonAt, withWeights } from './builders';

interface Case {
  readonly id: string;
  readonly note: string;
  readonly input: {
    readonly arms: readonly { readonly visitors: number; readonly conversions: number }[];
    readonly weights: readonly number[];
    readonly alpha: number;
    readonly Nstar: number;
    readonly min_conversions_and_nonconversions: number;
    readonly srm_threshold: number;
  };
  readonly expected: {
    readonly srm_sequential_p: number;
    readonly per_variation_alpha: number;
    readonly pairwise_alpha: number;
    readonly states: readonly string[];
    readonly best: number | null;
  };
}

const fixture = new URL('../../../fixtures/stats/decision.json', import.meta.url);
const { cases, accept } = JSON.parse(readFileSync(fixture, 'utf8')) as {
  cases: Case[];
  accept: { p_abs: number };
};

describe('the product decides as the reference does', () => {
  expect(cases).toHaveLength(7);
  it.each(cases)('$id: $note', ({ input, expected }) => {
    const arms = input.arms.map((arm) => [arm.visitors, arm.conversions] as const);
    const analysis = analysed(arms, {
      experiment: withWeights(anExperiment(arms.length), input.weights),
      snapshot: aSnapshot(arms, 14),
      method: { goalId: null, referenceId: null, confidenceLevel: 1 - input.alpha },
      settings: {
        plannedVisitors: input.Nstar,
        neededCounts: input.min_conversions_and_nonconversions,
        splitThreshold: input.srm_threshold,
      },
    });
    const states = arms.slice(1).map((_, i) => comparisonAt(analysis, i + 1).state);
    expect(states.map((s) => (s === 'collecting' ? 'not_enough_data' : s))).toEqual(
      expected.states,
    );
    expect(analysis.verdict.variationId).toBe(
      expected.best !== null
        ? armId(expected.best)
        : states.length === 1 && states[0] === 'loser'
          ? armId(1)
          : null,
    );
    const splitP = analysis.health.split.sequentialP ?? NaN;
    expect(Math.abs(splitP - expected.srm_sequential_p)).toBeLessThanOrEqual(accept.p_abs);
    expect(comparisonAt(analysis, 1).alpha).toBeCloseTo(expected.per_variation_alpha, 12);
    expect(decisionPairAlpha(arms.length, input.alpha)).toBeCloseTo(expected.pairwise_alpha, 12);
  });
});

/** The level of all pairs is not part of an analysis; the family tells it. */
const decisionPairAlpha = (k: number, alpha: number): number =>
  pairAlpha({
    ids: Array.from({ length: k }, (_, place) => String(place)),
    reference: 0,
    weights: Array.from({ length: k }, () => 1),
    alpha,
    better: 'higher',
    startedAtMs: 0,
    settings: DEFAULT_SETTINGS,
  });
