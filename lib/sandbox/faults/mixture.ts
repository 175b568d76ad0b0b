import { mix, Random } from '@/lib/sandbox/world/random';
import type { Aim, FaultSpec, Kind } from './fault';
import { KINDS } from './fault';
import { RECIPES, type Dice } from './recipes';

export interface MixtureOptions {
  /** Which experiments the faults of one experiment may strike. Default: any, by no id. */
  readonly experimentIds?: readonly number[];
  /** Default: all of them. */
  readonly kinds?: readonly Kind[];
}

/** On average a new fault begins this often. */
const EVERY_MS = 25_000;
const SHORTEST_MS = 5_000;
const LONGEST_MS = 120_000;

/**
 * A reproducible script of overlapping faults, for `setFaults`: the same seed, the same script.
 * Every kind comes once before any comes twice. All are over at `durationMs`; half of them strike
 * only some requests, a third only one class of requests or one experiment.
 */
export function toMixture(
  seed: number,
  durationMs: number,
  { experimentIds = [], kinds = Object.keys(KINDS) as Kind[] }: MixtureOptions = {},
): readonly FaultSpec[] {
  const dice = createDice(mix(seed, 0xfa17));
  const count = Math.max(2, Math.round(durationMs / EVERY_MS));
  const order = shuffle(kinds, dice);
  return Array.from({ length: count }, (_, i) => {
    const kind = order[i % order.length]!;
    const lengthMs = Math.min(
      durationMs,
      Math.round(dice.between(SHORTEST_MS, Math.min(LONGEST_MS, durationMs / 3))),
    );
    const fromMs = Math.round(dice.between(0, durationMs - lengthMs));
    const span = { fromMs, untilMs: Math.max(fromMs + 1, fromMs + lengthMs) };
    return { ...RECIPES[kind](dice), ...span, ...toAim(kind, dice, experimentIds) };
  });
}

/** Whom it strikes: the server as such always takes all. */
function toAim(kind: Kind, dice: Dice, experimentIds: readonly number[]): Aim {
  const { aim, on } = KINDS[kind];
  if (aim === 'whole') return {};
  const probability = dice.chance(0.5) ? {} : { probability: dice.between(0.15, 0.9) };
  const isOfOne = on === 'results' || on === 'poll' || on === 'objects';
  if (isOfOne && experimentIds.length > 0 && dice.chance(0.5)) {
    return { ...probability, experimentId: dice.pick(experimentIds) };
  }
  if (aim === 'free' && on === 'all' && dice.chance(0.35)) {
    return { ...probability, on: dice.pick(['token', 'lists', 'objects', 'results', 'poll']) };
  }
  return probability;
}

function createDice(seed: number): Dice {
  const random = new Random(seed);
  return {
    between: (low, high) => low + (high - low) * random.next(),
    whole: (low, high) => low + Math.floor((high - low + 1) * random.next()),
    chance: (probability) => random.next() < probability,
    pick: (values) => values[Math.floor(values.length * random.next())]!,
  };
}

function shuffle<Value>(values: readonly Value[], dice: Dice): Value[] {
  const shuffled = [...values];
  for (let i = shuffled.length - 1; i > 0; i -= 1) {
    const j = dice.whole(0, i);
    [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
  }
  return shuffled;
}
