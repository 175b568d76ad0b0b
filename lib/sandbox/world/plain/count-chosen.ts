import { drawBinomial } from '@/lib/sandbox/world/draw';
import { mix, Random } from '@/lib/sandbox/world/random';

/**
 * How many of the first n people of a line are chosen, when each is with the given chance. Nobody
 * is looked at: a block's number is drawn, then split over its halves down to n. So the answer for
 * n costs about ten draws, never changes, and grows by 0 or 1 from n to n + 1.
 */
export function countChosen(seed: number, chance: number, n: number): number {
  if (chance <= 0 || n <= 0) return 0;
  if (chance >= 1) return n;
  const blocks = Math.floor(n / BLOCK);
  let chosen = 0;
  for (let block = 0; block < blocks; block += 1) chosen += drawBlock(seed, block, chance);
  let rest = n - blocks * BLOCK;
  if (rest === 0) return chosen;

  const blockSeed = mix(mix(seed, blocks), 1);
  let [left, size, node] = [drawBlock(seed, blocks, chance), BLOCK, 1];
  while (rest > 0 && left > 0) {
    if (left === size) return chosen + rest;
    const half = size / 2;
    const first = drawHalf(new Random(mix(blockSeed, node)), size, left);
    if (rest >= half) {
      chosen += first;
      rest -= half;
      left -= first;
      node = 2 * node + 1;
    } else {
      left = first;
      node = 2 * node;
    }
    size = half;
  }
  return chosen;
}

/** People who are drawn at once; a power of two. */
const BLOCK = 1_024;

function drawBlock(seed: number, block: number, chance: number): number {
  return drawBinomial(new Random(mix(mix(seed, block), 0)), BLOCK, chance);
}

/** Of `chosen` among `size` people, how many are in the first half: hypergeometric. */
function drawHalf(random: Random, size: number, chosen: number): number {
  const half = size / 2;
  const isFew = chosen <= half;
  // The smaller side is dealt out: those chosen, or those who are not.
  const dealt = isFew ? chosen : size - chosen;
  const variance = (dealt * (size - dealt)) / (4 * (size - 1));
  let first = 0;
  if (variance > NORMAL_FROM) {
    const drawn = Math.round(dealt / 2 + Math.sqrt(variance) * random.normal());
    first = Math.min(Math.min(dealt, half), Math.max(0, drawn));
  } else {
    for (let i = 0; i < dealt; i += 1) {
      if (random.next() * (size - i) < half - first) first += 1;
    }
  }
  return isFew ? first : half - first;
}

/** Above this variance a rounded normal is as good as dealing one by one. */
const NORMAL_FROM = 9;

/**
 * Splits the first n people of a line over shares (which sum to 1), by the same rule: each part
 * grows with n and never shrinks. Writes the parts to `out` from `at` on.
 */
export function splitChosen(
  seed: number,
  shares: readonly number[],
  n: number,
  out: Float64Array,
  at: number,
): void {
  let [left, mass] = [n, 1];
  for (let i = 0; i < shares.length; i += 1) {
    const isLast = i === shares.length - 1;
    const part = isLast ? left : countChosen(mix(seed, i), shares[i]! / mass, left);
    out[at + i] = part;
    left -= part;
    mass -= shares[i]!;
  }
}
