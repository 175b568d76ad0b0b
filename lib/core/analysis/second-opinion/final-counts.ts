import type { Analysis, ArmReading, Comparison } from '@/lib/core/analysis/analysis';
import type { Sample } from '@/lib/core/stats/sample';

export interface FinalCounts {
  /** null: the moment is not in what is shown. */
  readonly atMs: number | null;
  /** null: nothing that is shown was written down at that look. */
  readonly counts: { readonly reference: Sample; readonly variation: Sample } | null;
}

/**
 * The counts of the final look that decided, from the log of calls: a call made by that look wrote them down. Where the
 * sequence had called before, they are not kept, and nothing can be computed anew for that moment.
 */
export function findFinal({
  analysis,
  arm,
  comparison,
}: {
  readonly analysis: Analysis;
  readonly arm: ArmReading;
  readonly comparison: Comparison;
}): FinalCounts {
  const reason = comparison.reasons.find(({ kind }) => kind === 'planned-end');
  const atMs = reason?.kind === 'planned-end' ? reason.atMs : null;
  const event = analysis.calls
    .filter(({ variationId }) => variationId === arm.variationId)
    .flatMap(({ events }) => events)
    .find((written) => written.atMs === atMs && written.figures.alpha === comparison.alpha);
  const isThatLook = event !== undefined && event.figures.lift === comparison.lift;
  return { atMs, counts: isThatLook ? event.figures : null };
}
