/**
 * Seeded randomness. Every draw of the world starts from a 32-bit seed that names what is drawn
 * (experiment, stream, hour, cell, arm), so that nothing depends on the order of the questions.
 */

/** Folds one integer into a seed; the finaliser is that of MurmurHash3. Result: uint32. */
export function mix(seed: number, value: number): number {
  let hash = seed ^ Math.imul(value, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A seed as a number in the open interval (0, 1). */
export function toUnit(seed: number): number {
  return (seed + 0.5) / 4_294_967_296;
}

/**
 * Mulberry32: one addition and two multiplications a number, good enough for counts of people. A
 * class because a world makes one for each of a million leaves, and closures cost more to make.
 */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed | 0;
  }

  /** Uniform in (0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return toUnit((t ^ (t >>> 14)) >>> 0);
  }

  /** Standard normal. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(this.next())) * Math.cos(2 * Math.PI * this.next());
  }
}
