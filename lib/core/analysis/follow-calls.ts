import type {
  Call,
  CallEvent,
  CallEventKind,
  CallState,
  WithdrawalReason,
} from '@/lib/core/analysis/call';
import { figuresOf, toEvent, withdraw } from '@/lib/core/analysis/call-events';
import type { ArmDecision, Decision } from '@/lib/core/analysis/decide';
import { DAY_MS } from '@/lib/core/analysis/decide';
import type { Family, FamilyLook } from '@/lib/core/analysis/family';
import type { Unit } from '@/lib/core/experiment/snapshot';
import { twoSidedQuantile } from '@/lib/core/stats/normal-quantile';
import type { Sample } from '@/lib/core/stats/sample';
import { standardErrors } from '@/lib/core/stats/standard-error';

/** Which family a look belongs to: calls do not pass from one to another. */
export interface FamilyMark {
  readonly unit: Unit;
  readonly sinceMs: number | null;
}

export const isOfFamily = (call: Call, { unit, sinceMs }: FamilyMark): boolean =>
  call.unit === unit && call.sinceMs === sinceMs;

/**
 * The life of every call through one judged look (statistics A12.8): made on the first decisive look, confirmed by one at
 * least a day later that still says so, shaken while the fixed interval (SE = max) meets 0, withdrawn when the one at
 * twice the level does. An interval of the sequence that meets 0 again is ordinary and no event. A call of the final
 * look is not shaken. Gives the same array where nothing happened, which is nearly always.
 */
export function followCalls(
  calls: readonly Call[],
  family: Family,
  look: FamilyLook,
  decision: Decision,
  mark: FamilyMark,
): readonly Call[] {
  let next = calls;
  decision.arms.forEach((arm, place) => {
    if (arm === null) return;
    const id = family.ids[place] ?? '';
    const at = findStanding(next, id, mark);
    const standing = at < 0 ? undefined : next[at];
    const spot = { family, look, decision, arm, place };
    const lived = standing === undefined ? undefined : live(standing, spot);
    if (lived !== undefined && lived !== standing) next = next.with(at, lived);
    const isOver = lived === undefined || lived.withdrawn !== null;
    if (isOver && isDecisive(arm.state)) next = [...next, begin(id, arm.state, spot, mark)];
  });
  return next;
}

/** All calls of a family that stand are withdrawn: what they rest on cannot be believed. */
export function withdrawCalls(
  calls: readonly Call[],
  family: Family,
  look: FamilyLook,
  mark: FamilyMark,
  reason: WithdrawalReason,
): readonly Call[] {
  if (!calls.some((call) => call.withdrawn === null && isOfFamily(call, mark))) return calls;
  return calls.map((call) => {
    const place = family.ids.indexOf(call.variationId);
    if (call.withdrawn !== null || !isOfFamily(call, mark) || place < 0) return call;
    return withdraw(call, look.atMs, figuresOf(family, look, place, null), reason);
  });
}

interface Spot {
  readonly family: Family;
  readonly look: FamilyLook;
  readonly decision: Decision;
  readonly arm: ArmDecision;
  readonly place: number;
}

function begin(id: string, state: CallState, spot: Spot, mark: FamilyMark): Call {
  const { family, look, arm, decision, place } = spot;
  const figures = figuresOf(family, look, place, arm);
  const isBest = state === 'winner' && decision.best === place;
  const events: CallEvent[] = [toEvent('called', look.atMs, figures)];
  if (isBest) events.push(toEvent('best', look.atMs, figures));
  return {
    variationId: id as Call['variationId'],
    state,
    calledAtMs: look.atMs,
    day: Math.max(0, Math.floor((look.atMs - family.startedAtMs) / DAY_MS)),
    ...mark,
    isFinal: arm.final !== null,
    confirmedAtMs: null,
    shakenAtMs: null,
    bestSinceMs: isBest ? look.atMs : null,
    withdrawn: null,
    events,
  };
}

/** One look in the life of a call that stands. */
function live(call: Call, spot: Spot): Call {
  const { family, look, arm, decision, place } = spot;
  const says = arm.state;
  const add = (changed: Call, kind: CallEventKind): Call => ({
    ...changed,
    events: [...changed.events, toEvent(kind, look.atMs, figuresOf(family, look, place, arm))],
  });
  const end = (kind: 'fell-back' | 'superseded'): Call =>
    withdraw(call, look.atMs, figuresOf(family, look, place, arm), { kind });

  const isOther = isDecisive(says) && says !== call.state && !isNothingNew(call.state, says);
  if (isOther) return end('superseded');
  let next = call;
  if (arm.final !== null && !call.isFinal && says === call.state) next = { ...next, isFinal: true };
  if (!next.isFinal && call.state !== 'no-difference') {
    const z = zTowards(call.state, family, look.arms[family.reference], look.arms[place]);
    const zAt = fixedLimits(family.alpha);
    if (z !== null && z <= zAt.withdrawn) return end('fell-back');
    if (z !== null && z <= zAt.shaken) {
      if (next.shakenAtMs === null) next = add({ ...next, shakenAtMs: look.atMs }, 'shaken');
    } else if (next.shakenAtMs !== null && says === call.state)
      next = add({ ...next, shakenAtMs: null }, 'steadied');
  }
  if (next.confirmedAtMs === null && says === call.state && look.atMs - call.calledAtMs >= DAY_MS)
    next = add({ ...next, confirmedAtMs: look.atMs }, 'confirmed');
  if (call.state !== 'winner') return next;
  if (next.bestSinceMs === null)
    return decision.best === place ? add({ ...next, bestSinceMs: look.atMs }, 'best') : next;
  return decision.best === place || stillBest(spot)
    ? next
    : add({ ...next, bestSinceMs: null }, 'not-best');
}

/** A winner whose whole interval has become too small to matter stays a winner (with the note), and the like. */
const isNothingNew = (called: CallState, says: CallState): boolean =>
  says === 'no-difference' && called !== 'no-difference';

/** As with the call itself: the claim is dropped when the fixed interval at twice the level meets 0 against any arm. */
function stillBest({ family, look, place }: Spot): boolean {
  const limit = fixedLimits(family.alpha).withdrawn;
  return look.arms.every((other, at) => {
    if (at === place) return true;
    const z = zTowards('winner', family, other, look.arms[place]);
    return z === null || z > limit;
  });
}

/** z of the difference, positive the way the call says; SE = max. */
function zTowards(
  state: CallState,
  { better }: Family,
  base: Sample | undefined,
  arm: Sample | undefined,
): number | null {
  const errors = base && arm ? standardErrors(base, arm) : null;
  if (!base || !arm || errors === null || errors.max === 0) return null;
  const way = (state === 'winner') === (better === 'higher') ? 1 : -1;
  return (way * (arm.x / arm.n - base.x / base.n)) / errors.max;
}

/** z of the fixed interval at the level (95 %: 1.96) and at twice the level (90 %: 1.645). */
const fixedLimits = (alpha: number): { readonly shaken: number; readonly withdrawn: number } => ({
  shaken: twoSidedQuantile(alpha),
  withdrawn: twoSidedQuantile(Math.min(1, 2 * alpha)),
});

function findStanding(calls: readonly Call[], id: string, mark: FamilyMark): number {
  for (let at = calls.length - 1; at >= 0; at -= 1) {
    const call = calls[at];
    if (call?.variationId === id && call.withdrawn === null && isOfFamily(call, mark)) return at;
  }
  return -1;
}

const isDecisive = (state: ArmDecision['state']): state is CallState =>
  state === 'winner' || state === 'loser' || state === 'no-difference';
