import type { Reason, VariationState } from '@/lib/core/analysis/analysis';
import type { PairFigures } from '@/lib/core/analysis/compare-pair';
import { comparePair } from '@/lib/core/analysis/compare-pair';
import type { Settings } from '@/lib/core/analysis/settings';
import type { Sample } from '@/lib/core/stats/sample';

export const DAY_MS = 24 * 60 * 60 * 1000;

export interface DecideInput {
  /** The arms of the family, the reference among them; arms configured to 0 % are not. */
  readonly arms: readonly Sample[];
  /** Place of the reference in `arms`. */
  readonly reference: number;
  /** Of the whole family, two-sided. */
  readonly alpha: number;
  readonly startedAtMs: number;
  /** End of the counted data, or of the experiment if that was earlier. */
  readonly untilMs: number;
  readonly settings: Settings;
}

export interface ArmDecision {
  readonly state: VariationState;
  readonly reasons: readonly Reason[];
  readonly figures: PairFigures;
}

/** Two arms that the family of all pairs does not tell apart, by place; the better rate first. */
export interface OpenPair {
  readonly better: number;
  readonly other: number;
  readonly figures: PairFigures;
}

export interface Decision {
  /** Level of one comparison with the reference: alpha / (k - 1). */
  readonly comparisonAlpha: number;
  /** Level of one pair in the family of all pairs: alpha / (k (k - 1) / 2). */
  readonly pairAlpha: number;
  /** In the order of `arms`; null for the reference. */
  readonly arms: readonly (ArmDecision | null)[];
  /** Place of the winner that also beats every other arm at `pairAlpha`. */
  readonly best: number | null;
  /** Where winners exist and none is best: what they do not beat. */
  readonly open: readonly OpenPair[];
}

/**
 * The rule that is robust to peeking (statistics A7, A12.2, A12.4, A12.7), on counts of people alone. Whether the data
 * may be judged at all (split, unit, set-up) is not its business.
 * Example: 1,000 and 1,250 of 20,000 each after 7 days, alpha 0.05, N* 20,000: winner, best 1.
 */
export function decide({
  arms,
  reference,
  alpha,
  startedAtMs,
  untilMs,
  settings,
}: DecideInput): Decision {
  const k = arms.length;
  const comparisonAlpha = alpha / Math.max(1, k - 1);
  const pairAlpha = alpha / Math.max(1, (k * (k - 1)) / 2);
  const base = arms[reference];
  const decided = arms.map((arm, place): ArmDecision | null => {
    if (base === undefined || place === reference) return null;
    const figures = comparePair(base, arm, comparisonAlpha, settings);
    return { ...stateOf(figures, startedAtMs, untilMs, settings), figures };
  });
  const winners = decided.flatMap((arm, place) => (arm?.state === 'winner' ? [place] : []));
  const beats = (winner: number, other: number): boolean =>
    direction(arms, other, winner, pairAlpha, settings) === 'up';
  const best =
    winners.find((place) => arms.every((_, other) => other === place || beats(place, other))) ??
    null;
  const open = best === null ? openPairs(arms, winners, pairAlpha, settings) : [];
  return { comparisonAlpha, pairAlpha, arms: decided, best, open };
}

function stateOf(
  figures: PairFigures,
  startedAtMs: number,
  untilMs: number,
  { neededDays, smallestEffect }: Settings,
): Pick<ArmDecision, 'state' | 'reasons'> {
  if (figures.kind === 'too-early') return { state: 'collecting', reasons: [figures.reason] };
  const { lower, upper } = figures.liftInterval ?? { lower: null, upper: null };
  const isSmall =
    lower !== null && upper !== null && lower >= -smallestEffect && upper <= smallestEffect;
  const note: Reason[] = isSmall ? [{ kind: 'too-small-to-matter', smallestEffect }] : [];
  if (figures.direction === 'down') return { state: 'loser', reasons: note };
  if (figures.direction === 'open')
    return { state: isSmall ? 'no-difference' : 'inconclusive', reasons: [] };
  if (untilMs - startedAtMs >= neededDays * DAY_MS) return { state: 'winner', reasons: note };
  const days = Math.max(0, Math.floor((untilMs - startedAtMs) / DAY_MS));
  const wait = { days, neededDays, untilMs: startedAtMs + neededDays * DAY_MS };
  return { state: 'collecting', reasons: [{ kind: 'few-days', ...wait }] };
}

/** Every pair of a winner with an arm that the level of all pairs does not tell apart from it. */
function openPairs(
  arms: readonly Sample[],
  winners: readonly number[],
  alpha: number,
  settings: Settings,
): OpenPair[] {
  const isWinner = (place: number): boolean => winners.includes(place);
  const rate = (place: number): number => (arms[place]?.x ?? 0) / Math.max(1, arms[place]?.n ?? 0);
  return arms.flatMap((_, first) =>
    arms.slice(first + 1).flatMap((_arm, offset): OpenPair[] => {
      const second = first + 1 + offset;
      if (!isWinner(first) && !isWinner(second)) return [];
      const [better, other] = rate(first) >= rate(second) ? [first, second] : [second, first];
      const [a, b] = [arms[other], arms[better]];
      if (a === undefined || b === undefined) return [];
      const figures = comparePair(a, b, alpha, settings);
      const isApart = figures.kind === 'ready' && figures.direction === 'up';
      return isApart ? [] : [{ better, other, figures }];
    }),
  );
}

function direction(
  arms: readonly Sample[],
  base: number,
  place: number,
  alpha: number,
  settings: Settings,
): 'up' | 'down' | 'open' {
  const [a, b] = [arms[base], arms[place]];
  if (a === undefined || b === undefined) return 'open';
  const figures = comparePair(a, b, alpha, settings);
  return figures.kind === 'ready' ? figures.direction : 'open';
}
