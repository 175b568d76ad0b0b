import type { HealthCheck } from '@/lib/core/analysis/analysis';
import type { Reason } from '@/lib/core/analysis/reason';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { VariationId } from '@/lib/core/experiment/ids';
import type { Snapshot } from '@/lib/core/experiment/snapshot';
import { splitChiSquare } from '@/lib/core/stats/split-chi-square';
import { sequentialSplitP } from '@/lib/core/stats/split-sequential';

export interface SplitReading {
  readonly check: HealthCheck;
  /** Running minimum with this look; null where the split cannot be checked. */
  readonly sequentialP: number | null;
  /** Information only. */
  readonly chiSquareP: number | null;
}

/**
 * The split as it was changed after the start, or null. Sums over two phases are not sums of one experiment: with a
 * drifting rate they declare 99 % false winners (statistics A0.7). Counts that begin at the change are one phase.
 */
export function splitChange(
  { splitChangedAtMs, startedAtMs }: Experiment,
  { sinceMs }: Pick<Snapshot, 'sinceMs'>,
): number | null {
  if (splitChangedAtMs === null || (startedAtMs !== null && splitChangedAtMs <= startedAtMs))
    return null;
  return sinceMs !== undefined && sinceMs >= splitChangedAtMs ? null : splitChangedAtMs;
}

/**
 * Do visitors arrive as configured? Sequential p (running minimum) decides, chi-square is shown (statistics A12.5).
 * `priorP` is the minimum over earlier looks. A split that changed, or that nobody told, cannot be checked.
 */
export function readSplit(
  experiment: Experiment,
  snapshot: Snapshot,
  priorP: number,
  threshold: number,
): SplitReading {
  const changedAtMs = splitChange(experiment, snapshot);
  const visitors = new Map(snapshot.arms.map((arm) => [arm.variationId, arm.visitors]));
  const tested = experiment.variations.filter((variation) => variation.weight !== 0);
  const faults = strayVisitors(experiment, snapshot);
  if (changedAtMs !== null && snapshot.asOfMs >= changedAtMs)
    return closed('failed', [{ kind: 'split-changed', atMs: changedAtMs }, ...faults]);
  const weights = tested.flatMap(({ weight }) => (weight !== null && weight > 0 ? [weight] : []));
  // Before a change the split of that time is not known any more: the configuration tells the new one.
  if (changedAtMs !== null || weights.length !== tested.length)
    return faults.length > 0
      ? closed('failed', faults)
      : closed('checking', [{ kind: 'split-unknown' }]);

  const observed = tested.map(({ id }) => visitors.get(id) ?? 0);
  const total = observed.reduce((sum, count) => sum + count, 0);
  const now = total > 0 ? sequentialSplitP(observed, weights) : null;
  if (now === null) return closed(faults.length > 0 ? 'failed' : 'checking', faults);
  const sequentialP = Math.min(priorP, now);
  const configuredSum = weights.reduce((sum, weight) => sum + weight, 0);
  const reasons: Reason[] = [...faults];
  if (sequentialP < threshold)
    reasons.unshift({
      kind: 'split-broken',
      p: sequentialP,
      configured: weights.map((weight) => weight / configuredSum),
      observed: observed.map((count) => count / total),
    });
  return {
    check: { id: 'split', state: reasons.length > 0 ? 'failed' : 'passed', reasons },
    sequentialP,
    chiSquareP: splitChiSquare(observed, weights)?.p ?? null,
  };
}

/** Visitors where none were sent: arms configured to 0 %, and arms that the configuration does not know (any more). */
function strayVisitors(experiment: Experiment, snapshot: Snapshot): Reason[] {
  const weightOf = new Map<VariationId, number | null>(
    experiment.variations.map(({ id, weight }) => [id, weight]),
  );
  return snapshot.arms
    .filter(({ variationId, visitors }) => {
      const weight = weightOf.get(variationId);
      return visitors > 0 && (weight === 0 || weight === undefined);
    })
    .map(({ variationId, visitors }) => ({
      kind: 'zero-weight-arm-has-visitors',
      variationId,
      visitors,
    }));
}

const closed = (state: HealthCheck['state'], reasons: readonly Reason[]): SplitReading => ({
  check: { id: 'split', state, reasons },
  sequentialP: null,
  chiSquareP: null,
});
