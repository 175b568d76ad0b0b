import type { PairFigures, ReadyFigures } from '@/lib/core/analysis/compare-pair';
import { comparePair, comparePairOnce } from '@/lib/core/analysis/compare-pair';
import type { Family, FamilyLook } from '@/lib/core/analysis/family';
import { comparisonAlpha, pairAlpha, planPair } from '@/lib/core/analysis/family';

/** The one look at the planned end of a pair, frozen (statistics A12.3). */
export interface FinalLook {
  readonly atMs: number;
  readonly figures: ReadyFigures;
}

/** By the key of the pair and of the level it was taken at; empty where no end was planned, or none is reached. */
export type FinalLooks = Readonly<Record<string, FinalLook>>;

export const NO_FINALS: FinalLooks = {};

/** `vs`: against the reference; `all`: in the family of all pairs. */
export const finalKey = (family: Family, level: 'vs' | 'all', one: number, other: number): string =>
  `${level}:${family.ids[one] ?? ''}:${family.ids[other] ?? ''}`;

/**
 * Takes every final look that is due: the first look with the pair's people at or past the plan, once. The answer is the
 * same object where none was due, which is nearly always.
 */
export function takeFinals(
  family: Family,
  { atMs, arms }: FamilyLook,
  known: FinalLooks,
): FinalLooks {
  if (family.settings.plannedEnd === null) return known;
  let taken = known;
  const take = (level: 'vs' | 'all', one: number, other: number, alpha: number): void => {
    const [a, b] = [arms[one], arms[other]];
    const key = finalKey(family, level, one, other);
    if (a === undefined || b === undefined || key in taken) return;
    const plan = planPair(family, one, other, alpha);
    if (plan.finalAlpha === null || a.n + b.n < plan.plannedVisitors) return;
    const figures = comparePairOnce(a, b, plan, plan.finalAlpha);
    if (figures !== null) taken = { ...taken, [key]: { atMs, figures } };
  };
  const { reference } = family;
  arms.forEach((_, place) => {
    if (place !== reference) take('vs', reference, place, comparisonAlpha(family));
  });
  // With two arms the family of all pairs is the comparison itself.
  if (arms.length > 2)
    arms.forEach((_, one) => {
      for (let other = one + 1; other < arms.length; other += 1)
        take('all', one, other, pairAlpha(family));
    });
  return taken;
}

/** A pair as it is judged: by its final look where that decided, else by the sequence. */
export function judgePair(
  family: Family,
  { atMs, arms }: FamilyLook,
  finals: FinalLooks,
  level: 'vs' | 'all',
  [one, other]: readonly [number, number],
): { readonly figures: PairFigures; readonly final: FinalLook | null } | null {
  const [a, b] = [arms[one], arms[other]];
  if (a === undefined || b === undefined) return null;
  const final = finals === NO_FINALS ? undefined : finals[finalKey(family, level, one, other)];
  // A look of the past that is folded again is judged as it was then.
  if (final !== undefined && final.atMs <= atMs && final.figures.direction !== 'open')
    return { figures: final.figures, final };
  const alpha = level === 'vs' ? comparisonAlpha(family) : pairAlpha(family);
  return { figures: comparePair(a, b, planPair(family, one, other, alpha)), final: null };
}
