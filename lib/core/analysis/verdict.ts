import type { VariationState, Verdict } from '@/lib/core/analysis/analysis';
import type { PairReading, Reason } from '@/lib/core/analysis/reason';
import type { Standing } from '@/lib/core/analysis/standing';
import type { VariationId } from '@/lib/core/experiment/ids';

export interface VerdictInput {
  readonly standing: Standing;
  /** Every variation but the reference, as judged. */
  readonly arms: readonly {
    readonly variationId: VariationId;
    readonly state: VariationState;
    readonly reasons: readonly Reason[];
  }[];
  readonly referenceId: VariationId | null;
  readonly bestId: VariationId | null;
  /** Where winners exist and none is best. */
  readonly open: readonly PairReading[];
}

/** The experiment's state: the first that applies of statistics A12.7, with its reasons as data. */
export function toVerdict({ standing, arms, referenceId, bestId, open }: VerdictInput): Verdict {
  const none = { variationId: null, winners: [], losers: [] };
  if (standing.kind === 'blocked' || standing.kind === 'not-applicable')
    return { state: standing.kind, ...none, reasons: standing.reasons };

  const withState = (state: VariationState): VariationId[] =>
    arms.filter((arm) => arm.state === state).map((arm) => arm.variationId);
  const winners = withState('winner');
  const losers = withState('loser');
  const noteOf = (id: VariationId): Reason[] =>
    arms
      .filter((arm) => arm.variationId === id)
      .flatMap((arm) => arm.reasons.filter(({ kind }) => kind === 'too-small-to-matter'));
  const found = { variationId: null, winners, losers };

  if (bestId !== null) {
    const rest = arms.map((arm) => arm.variationId).filter((id) => id !== bestId);
    const others = referenceId === null ? rest : [referenceId, ...rest];
    const reasons: Reason[] = [{ kind: 'beats-all', others }, ...noteOf(bestId)];
    return { ...found, state: 'winner', variationId: bestId, reasons };
  }
  if (winners.length > 0)
    return { ...found, state: 'several-winners', reasons: [{ kind: 'none-best', pairs: open }] };
  if (losers.length > 0 && losers.length === arms.length) {
    const variationId = losers.length === 1 ? (losers[0] ?? null) : null;
    const reasons = variationId === null ? [] : noteOf(variationId);
    return { ...found, state: 'loser', variationId, reasons };
  }
  const same = withState('no-difference').length;
  if (same > 0 && same === arms.length) return { ...found, state: 'no-difference', reasons: [] };

  const waiting = arms.filter((arm) => arm.state === 'collecting');
  const reasons = mergeReasons(waiting.flatMap((arm) => arm.reasons));
  const isCollecting = waiting.length > 0 && losers.length === 0 && same === 0;
  return { ...found, state: isCollecting ? 'collecting' : 'inconclusive', reasons };
}

/** One reason of each kind; of the gates the one that is farthest from open. */
function mergeReasons(reasons: readonly Reason[]): Reason[] {
  const kept = new Map<Reason['kind'], Reason>();
  for (const reason of reasons) {
    const known = kept.get(reason.kind);
    const isFarther =
      known?.kind === 'few-counts' &&
      reason.kind === 'few-counts' &&
      reason.smallestExpected < known.smallestExpected;
    if (known === undefined || isFarther) kept.set(reason.kind, reason);
  }
  return [...kept.values()];
}
