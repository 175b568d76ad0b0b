import type { Border, Standing } from '@/lib/core/analysis/outlook/first-passage';
import { firstPassage } from '@/lib/core/analysis/outlook/first-passage';
import type { Hypothesis } from '@/lib/core/analysis/outlook/hypothesis';
import { cutAt, sum, survivorsOf } from '@/lib/core/analysis/outlook/survivors';

/** The rules that a comparison still has before it, in people of the pair. */
export interface CourseRules {
  /** People now. */
  readonly n: number;
  /** From here on the counts gate is open. */
  readonly gateN: number;
  /** From here on a winner may be called. */
  readonly daysN: number;
  /** Where the one final look is taken; null: none is planned, or it is past. */
  readonly final: { readonly n: number; readonly multiplier: number } | null;
  /** As far as is looked ahead. */
  readonly endN: number;
  readonly upper: (n: number) => number;
  readonly lower: (n: number) => number;
  readonly better: 'higher' | 'lower';
}

/** Chance of being decided while the pair grows from `fromN` to `toN` people, spread evenly. */
export interface Piece {
  readonly fromN: number;
  readonly toN: number;
  readonly chance: number;
}

/** All the ways of being decided under one hypothesis; what is left to 1 stays open up to `endN`. */
export interface Course {
  readonly beforeDays: readonly Piece[];
  readonly afterDays: readonly Piece[];
  /** Decided by the first look with enough days. */
  readonly atDays: number;
  /** Decided by the final look. */
  readonly atFinal: number;
}

const STEPS = 48;
const SHORT_STEPS = 20;

/**
 * Follows a comparison from where it stands over everything that may decide it: the sequence's borders as they open
 * (harm at the counts gate, a winner also needs its days), the first look with enough days, the final look.
 */
export function followCourse(hypothesis: Hypothesis, rules: CourseRules): Course {
  const { n, gateN, daysN, final, endN, better } = rules;
  const good = better === 'higher' ? 'upper' : 'lower';
  const bad = good === 'upper' ? 'lower' : 'upper';
  const isOpen = (side: 'upper' | 'lower', people: number): boolean =>
    people >= gateN && (side === bad || people >= daysN);
  const found = { beforeDays: [] as Piece[], afterDays: [] as Piece[], atDays: 0, atFinal: 0 };
  const isWaiting = daysN > n;
  const put = (piece: Piece): void => {
    if (isWaiting && piece.toN <= daysN) found.beforeDays.push(piece);
    else found.afterDays.push(piece);
  };

  const stops = [gateN, daysN, final?.n ?? 0, endN].filter((stop) => stop > n && stop <= endN);
  let standing: Standing = { at: [startPlace(hypothesis, rules, isOpen)], chance: [1] };
  let fromN = n;
  for (const toN of [...new Set(stops)].toSorted((x, y) => x - y)) {
    const openBorder = (side: 'upper' | 'lower'): Border =>
      isOpen(side, fromN) ? rules[side] : null;
    const stretch = {
      from: standing,
      fromN,
      toN,
      drift: hypothesis.drift,
      upper: openBorder('upper'),
      lower: openBorder('lower'),
      steps: toN === endN ? STEPS : SHORT_STEPS,
    };
    const passage = firstPassage(stretch);
    passage.n.forEach((end, i) =>
      put({
        fromN: passage.n[i - 1] ?? fromN,
        toN: end,
        chance: (passage.upper[i] ?? 0) + (passage.lower[i] ?? 0),
      }),
    );
    if (toN === endN) break;

    const isFinal = final !== null && toN === final.n;
    const placeAt = (side: 'upper' | 'lower'): number => {
      const way = side === 'upper' ? 1 : -1;
      return isFinal ? hypothesis.placeOf(final.multiplier, toN, way) : rules[side](toN);
    };
    const sides = (['upper', 'lower'] as const).filter((side) => isFinal || isOpen(side, toN));
    standing = survivorsOf(stretch, passage, sides.map(placeAt));
    for (const side of sides) {
      const { past, rest } = cutAt(standing, placeAt(side), side);
      standing = rest;
      if (side === good && toN <= daysN) found.atDays += past;
      else if (isFinal) found.atFinal += past;
      else put({ fromN: toN, toN, chance: past });
    }
    fromN = toN;
    if (sum(standing.chance) < 1e-6) break;
  }
  return found;
}

/** Undecided means inside the borders, which are reckoned here with rates a little different from those observed. */
function startPlace(
  { place }: Hypothesis,
  { n, upper, lower }: CourseRules,
  isOpen: (side: 'upper' | 'lower', people: number) => boolean,
): number {
  const high = isOpen('upper', n) ? upper(n) * 0.999 : Infinity;
  const low = isOpen('lower', n) ? lower(n) * 0.999 : -Infinity;
  return Math.min(high, Math.max(low, place));
}
