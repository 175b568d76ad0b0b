import type { Comparison } from '@/lib/core/analysis/analysis';
import type { Call } from '@/lib/core/analysis/call';
import type { ArmDecision } from '@/lib/core/analysis/decide';
import type { Reason } from '@/lib/core/analysis/reason';
import type { Standing } from '@/lib/core/analysis/standing';
import { liftOf } from '@/lib/core/stats/lift';
import type { Sample } from '@/lib/core/stats/sample';

/**
 * A decision as it is shown: where nothing may be judged the figures stay and the state says why. A call that stands keeps
 * its state whatever this look says. `alpha` is the whole family's: the p is put on its scale, so that it is at most
 * `alpha` exactly where the interval excludes 0. `ownAlpha` is that of the interval there will be, while there is none.
 */
export function toComparison(
  { state, reasons, figures, final }: ArmDecision,
  standing: Standing,
  { alpha, ownAlpha }: { readonly alpha: number; readonly ownAlpha: number },
  call: Call | null,
): Comparison {
  const isReady = figures.kind === 'ready';
  const shown = {
    alpha: isReady ? figures.alpha : ownAlpha,
    basis: final === null ? ('sequence' as const) : ('final' as const),
    ...(isReady
      ? {
          difference: figures.difference,
          differenceInterval: figures.differenceInterval,
          lift: figures.lift,
          liftInterval: figures.liftInterval,
          p: isExcluded(standing) ? null : Math.min(1, figures.p * (alpha / figures.alpha)),
          gateProgress: 1,
        }
      : { ...NOTHING, gateProgress: figures.progress }),
  };
  if (standing.kind === 'judged') {
    const isHeld = call !== null && call.state !== state;
    return isHeld
      ? { state: call.state, reasons: [{ kind: 'call-stands' }, ...reasons], ...shown }
      : { state, reasons, ...shown };
  }
  if (standing.kind === 'withheld') {
    const gates = reasons.filter(({ kind }) => kind === 'few-counts' || kind === 'no-conversions');
    return { state: 'collecting', reasons: [...gates, ...standing.reasons], ...shown };
  }
  return { state: standing.kind, reasons: standing.reasons, ...shown };
}

/** Rates per visit: the points only, since no interval over returning people keeps its promise (statistics A0.8). */
export function toPerVisitComparison(
  reference: Sample | null,
  other: Sample | null,
  reasons: readonly Reason[],
  state: 'blocked' | 'not-applicable',
  alpha: number,
): Comparison {
  const isKnown = reference !== null && other !== null && reference.n > 0 && other.n > 0;
  return {
    ...NOTHING,
    state,
    reasons,
    alpha,
    basis: 'sequence',
    difference: isKnown ? other.x / other.n - reference.x / reference.n : null,
    lift: isKnown ? liftOf(reference, other) : null,
    gateProgress: 0,
  };
}

const NOTHING = {
  difference: null,
  differenceInterval: null,
  lift: null,
  liftInterval: null,
  p: null,
};

/** A p is a judgement and goes with it; an exploratory goal keeps its own. */
const isExcluded = (standing: Standing): boolean =>
  (standing.kind === 'blocked' || standing.kind === 'not-applicable') &&
  standing.reasons.some(({ kind }) => kind !== 'exploratory');
