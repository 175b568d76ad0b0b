import { deltaLiftError } from '@/lib/core/stats/lift';
import { twoSidedQuantile } from '@/lib/core/stats/normal-quantile';
import { sequenceMultiplier, tuneRho2 } from '@/lib/core/stats/confidence-sequence';
import { standardErrors } from '@/lib/core/stats/standard-error';
import { ALPHA } from '@/tests/bench/peeking/product';
import { chanceToBeat } from '@/tests/bench/peeking/chance';
import type { Counts } from '@/tests/bench/peeking/world';

/** What a rule says of one variation against the control at one look: up, down, or nothing (0). */
export type Rule = (control: Counts, variation: Counts) => -1 | 0 | 1;

const Z = twoSidedQuantile(ALPHA);

const beyond = (value: number, half: number): -1 | 0 | 1 =>
  value > half ? 1 : value < -half ? -1 : 0;

const difference = (c: Counts, t: Counts): number => t.x / t.n - c.x / c.n;

/** The textbook z-test with the pooled error, read as if each look were the only one. */
export const fixedZ: Rule = (c, t) => {
  const errors = standardErrors(c, t);
  return errors === null || errors.pooled === 0 ? 0 : beyond(difference(c, t), Z * errors.pooled);
};

/** A sequence on the difference with the unpooled error and no minimum: a control that must fail at uneven splits. */
export const unpooledSequence =
  (plannedVisitors: number): Rule =>
  (c, t) => {
    const errors = standardErrors(c, t);
    if (errors === null || errors.unpooled === 0) return 0;
    const m = sequenceMultiplier(c.n + t.n, tuneRho2(ALPHA, plannedVisitors), ALPHA);
    return beyond(difference(c, t), m * errors.unpooled);
  };

/** A sequence on the lift with the delta method's error. An interval of no width says nothing. */
const deltaSequence =
  (multiplier: (n: number) => number, needed: number): Rule =>
  (c, t) => {
    if (Math.max(c.x, t.x) < needed) return 0;
    const error = deltaLiftError(c, t);
    if (error === null || !(error > 0)) return 0;
    return beyond(t.x / t.n / (c.x / c.n) - 1, multiplier(c.n + t.n) * error);
  };

/**
 * The same as it stands in the textbook, a control that must fail: no minimum, and a variation without conversions has
 * a lift of -100 % with error 0, which excludes 0.
 */
export const deltaLiftSequence = (plannedVisitors: number): Rule => {
  const rho2 = tuneRho2(ALPHA, plannedVisitors);
  return (c, t) => {
    const error = deltaLiftError(c, t);
    if (error === null) return 0;
    const m = sequenceMultiplier(c.n + t.n, rho2, ALPHA);
    return beyond(t.x / t.n / (c.x / c.n) - 1, m * error);
  };
};

/**
 * GrowthBook's bound, in standard errors: sqrt(N) sqrt(2 (N r² + 1) / (N² r²) ln(sqrt(N r² + 1) / a)), r² tuned at 5,000
 * people, N both arms. Example: N 20,000: 3.127.
 */
export function growthbookMultiplier(n: number): number {
  const l = -2 * Math.log(ALPHA);
  const r2 = (l + Math.log(l + 1)) / 5_000;
  const inner = (2 * (n * r2 + 1)) / (n * n * r2);
  return Math.sqrt(n) * Math.sqrt(inner * Math.log(Math.sqrt(n * r2 + 1) / ALPHA));
}

/** GrowthBook's sequential test: delta lift, shown from 150 conversions in one arm on. */
export const growthbook: Rule = deltaSequence(growthbookMultiplier, 150);

/**
 * Eppo's bound (Howard), in standard errors: sqrt((t + rho) ln((t + rho)/(rho a²))) / sqrt(t), tuned at 10,000 people.
 * Example: t 20,000: 3.0615.
 */
export function eppoMultiplier(t: number): number {
  const a2 = ALPHA * ALPHA;
  const rho = 10_000 / (Math.log(Math.log(Math.E / a2)) - 2 * Math.log(ALPHA));
  return Math.sqrt((t + rho) * Math.log((t + rho) / (rho * a2))) / Math.sqrt(t);
}

/** Eppo's sequential test: delta lift. No minimum is published; an interval of no width says nothing, which is kind. */
export const eppo: Rule = deltaSequence(eppoMultiplier, 0);

/**
 * Statsig's mSPRT bound, in standard errors: sqrt((V + tau)/tau (-2 ln(a/2) - ln(V/(V + tau)))), with
 * tau = z² (s_T² + s_C²)/(n_T + n_C). Example: equal arms: 3.5845 at every n.
 */
export function statsigMultiplier(c: Counts, t: Counts): number {
  const [pC, pT] = [c.x / c.n, t.x / t.n];
  const [sC, sT] = [pC * (1 - pC), pT * (1 - pT)];
  const v = sC / c.n + sT / t.n;
  const tau = (Z * Z * (sT + sC)) / (t.n + c.n);
  return Math.sqrt(((v + tau) / tau) * (-2 * Math.log(ALPHA / 2) - Math.log(v / (v + tau))));
}

/** Statsig's sequential test, on the difference with the unpooled error. */
export const statsig: Rule = (c, t) => {
  const errors = standardErrors(c, t);
  if (errors === null || errors.unpooled === 0) return 0;
  return beyond(difference(c, t), statsigMultiplier(c, t) * errors.unpooled);
};

/** "Chance to beat control" of at least 95 %, or at most 5 %, with flat priors. */
export const chanceRule: Rule = (c, t) => {
  const chance = chanceToBeat(c, t, 0.95);
  return chance >= 0.95 ? 1 : chance <= 0.05 ? -1 : 0;
};
