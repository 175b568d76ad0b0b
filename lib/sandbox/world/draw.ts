import type { Random } from './random';

/** Above this mean a rounded normal replaces the exact search, so that cost is flat in traffic. */
const NORMAL_FROM = 24;

/** A Poisson count with the given mean. */
export function drawPoisson(random: Random, mean: number): number {
  if (mean <= 0) return 0;
  if (mean >= NORMAL_FROM) {
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.normal()));
  }
  let left = random.next();
  let mass = Math.exp(-mean);
  let count = 0;
  while (left > mass && count < 200) {
    left -= mass;
    count += 1;
    mass *= mean / count;
  }
  return count;
}

/** How many of n succeed when each does with the given chance. */
export function drawBinomial(random: Random, n: number, chance: number): number {
  if (n <= 0 || chance <= 0) return 0;
  if (chance >= 1) return n;
  if (chance > 0.5) return n - drawBinomial(random, n, 1 - chance);
  const mean = n * chance;
  if (mean >= NORMAL_FROM) {
    const drawn = Math.round(mean + Math.sqrt(mean * (1 - chance)) * random.normal());
    return Math.min(n, Math.max(0, drawn));
  }
  const odds = chance / (1 - chance);
  let left = random.next();
  let mass = Math.pow(1 - chance, n);
  let count = 0;
  while (left > mass && count < n) {
    left -= mass;
    mass *= ((n - count) / (count + 1)) * odds;
    count += 1;
  }
  return count;
}

/**
 * Splits n over the given shares (which sum to 1) and writes the parts to `out` from `at` on.
 * The last share that is not zero takes the rest, so that the parts always add up to n.
 */
export function drawSplit(
  random: Random,
  n: number,
  shares: readonly number[],
  out: Uint32Array,
  at: number,
): void {
  let left = n;
  let mass = 1;
  for (let i = 0; i < shares.length && left > 0; i += 1) {
    const share = shares[i]!;
    const part =
      mass - share < 1e-9 ? (share > 0 ? left : 0) : drawBinomial(random, left, share / mass);
    out[at + i] = part;
    left -= part;
    mass -= share;
  }
}
