import type { Random } from '@/tests/bench/peeking/random';

/**
 * One draw of Binomial(n, p), exact up to rounding: inversion where few successes are expected, else transformed
 * rejection with squeeze (Hörmann 1993, "BTRS"). About 0.1 microseconds whatever n is.
 */
export function binomial(random: Random, n: number, p: number): number {
  if (!(n > 0) || !(p > 0)) return 0;
  if (p >= 1) return n;
  if (p > 0.5) return n - binomial(random, n, 1 - p);
  return n * p < 10 ? byInversion(random, n, p) : byRejection(random, n, p);
}

/** Counts down the uniform by the chances of 0, 1, 2, ... successes, each from the one before. */
function byInversion(random: Random, n: number, p: number): number {
  const odds = p / (1 - p);
  const none = Math.exp(n * Math.log1p(-p));
  for (;;) {
    let left = random();
    let chance = none;
    for (let k = 0; k <= n; k += 1) {
      if (left < chance) return k;
      left -= chance;
      chance *= (odds * (n - k)) / (k + 1);
      // The tail is below what a uniform can tell apart: rounding ate it, so draw again.
      if (chance < 1e-18 && k > n * p) break;
    }
  }
}

function byRejection(random: Random, n: number, p: number): number {
  const q = 1 - p;
  const deviation = Math.sqrt(n * p * q);
  const b = 1.15 + 2.53 * deviation;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const middle = n * p + 0.5;
  const squeeze = 0.92 - 4.2 / b;
  for (;;) {
    const u = random() - 0.5;
    const v = random();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + middle);
    if (k < 0 || k > n) continue;
    if (us >= 0.07 && v <= squeeze) return k;
    const mode = Math.floor((n + 1) * p);
    const height = Math.log((v * (2.83 + 5.1 / b) * deviation) / (a / (us * us) + b));
    const ratio =
      lnFactorial(mode) -
      lnFactorial(k) +
      lnFactorial(n - mode) -
      lnFactorial(n - k) +
      (k - mode) * Math.log(p / q);
    if (height <= ratio) return k;
  }
}

const SMALL: readonly number[] = Array.from({ length: 32 }, (_, k) => {
  let ln = 0;
  for (let i = 2; i <= k; i += 1) ln += Math.log(i);
  return ln;
});

/** ln k! by Stirling's series; its next term is below 1e-14 from 32 on. */
function lnFactorial(k: number): number {
  const known = SMALL[k];
  if (known !== undefined) return known;
  const x = k + 1;
  const inverse = 1 / x;
  const square = inverse * inverse;
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)));
  return (x - 0.5) * Math.log(x) - x + 0.9189385332046727 + series;
}

/** `total` people over shares that sum to 1, added to `counts`; returns how many each got. */
export function multinomial(random: Random, total: number, shares: readonly number[]): number[] {
  let left = total;
  let shareLeft = 1;
  return shares.map((share, place) => {
    const isLast = place === shares.length - 1;
    const count = isLast ? left : binomial(random, left, Math.min(1, share / shareLeft));
    left -= count;
    shareLeft -= share;
    return count;
  });
}
