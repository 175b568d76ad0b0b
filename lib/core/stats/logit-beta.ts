import type { Beta } from '@/lib/core/stats/beta-posterior';

/**
 * A Beta distribution on the logit scale t = ln(x/(1 - x)). There its density is smooth, has one peak and exponential
 * tails whatever the parameters: 0 %, 100 %, a prior of 0.01 or 1e8 visitors are all alike, and neither end is rounded.
 */

/** x of a logit. Example: sigmoid(0) = 0.5; 1 - x is `sigmoid(-t)`. */
export const sigmoid = (t: number): number => (t < 0 ? expRatio(t) : 1 / (1 + Math.exp(-t)));

const expRatio = (t: number): number => {
  const e = Math.exp(t);
  return e / (1 + e);
};

/**
 * ln of the density of t relative to its peak at ln(a/b): a d - (a + b) ln(1 + m (e^d - 1)), d the distance from the
 * peak, m = a/(a + b); right of it from the other side, so that nothing overflows or cancels at 1e8.
 * Example: Beta(1, 1) at t = 2: ln(4 sigmoid(2) sigmoid(-2)) = -0.867562.
 */
export function lnDensity({ a, b }: Beta, t: number): number {
  const d = t - Math.log(a / b);
  return d < 0
    ? a * d - (a + b) * Math.log1p((a / (a + b)) * Math.expm1(d))
    : -b * d - (a + b) * Math.log1p((b / (a + b)) * Math.expm1(-d));
}

/** Half-squares of 0 to 9: where a normal density would be that many deviations from its peak. */
const DROPS = Array.from({ length: 10 }, (_, sigmas) => (sigmas * sigmas) / 2);

/**
 * Ascending logits at which ln density has dropped by 0, 0.5, 2, 4.5 to 40.5 on either side: between two of them the
 * density is a polynomial to many digits, outside the last there is less than 1e-17 of it.
 * Newton's steps from outside converge: ln density is concave.
 * Example: Beta(1, 1) ends at -+41.886.
 */
export function dropPoints(beta: Beta): number[] {
  const deviation = Math.sqrt(1 / beta.a + 1 / beta.b);
  const peak = Math.log(beta.a / beta.b);
  const points = [peak];
  DROPS.slice(1).forEach((drop, i) => {
    points.unshift(solve(beta, drop, peak - (i + 1) * deviation));
    points.push(solve(beta, drop, peak + (i + 1) * deviation));
  });
  return points;
}

function solve(beta: Beta, drop: number, start: number): number {
  const { a, b } = beta;
  let t = start;
  for (let step = 0; step < 60; step += 1) {
    const slope = a * sigmoid(-t) - b * sigmoid(t);
    const next = t - (lnDensity(beta, t) + drop) / slope;
    if (Math.abs(next - t) <= 1e-9 * Math.max(1, Math.abs(t))) return next;
    t = next;
  }
  return t;
}
