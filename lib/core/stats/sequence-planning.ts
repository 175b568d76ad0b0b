import { sequenceMultiplier, tuneRho2 } from '@/lib/core/stats/confidence-sequence';
import { findRoot } from '@/lib/core/stats/find-root';
import { normalCdf } from '@/lib/core/stats/one-sided-p';
import { normalQuantile } from '@/lib/core/stats/normal-quantile';
import type { Plan } from '@/lib/core/stats/sample-size';

export interface SequencePlan extends Omit<Plan, 'sides'> {
  /** N*, people of the pair; null tunes the sequence to the sample that comes out. */
  readonly plannedVisitors: number | null;
  /** Treatment over control traffic. */
  readonly ratio?: number;
}

/**
 * People of the pair at which the confidence sequence excludes 0 at that single look with the power wanted:
 * d/sqrt(v/n) - c(n) = z_b, v = p1 q1/s + p2 q2/(1 - s), s the control's share (2 (p1 q1 + p2 q2) at 50/50). On the safe
 * side: the chance to have crossed at any look up to n is higher (statistics A8). Null where nothing is to be found.
 * Example: 5 % to 5.5 %, alpha 0.05, power 0.8, tuned to itself: 119,607.25.
 */
export function sequenceSampleSize(plan: SequencePlan): number | null {
  const { baseline, target, alpha, power, plannedVisitors, ratio = 1 } = plan;
  const share = 1 / (1 + ratio);
  const v = (baseline * (1 - baseline)) / share + (target * (1 - target)) / (1 - share);
  const d = Math.abs(target - baseline);
  if (d === 0 || !(v > 0)) return null;
  const zPower = normalQuantile(power);
  if (plannedVisitors === null) {
    // Tuned to its own n, the multiplier does not depend on n.
    const multiplier = sequenceMultiplier(1, tuneRho2(alpha, 1), alpha);
    return v * ((multiplier + zPower) / d) ** 2;
  }
  const rho2 = tuneRho2(alpha, plannedVisitors);
  const beyond = (lnN: number): number => {
    const n = Math.exp(lnN);
    return d * Math.sqrt(n / v) - sequenceMultiplier(n, rho2, alpha) - zPower;
  };
  const lnN = findRoot(beyond, Math.log(1e-6), Math.log(1e30));
  return lnN === null ? null : Math.exp(lnN);
}

/**
 * What has to be multiplied with the fixed sample so that the sequence calls with power 0.8 by then, looking all the
 * time; measured by simulation (statistics A8: power 0.52, 0.75, 0.88 at 1, 1.5, 2 times the fixed sample).
 */
export const ANY_LOOK_FACTOR = 1.65;

/**
 * Smallest relative effect that the sequence would find now with the power wanted: (c(n) + z_b) SE/p_C (statistics A8).
 * `error` is SE = max of the difference. Null without conversions of the control.
 * Example: 5,000 of 100,000 against the same, N* 10,000, alpha 0.05, power 0.8: 0.0814535.
 */
export function smallestLiftNow(
  {
    n,
    error,
    controlRate,
  }: { readonly n: number; readonly error: number; readonly controlRate: number },
  {
    alpha,
    power,
    plannedVisitors,
  }: { readonly alpha: number; readonly power: number; readonly plannedVisitors: number },
): number | null {
  if (!(controlRate > 0) || !(n > 0)) return null;
  const multiplier = sequenceMultiplier(n, tuneRho2(alpha, plannedVisitors), alpha);
  return ((multiplier + normalQuantile(power)) * error) / controlRate;
}

/**
 * Power of one look whose interval is effect -+ multiplier SE, both sides counted:
 * Phi(effect/SE - m) + Phi(-effect/SE - m) (GrowthBook's power in mid-experiment, fixed m = z or sequential m = c(n)).
 * Example: effect 0.05 with SE 0.0121945 and m = 3.25860: 0.799997.
 */
export const powerAtLook = (effect: number, error: number, multiplier: number): number =>
  normalCdf(effect / error - multiplier) + normalCdf(-effect / error - multiplier);
