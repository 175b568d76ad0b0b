import { mix, toUnit } from './random';

/**
 * When inside its hour a visitor arrives, and what a conversion is worth. Both hang on the visitor's
 * place in the cohort, never on the question, so counts grow with time and never change later.
 *
 * A cohort of more than RESIDUES people repeats these values, which bounds the work by the number
 * of cohorts however heavy the traffic is.
 */
export const RESIDUES = 512;

const REVENUE_SALT = 0x5eed;

/** Where in its hour visitor `residue` of a pattern arrives, 0 to 1. */
export function toArrival(leafSeed: number, pattern: number, residue: number): number {
  return toUnit(mix(mix(leafSeed, pattern + 1), residue));
}

/** How many whole numbers i with start <= i < end leave the given residue. */
export function countResidues(start: number, end: number, residue: number): number {
  return countBelow(end, residue) - countBelow(start, residue);
}

function countBelow(end: number, residue: number): number {
  return end <= residue ? 0 : Math.floor((end - 1 - residue) / RESIDUES) + 1;
}

export interface RevenueModel {
  /** Median order in cents. */
  readonly medianCents: number;
  /** Spread of the logarithm; 1 is already heavy-tailed. */
  readonly sigma: number;
}

/** What the conversions of one visit bring, in whole cents, so that sums are exact. */
export function toRevenueCents(
  model: RevenueModel,
  leafSeed: number,
  visit: number,
  residue: number,
  conversions: number,
): number {
  let cents = 0;
  for (let i = 0; i < conversions; i += 1) {
    const seed = mix(mix(mix(leafSeed, REVENUE_SALT + visit), residue), i);
    const radius = Math.sqrt(-2 * Math.log(toUnit(seed)));
    const normal = radius * Math.cos(2 * Math.PI * toUnit(mix(seed, 1)));
    cents += Math.round(model.medianCents * Math.exp(model.sigma * normal));
  }
  return cents;
}
