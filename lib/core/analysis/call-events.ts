import type {
  Call,
  CallEvent,
  CallEventKind,
  CallFigures,
  WithdrawalReason,
} from '@/lib/core/analysis/call';
import type { ArmDecision } from '@/lib/core/analysis/decide';
import type { Family, FamilyLook } from '@/lib/core/analysis/family';
import { comparisonAlpha } from '@/lib/core/analysis/family';

/** The call with its end written down; it stays in the log. */
export function withdraw(
  call: Call,
  atMs: number,
  figures: CallFigures,
  reason: WithdrawalReason,
): Call {
  const event = { ...toEvent('withdrawn', atMs, figures), reason };
  return { ...call, withdrawn: { atMs, reason }, events: [...call.events, event] };
}

export const toEvent = (kind: CallEventKind, atMs: number, figures: CallFigures): CallEvent => ({
  kind,
  atMs,
  figures,
  reason: null,
});

/** The numbers of one arm against the reference at a look; `arm` is null where nothing was judged. */
export function figuresOf(
  family: Family,
  look: FamilyLook,
  place: number,
  arm: ArmDecision | null,
): CallFigures {
  const none = { n: 0, x: 0 };
  const ready = arm?.figures.kind === 'ready' ? arm.figures : null;
  return {
    reference: look.arms[family.reference] ?? none,
    variation: look.arms[place] ?? none,
    lift: ready?.lift ?? null,
    liftInterval: ready?.liftInterval ?? null,
    alpha: ready?.alpha ?? comparisonAlpha(family),
  };
}
