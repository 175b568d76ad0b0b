import { HOUR_MS } from '@/lib/sandbox/clock';
import { countResidues, RESIDUES, toRevenueCents, type RevenueModel } from './arrivals';
import { drawBinomial, drawPoisson, drawSplit } from './draw';
import { mix, Random } from './random';
import { toRhythm } from './rhythm';
import { CELLS, toCellRate } from './segments';
import type { Stream } from './stream';
import {
  OUTCOME_STARTS,
  OUTCOMES,
  PATTERN_SHARES,
  toOutcomeShares,
  VISIT_PATTERNS,
  VISIT_STARTS,
} from './visit-patterns';

const PATTERNS = VISIT_PATTERNS.length;
const VISITS = VISIT_STARTS[PATTERNS]!;
const MULTIPLE = toOutcomeShares(false);
const SINGLE = toOutcomeShares(true);

/** What the world has to know of a goal to draw its conversions. */
export interface GoalTruth {
  readonly id: number;
  /** False: a visit counts one conversion at most. */
  readonly hasMultipleConversions: boolean;
  readonly revenue?: RevenueModel;
}

/** Seed of one leaf: (hour, cell, arm). */
export function toLeafSeed(seed: number, hour: number, cell: number, arm: number): number {
  return mix(mix(seed, hour), cell * 64 + arm);
}

/** The part of an hour (ms from its start) in which people of a stream arrive. */
export function toArrivalSpan(stream: Stream, hour: number): readonly [number, number] {
  const startMs = hour * HOUR_MS;
  return [Math.max(0, stream.fromMs - startMs), Math.min(HOUR_MS, stream.toMs - startMs)];
}

/** Visitors who first come in this hour, by [cell][arm][pattern]. */
export function drawVisitors(stream: Stream, seed: number, hour: number): Uint32Array {
  const arms = stream.shares.length;
  const drawn = new Uint32Array(CELLS.length * arms * PATTERNS);
  const [fromMs, toMs] = toArrivalSpan(stream, hour);
  if (toMs <= fromMs) return drawn;
  const pace = stream.isFlat === true ? 1 : toRhythm(hour, seed);
  const expected = (stream.visitorsPerDay / 24) * pace * ((toMs - fromMs) / HOUR_MS);
  CELLS.forEach((cell, c) => {
    const shares = stream.browserShares?.[cell.browser] ?? stream.shares;
    for (let arm = 0; arm < arms; arm += 1) {
      const random = new Random(toLeafSeed(seed, hour, c, arm));
      const people = drawPoisson(random, expected * cell.share * shares[arm]!);
      drawSplit(random, people, PATTERN_SHARES, drawn, (c * arms + arm) * PATTERNS);
    }
  });
  return drawn;
}

/** The true rate of one goal by [cell][arm], 0 to 1. */
export function toLeafRates(stream: Stream, goal: GoalTruth): readonly number[] {
  const rates = stream.rates[goal.id] ?? stream.ratesOf?.(goal.id) ?? [];
  return CELLS.flatMap((cell) => stream.shares.map((_, arm) => toCellRate(rates[arm] ?? 0, cell)));
}

/** How many of these visitors convert, and how, by [cell][arm][outcome]. */
export function drawOutcomes(
  visitors: Uint32Array,
  leafRates: readonly number[],
  seed: number,
  hour: number,
  goal: GoalTruth,
): Uint32Array {
  const leaves = leafRates.length;
  const arms = leaves / CELLS.length;
  const drawn = new Uint32Array(leaves * OUTCOMES.length);
  const shares = goal.hasMultipleConversions ? MULTIPLE : SINGLE;
  for (let leaf = 0; leaf < leaves; leaf += 1) {
    const random = new Random(
      mix(toLeafSeed(seed, hour, Math.floor(leaf / arms), leaf % arms), goal.id),
    );
    for (let pattern = 0; pattern < PATTERNS; pattern += 1) {
      const people = visitors[leaf * PATTERNS + pattern]!;
      if (people === 0) continue;
      const converts = drawBinomial(random, people, leafRates[leaf]!);
      const at = leaf * OUTCOMES.length + OUTCOME_STARTS[pattern]!;
      if (converts > 0) drawSplit(random, converts, shares[pattern]!, drawn, at);
    }
  }
  return drawn;
}

/** What these conversions bring in cents, by [cell][arm][visit of pattern]. */
export function sumRevenue(
  outcomes: Uint32Array,
  model: RevenueModel,
  seed: number,
  hour: number,
): Float64Array {
  const leaves = outcomes.length / OUTCOMES.length;
  const arms = leaves / CELLS.length;
  const cents = new Float64Array(leaves * VISITS);
  for (let leaf = 0; leaf < leaves; leaf += 1) {
    const leafSeed = toLeafSeed(seed, hour, Math.floor(leaf / arms), leaf % arms);
    let start = 0;
    for (let o = 0; o < OUTCOMES.length; o += 1) {
      const { pattern, conversions } = OUTCOMES[o]!;
      // Converters take the first places of their pattern's cohort, outcome after outcome.
      if (o === OUTCOME_STARTS[pattern]) start = 0;
      const end = start + outcomes[leaf * OUTCOMES.length + o]!;
      for (let visit = 0; visit < conversions.length && end > start; visit += 1) {
        const times = conversions[visit]!;
        const slot = VISIT_STARTS[pattern]! + visit;
        for (let i = start; times > 0 && i < Math.min(end, start + RESIDUES); i += 1) {
          const residue = i % RESIDUES;
          const each = toRevenueCents(model, leafSeed, slot, residue, times);
          cents[leaf * VISITS + slot]! += each * countResidues(start, end, residue);
        }
      }
      start = end;
    }
  }
  return cents;
}
