import type { PairFigures } from '@/lib/core/analysis/compare-pair';
import type { Family, FamilyLook } from '@/lib/core/analysis/family';
import type { FinalLook, FinalLooks } from '@/lib/core/analysis/final-look';
import { NO_FINALS, judgePair } from '@/lib/core/analysis/final-look';
import type { Reason } from '@/lib/core/analysis/reason';
import type { VariationState } from '@/lib/core/analysis/analysis';

export const DAY_MS = 24 * 60 * 60 * 1000;

export interface ArmDecision {
  readonly state: VariationState;
  readonly reasons: readonly Reason[];
  /** Of the final look where that decided, else of the sequence. */
  readonly figures: PairFigures;
  readonly final: FinalLook | null;
}

/** Two arms that the family of all pairs does not tell apart, by place; the better rate first. */
export interface OpenPair {
  readonly better: number;
  readonly other: number;
  readonly figures: PairFigures;
}

export interface Decision {
  /** In the order of `Family.ids`; null for the reference. */
  readonly arms: readonly (ArmDecision | null)[];
  /** Place of the winner that also beats every other arm in the family of all pairs. */
  readonly best: number | null;
  /** Where winners exist and none is best: what they do not beat. */
  readonly open: readonly OpenPair[];
}

/**
 * The rule that is robust to peeking (statistics A7, A12.2 to A12.4, A12.7), on counts of people alone. Whether the data
 * may be judged at all (split, unit, set-up) is not its business, nor is what was called before.
 * Example: 1,000 and 1,250 of 20,000 each after 7 days, alpha 0.05, N* 20,000: winner, best 1.
 */
export function decide(family: Family, look: FamilyLook, finals: FinalLooks = NO_FINALS): Decision {
  const { reference } = family;
  const decided = look.arms.map((_, place): ArmDecision | null => {
    if (place === reference) return null;
    const judged = judgePair(family, look, finals, 'vs', [reference, place]);
    if (judged === null) return null;
    return { ...stateOf(judged.figures, family, look.atMs, judged.final), ...judged };
  });
  let best: number | null = null;
  let hasWinner = false;
  decided.forEach((arm, place) => {
    if (arm?.state !== 'winner') return;
    hasWinner = true;
    if (best === null && beatsAll(family, look, finals, place)) best = place;
  });
  const open = hasWinner && best === null ? openPairs(family, look, finals, decided) : [];
  return { arms: decided, best, open };
}

function stateOf(
  figures: PairFigures,
  { settings, startedAtMs, better }: Family,
  atMs: number,
  final: FinalLook | null,
): Pick<ArmDecision, 'state' | 'reasons'> {
  if (figures.kind === 'too-early') return { state: 'collecting', reasons: [figures.reason] };
  const { neededDays, smallestEffect } = settings;
  const { lower, upper } = figures.liftInterval ?? { lower: null, upper: null };
  const isSmall =
    lower !== null && upper !== null && lower >= -smallestEffect && upper <= smallestEffect;
  if (figures.direction === 'open')
    return { state: isSmall ? 'no-difference' : 'inconclusive', reasons: [] };
  const notes: Reason[] = [];
  if (isSmall) notes.push({ kind: 'too-small-to-matter', smallestEffect });
  if (final !== null) notes.push({ kind: 'planned-end', atMs: final.atMs });
  if (figures.direction !== goodWay(better)) return { state: 'loser', reasons: notes };
  if (atMs - startedAtMs >= neededDays * DAY_MS) return { state: 'winner', reasons: notes };
  const days = Math.max(0, Math.floor((atMs - startedAtMs) / DAY_MS));
  const wait = { days, neededDays, untilMs: startedAtMs + neededDays * DAY_MS };
  return { state: 'collecting', reasons: [{ kind: 'few-days', ...wait }] };
}

const goodWay = (better: Family['better']): 'up' | 'down' => (better === 'higher' ? 'up' : 'down');

/** Whether one arm is better than each other, at the level of all pairs. The reference is among the others. */
function beatsAll(family: Family, look: FamilyLook, finals: FinalLooks, place: number): boolean {
  // With two arms both families are the same comparison, which it has won.
  if (look.arms.length === 2) return true;
  return look.arms.every(
    (_, other) => other === place || betterOfPair(family, look, finals, place, other) === place,
  );
}

/** The arm that a pair is decided for, by place; null while it is open. Pairs are judged the lower place first. */
function betterOfPair(
  family: Family,
  look: FamilyLook,
  finals: FinalLooks,
  one: number,
  other: number,
): number | null {
  const [first, second] = one < other ? [one, other] : [other, one];
  const figures = judgePair(family, look, finals, 'all', [first, second])?.figures;
  if (figures?.kind !== 'ready' || figures.direction === 'open') return null;
  return figures.direction === goodWay(family.better) ? second : first;
}

/** Every pair of a winner with an arm that the level of all pairs does not tell apart from it. */
function openPairs(
  family: Family,
  look: FamilyLook,
  finals: FinalLooks,
  decided: readonly (ArmDecision | null)[],
): OpenPair[] {
  const isWinner = (place: number): boolean => decided[place]?.state === 'winner';
  const rate = (place: number): number => {
    const { n, x } = look.arms[place] ?? { n: 0, x: 0 };
    return ((family.better === 'higher' ? 1 : -1) * x) / Math.max(1, n);
  };
  const open: OpenPair[] = [];
  for (let first = 0; first < look.arms.length; first += 1)
    for (let second = first + 1; second < look.arms.length; second += 1) {
      if (!isWinner(first) && !isWinner(second)) continue;
      if (betterOfPair(family, look, finals, first, second) !== null) continue;
      const [better, other] = rate(first) >= rate(second) ? [first, second] : [second, first];
      const judged = judgePair(family, look, NO_FINALS, 'all', [other, better]);
      if (judged !== null) open.push({ better, other, figures: judged.figures });
    }
  return open;
}
