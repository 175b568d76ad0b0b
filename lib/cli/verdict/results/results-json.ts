import type { Breakdown } from '@/lib/cli/verdict/results/breakdown';
import { speakVerdict } from '@/lib/cli/verdict/results/results-text';
import type { Reading } from '@/lib/core/live/reading';

/** Counts and fractions as they are; times are ISO, UTC. docs/shell.md tells every field. */
export function toResultsJson(
  reading: Reading,
  breakdown: Breakdown | null,
  nowMs: number,
  requests: number,
) {
  const { experiment, analysis } = reading;
  const { tag, headline, sentences, facts } = speakVerdict(reading, nowMs);
  const nameOf = (id: string) => ({
    id,
    name: experiment.variations.find((one) => one.id === id)?.name ?? null,
  });
  const verdict = analysis?.verdict ?? null;
  return {
    experiment: {
      id: experiment.id,
      name: experiment.name,
      status: experiment.status,
      project: experiment.project,
      startedAt: toIso(experiment.startedAtMs),
    },
    verdict: {
      state: verdict?.state ?? null,
      variation: verdict?.variationId == null ? null : nameOf(verdict.variationId),
      winners: (verdict?.winners ?? []).map(nameOf),
      losers: (verdict?.losers ?? []).map(nameOf),
      words: { tag, headline, sentences, facts },
      reasons: verdict?.reasons ?? [],
    },
    goal:
      experiment.goals.find(({ id }) => id === (analysis?.goalId ?? experiment.mainGoalId)) ?? null,
    reference: analysis?.referenceId == null ? null : nameOf(analysis.referenceId),
    unit: analysis?.unit ?? null,
    confidenceLevel: analysis?.confidenceLevel ?? null,
    asOf: toIso(analysis?.asOfMs ?? null),
    since: toIso(analysis?.sinceMs ?? null),
    day: analysis?.day ?? null,
    arms: (analysis?.arms ?? []).map((arm) => ({
      ...{ id: arm.variationId, name: arm.name, isReference: arm.isReference, weight: arm.weight },
      ...{ visitors: arm.visitors, visits: arm.visits, converted: arm.converted },
      ...{ conversions: arm.conversions, revenue: arm.revenue, rate: arm.rate },
      state: arm.comparison?.state ?? null,
      lift: arm.comparison?.lift ?? null,
      liftInterval: arm.comparison?.liftInterval ?? null,
      p: arm.comparison?.p ?? null,
      reasons: arm.comparison?.reasons ?? [],
    })),
    checks: (analysis?.health.checks ?? []).map(({ id, state, reasons }) => ({
      id,
      state,
      reasons,
    })),
    breakdown,
    requests,
  };
}

const toIso = (atMs: number | null): string | null =>
  atMs === null ? null : new Date(atMs).toISOString();
