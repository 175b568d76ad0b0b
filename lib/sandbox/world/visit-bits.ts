import type { GoalCounts } from './tally';
import { OUTCOMES } from './visit-patterns';

/**
 * Which visits of a visitor count, as bits: bit 0 is the first (new) visit, bits 1 and 2 the later
 * (returning) ones.
 */
export const NEW_VISITS = 0b001;
export const RETURNING_VISITS = 0b110;
export const ALL_VISITS = 0b111;

/** How many visits a set of bits names. */
export const BIT_COUNTS = [0, 1, 1, 2, 1, 2, 2, 3] as const;

/** By outcome and bits: conversions in these visits, and how many of these visits convert. */
const CONVERSIONS = toTable((conversions) => conversions);
const CONVERTED_VISITS = toTable((conversions) => Math.min(1, conversions));

function toTable(toValue: (conversions: number) => number): readonly (readonly number[])[] {
  return OUTCOMES.map(({ conversions }) =>
    BIT_COUNTS.map((_, bits) =>
      conversions.reduce((sum, count, visit) => sum + ((bits >> visit) & 1) * toValue(count), 0),
    ),
  );
}

/** Counts people of one outcome of whom the given visits are in. */
export function addOutcome(goal: GoalCounts, outcome: number, bits: number, people: number): void {
  const convertedVisits = CONVERTED_VISITS[outcome]![bits]!;
  goal.conversions += people * CONVERSIONS[outcome]![bits]!;
  goal.convertedVisits += people * convertedVisits;
  if (convertedVisits > 0) goal.convertedVisitors += people;
}
