import { twoSidedP } from '@/lib/core/stats/two-sided-p';

/** Sums over the units of one arm: the metric y, and x, the same metric before the experiment. */
export interface PairedSums {
  readonly n: number;
  readonly y: number;
  readonly yy: number;
  readonly x: number;
  readonly xx: number;
  readonly xy: number;
}

export interface CupedTest {
  /** cov(Y, X)/var(X) over the units of both arms taken together. */
  readonly theta: number;
  readonly rawDifference: number;
  readonly rawError: number;
  /** Difference of the means of Y - theta X. */
  readonly difference: number;
  readonly error: number;
  /** 1 - (error/rawError)². */
  readonly varianceReduction: number;
  readonly z: number;
  readonly p: number;
}

/**
 * CUPED (Deng, Xu, Kohavi & Walker 2013; as in GrowthBook and Statsig): the metric less what its past foretells,
 * Y' = Y - theta X, var' = s_Y² + theta² s_X² - 2 theta s_XY per arm. Needs unit-level sums with a pre-period, which no
 * report holds: here for reference, no page shows it. Null below two units in an arm, or where X or Y' does not vary.
 * Example: 2,000 units an arm with a correlation of 0.9: theta 0.600392, 81 % less variance.
 */
export function cuped(control: PairedSums, treatment: PairedSums): CupedTest | null {
  if (!(control.n > 1) || !(treatment.n > 1)) return null;
  const all = spreadOf(add(control, treatment));
  if (!(all.xx > 0)) return null;
  const theta = all.xy / all.xx;
  const [c, t] = [spreadOf(control), spreadOf(treatment)];
  const adjusted = (s: Spread) => s.yy + theta * theta * s.xx - 2 * theta * s.xy;
  const rawError = Math.sqrt(c.yy / c.n + t.yy / t.n);
  const error = Math.sqrt(Math.max(0, adjusted(c)) / c.n + Math.max(0, adjusted(t)) / t.n);
  if (!(error > 0)) return null;
  const rawDifference = t.y - c.y;
  const difference = rawDifference - theta * (t.x - c.x);
  const z = difference / error;
  return {
    theta,
    rawDifference,
    rawError,
    difference,
    error,
    varianceReduction: 1 - (error / rawError) ** 2,
    z,
    p: twoSidedP(z),
  };
}

/** Means y, x; unbiased variances yy, xx and covariance xy. */
type Spread = PairedSums;

const spreadOf = ({ n, y, yy, x, xx, xy }: PairedSums): Spread => ({
  n,
  y: y / n,
  x: x / n,
  yy: (yy - (y * y) / n) / (n - 1),
  xx: (xx - (x * x) / n) / (n - 1),
  xy: (xy - (x * y) / n) / (n - 1),
});

const add = (a: PairedSums, b: PairedSums): PairedSums => ({
  n: a.n + b.n,
  y: a.y + b.y,
  yy: a.yy + b.yy,
  x: a.x + b.x,
  xx: a.xx + b.xx,
  xy: a.xy + b.xy,
});
