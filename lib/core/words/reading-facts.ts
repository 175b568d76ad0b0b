/** Look-ups the sentences share: who an id is, what the goal is called, which reason stands. */
import type { Analysis, ArmReading } from '@/lib/core/analysis/analysis';
import type { Interval, Reason } from '@/lib/core/analysis/reason';
import type { VariationId } from '@/lib/core/experiment/ids';
import type { Reading } from '@/lib/core/live/reading';
import type { Formats } from '@/lib/core/words/formats';

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** A right-to-left name in a sentence is wrapped in isolates, so that it cannot turn the words around it. */
export const isolate = (name: string): string =>
  RIGHT_TO_LEFT.test(name) ? `\u2068${name}\u2069` : name;

export const armOf = (analysis: Analysis, id: VariationId | null): ArmReading | null =>
  analysis.arms.find((arm) => arm.variationId === id) ?? null;

export const nameOf = (reading: Reading, id: VariationId | null): string =>
  isolate(reading.experiment.variations.find((variation) => variation.id === id)?.name ?? '');

export const namesOf = (reading: Reading, ids: readonly VariationId[], formats: Formats): string =>
  formats.list(ids.map((id) => nameOf(reading, id)));

export const goalNameOf = (reading: Reading): string => {
  const id = reading.analysis?.goalId ?? reading.experiment.mainGoalId;
  return isolate(reading.experiment.goals.find((goal) => goal.id === id)?.name ?? '');
};

export const mainGoalNameOf = (reading: Reading): string =>
  isolate(
    reading.experiment.goals.find((goal) => goal.id === reading.experiment.mainGoalId)?.name ?? '',
  );

export const referenceNameOf = (reading: Reading): string =>
  nameOf(reading, reading.analysis?.referenceId ?? null);

/** The verdict's own reasons first, then those of single comparisons and checks. */
export const allReasons = (analysis: Analysis): readonly Reason[] => [
  ...analysis.verdict.reasons,
  ...analysis.arms.flatMap((arm) => arm.comparison?.reasons ?? []),
  ...analysis.health.checks.flatMap((check) => check.reasons),
];

/** Whether a reading judges first visits only: named wherever its unit is (statistics A12.1). */
export const isFirstVisits = (analysis: Analysis): boolean => analysis.unit === 'first-visits';

export function findReason<Kind extends Reason['kind']>(
  reasons: readonly Reason[],
  kind: Kind,
): Extract<Reason, { kind: Kind }> | undefined {
  return reasons.find((reason): reason is Extract<Reason, { kind: Kind }> => reason.kind === kind);
}

/** Ends of an interval as message values; `range` says which ends there are. */
export const rangeValues = (interval: Interval | null, formats: Formats) => ({
  range: rangeKind(interval),
  lower: formats.signedPercent(interval?.lower ?? 0),
  upper: formats.signedPercent(interval?.upper ?? 0),
});

function rangeKind(interval: Interval | null): 'both' | 'lower' | 'upper' | 'none' {
  if (interval === null) return 'none';
  if (interval.lower !== null && interval.upper !== null) return 'both';
  if (interval.lower !== null) return 'lower';
  return interval.upper === null ? 'none' : 'upper';
}

/** Shares as "54% / 46%"; one decimal where whole percents would hide the difference. */
export function sharesInWords(
  observed: readonly number[],
  configured: readonly number[],
  formats: Formats,
): { readonly observed: string; readonly configured: string } {
  const join = (shares: readonly number[], format: (n: number) => string): string =>
    shares.map(format).join(' / ');
  const whole = join(observed, formats.wholePercent);
  if (whole !== join(configured, formats.wholePercent))
    return { observed: whole, configured: join(configured, formats.wholePercent) };
  return {
    observed: join(observed, formats.percent),
    configured: join(configured, formats.percent),
  };
}
