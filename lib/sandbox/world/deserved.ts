import { DAY_MS, HOUR_MS } from '@/lib/sandbox/clock';
import {
  isEnough,
  toMultiplier,
  toSplitP,
  toStandardError,
  toStrength,
  type Arm,
} from './evidence';
import type { Looks } from './running-totals';

/**
 * What an experiment is meant to show at the epoch. Draws are random, so the world takes the first
 * seed whose draws deserve it, with a margin that keeps the picture clear. Arms count from 0, the
 * original first.
 */
export type Deserved =
  /** One arm beats all others; `early` when seven days have not passed. */
  | { readonly kind: 'winner'; readonly arm: number; readonly early?: boolean }
  | { readonly kind: 'several-winners'; readonly arms: readonly number[] }
  /** One arm is worse than the original; any other arm is undecided. */
  | { readonly kind: 'loser'; readonly arm: number }
  | { readonly kind: 'no-difference' }
  | { readonly kind: 'inconclusive' }
  | { readonly kind: 'too-early' }
  | { readonly kind: 'broken-split' }
  /** Crosses within minutes after the epoch; its seeds are chosen by almost-decided. */
  | { readonly kind: 'almost-decided' }
  /**
   * The split was changed at least seven days ago: judged on first visits since then, whose true difference is too
   * small to be decided by now. Its draws are taken as they come: about one world in a hundred decides all the same.
   */
  | { readonly kind: 'undecided-since-change' }
  /** No verdict hangs on the draws: drafts, bandits, no original. */
  | { readonly kind: 'anything' };

const ALPHA = 0.05;

/** Clear of the threshold on the deciding side, and of being nearly there on the other. */
const CLEAR = 1.25;
const FAR = 0.65;

export function isDeserved(
  deserved: Deserved,
  totals: Looks,
  configured: readonly number[],
): boolean {
  const { looks } = totals;
  const now = looks.at(-1);
  if (takesAnyDraws(deserved) || deserved.kind === 'almost-decided') return true;
  if (now === undefined) return false;
  const isBroken = looks.some(
    (look) =>
      toSplitP(
        look.map((arm) => arm.visitors),
        configured,
      ) < 0.03,
  );
  if (deserved.kind === 'broken-split') {
    return (
      toSplitP(
        now.map((arm) => arm.visitors),
        configured,
      ) < 1e-5
    );
  }
  if (isBroken) return false;

  const tested = now.map((_, arm) => arm).filter((arm) => configured[arm] !== 0);
  const others = tested.filter((arm) => arm !== 0);
  const levels = toLevels(tested.length);
  const against = (look: readonly Arm[], arm: number): number =>
    toStrength(look[0]!, look[arm]!, levels.reference);
  const isFarAllAlong = (arm: number): boolean =>
    looks.every((look) => !isEnough(look[0]!, look[arm]!) || Math.abs(against(look, arm)) < FAR);

  switch (deserved.kind) {
    case 'winner': {
      const yesterday = looks.at(-1 - DAY_MS / HOUR_MS) ?? now;
      return tested.every((arm) => {
        if (arm === deserved.arm) return true;
        const strength = (look: readonly Arm[]) =>
          toStrength(look[arm]!, look[deserved.arm]!, levels.pairs);
        if (strength(now) < CLEAR || strength(yesterday) < 1.1) return false;
        return arm === 0 || isFarAllAlong(arm);
      });
    }
    case 'several-winners': {
      const [one, two] = deserved.arms.map((arm) => now[arm]!);
      if (Math.abs(toStrength(one!, two!, levels.pairs)) > FAR) return false;
      return deserved.arms.every((arm) => against(now, arm) > CLEAR);
    }
    case 'loser':
      return others.every((arm) =>
        arm === deserved.arm ? against(now, arm) < -CLEAR : isFarAllAlong(arm),
      );
    case 'no-difference':
      return others.every((arm) => isFarAllAlong(arm) && isWithinOnePercent(now[0]!, now[arm]!));
    case 'inconclusive':
      return others.every((arm) => isEnough(now[0]!, now[arm]!) && isFarAllAlong(arm));
    case 'too-early':
      return others.every((arm) => !isEnough(now[0]!, now[arm]!));
  }
}

/** Whether no search for draws is needed. */
export const takesAnyDraws = (
  deserved: Deserved,
): deserved is Extract<Deserved, { readonly kind: 'anything' | 'undecided-since-change' }> =>
  deserved.kind === 'anything' || deserved.kind === 'undecided-since-change';

/** Error levels for k arms: each against the original, and every pair. */
export function toLevels(k: number): { readonly reference: number; readonly pairs: number } {
  return { reference: ALPHA / (k - 1), pairs: ALPHA / ((k * (k - 1)) / 2) };
}

/** The interval of the lift lies within 0.9 % of the original's rate, either side. */
function isWithinOnePercent(original: Arm, variation: Arm): boolean {
  const rate = original.converted / original.visitors;
  const difference = variation.converted / variation.visitors - rate;
  const half =
    toMultiplier(original.visitors + variation.visitors, ALPHA) *
    toStandardError(original, variation);
  return (Math.abs(difference) + half) / rate < 0.009;
}
