import type { Decision } from '@/lib/core/analysis/decide';
import { decide } from '@/lib/core/analysis/decide';
import type { Family, FamilyLook } from '@/lib/core/analysis/family';
import type { FinalLooks } from '@/lib/core/analysis/final-look';
import { NO_FINALS, takeFinals } from '@/lib/core/analysis/final-look';
import type { Call, FamilyMark, WithdrawalReason } from '@/lib/core/analysis/call';
import { followCalls, withdrawCalls } from '@/lib/core/analysis/follow-calls';
import { sequentialSplitP } from '@/lib/core/stats/split-sequential';

/** What earlier looks leave behind for the next one. Plain data; grows only with calls. */
export interface FamilyMemory {
  /** Running minimum of the split's sequential p. */
  readonly splitP: number;
  readonly finals: FinalLooks;
  readonly calls: readonly Call[];
  /** Smallest always-valid p of each variation so far; kept, never shown (statistics A12.2). */
  readonly smallestP: Readonly<Record<string, number>>;
}

export const NO_MEMORY: FamilyMemory = {
  splitP: 1,
  finals: NO_FINALS,
  calls: [],
  smallestP: {},
};

/**
 * Whether a look may be judged. `closed`: figures only, calls stay as they are; with a reason, calls that stand are
 * withdrawn for it.
 */
export type LookStanding =
  | { readonly kind: 'judged' }
  | { readonly kind: 'closed'; readonly withdraws: WithdrawalReason | null };

const PEOPLE: FamilyMark = { unit: 'visitors', sinceMs: null };

/** One look judged in the light of the earlier ones: final looks that are due, the decision, the life of every call. */
export function followLook(
  family: Family,
  memory: FamilyMemory,
  look: FamilyLook,
  standing: LookStanding,
  mark: FamilyMark = PEOPLE,
): { readonly memory: FamilyMemory; readonly decision: Decision | null } {
  if (standing.kind === 'closed') {
    const { withdraws } = standing;
    if (withdraws === null) return { memory, decision: null };
    const calls = withdrawCalls(memory.calls, family, look, mark, withdraws);
    return { memory: calls === memory.calls ? memory : { ...memory, calls }, decision: null };
  }
  const finals = takeFinals(family, look, memory.finals);
  const decision = decide(family, look, finals);
  const calls = followCalls(memory.calls, family, look, decision, mark);
  const smallestP = lowerP(memory.smallestP, family, decision);
  const isSame =
    finals === memory.finals && calls === memory.calls && smallestP === memory.smallestP;
  return { memory: isSame ? memory : { ...memory, finals, calls, smallestP }, decision };
}

function lowerP(
  known: FamilyMemory['smallestP'],
  { ids }: Family,
  { arms }: Decision,
): FamilyMemory['smallestP'] {
  let lowered: Record<string, number> | null = null;
  arms.forEach((arm, place) => {
    const id = ids[place];
    if (id === undefined || arm?.figures.kind !== 'ready' || arm.final !== null) return;
    if (arm.figures.p >= (known[id] ?? 1)) return;
    lowered ??= { ...known };
    lowered[id] = arm.figures.p;
  });
  return lowered ?? known;
}

export interface Judgement {
  /** null where the split is broken. */
  readonly decision: Decision | null;
  readonly isSplitBroken: boolean;
}

/**
 * The whole rule on counts alone: what the product decides at a look, split check included, for whoever has nothing but
 * counts (the simulations, the shell). The product's own looks pass through `addLook`, which ends in the same steps.
 */
export function judgeLook(
  family: Family,
  memory: FamilyMemory,
  look: FamilyLook,
): { readonly memory: FamilyMemory; readonly judgement: Judgement } {
  const splitP = Math.min(memory.splitP, lookSplitP(family, look));
  const isSplitBroken = splitP < family.settings.splitThreshold;
  const standing: LookStanding = isSplitBroken
    ? { kind: 'closed', withdraws: toSplitReason(family, look, splitP) }
    : { kind: 'judged' };
  const before = splitP === memory.splitP ? memory : { ...memory, splitP };
  const { memory: after, decision } = followLook(family, before, look, standing);
  return { memory: after, judgement: { decision, isSplitBroken } };
}

/** Sequential p of the split at one look; 1 where the configured shares are not known. */
function lookSplitP({ weights }: Family, { arms }: FamilyLook): number {
  const known: number[] = [];
  for (const weight of weights) {
    if (weight === null) return 1;
    known.push(weight);
  }
  return (
    sequentialSplitP(
      arms.map(({ n }) => n),
      known,
    ) ?? 1
  );
}

function toSplitReason(
  { weights }: Family,
  { arms }: FamilyLook,
  p: number,
): Extract<WithdrawalReason, { kind: 'split-broken' }> {
  const configured = weights.reduce<number>((sum, weight) => sum + (weight ?? 0), 0);
  const observed = arms.reduce((sum, { n }) => sum + n, 0);
  return {
    kind: 'split-broken',
    p,
    configured: weights.map((weight) => (weight ?? 0) / configured),
    observed: arms.map(({ n }) => n / Math.max(1, observed)),
  };
}
