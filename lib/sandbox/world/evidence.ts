/**
 * How strong a difference is when people watch all the time. Used here only to pick seeds whose
 * draws deserve the story told; written independently of the app, from the published formulas.
 */

/** What one arm has shown so far: unique visitors, and those of them who converted. */
export interface Arm {
  readonly visitors: number;
  readonly converted: number;
}

/** Visitors of a pair at which the Gaussian-mixture sequence is tightest. */
const TUNED_AT = 10_000;

/** Multiplier of the standard error that holds at every look (Gaussian mixture), for n visitors. */
export function toMultiplier(n: number, alpha: number): number {
  const logTerm = -2 * Math.log(alpha);
  const r = (n * (logTerm + Math.log(1 + logTerm))) / TUNED_AT;
  return Math.sqrt((1 + 1 / r) * (Math.log(1 + r) + logTerm));
}

/** z of b against a, with the larger of the pooled and the unpooled standard error. */
export function toZ(a: Arm, b: Arm): number {
  const error = toStandardError(a, b);
  return error === 0 ? 0 : (b.converted / b.visitors - a.converted / a.visitors) / error;
}

export function toStandardError(a: Arm, b: Arm): number {
  if (a.visitors === 0 || b.visitors === 0) return 0;
  const [rateA, rateB] = [a.converted / a.visitors, b.converted / b.visitors];
  const pooled = (a.converted + b.converted) / (a.visitors + b.visitors);
  const unpooledVariance = (rateA * (1 - rateA)) / a.visitors + (rateB * (1 - rateB)) / b.visitors;
  const pooledVariance = pooled * (1 - pooled) * (1 / a.visitors + 1 / b.visitors);
  return Math.sqrt(Math.max(unpooledVariance, pooledVariance));
}

/** How far b stands from a in multiples of the threshold: beyond 1 it is decided, below -1 worse. */
export function toStrength(a: Arm, b: Arm, alpha: number): number {
  return toZ(a, b) / toMultiplier(a.visitors + b.visitors, alpha);
}

/** Both arms expect at least 25 conversions and 25 non-conversions. */
export function isEnough(a: Arm, b: Arm): boolean {
  const rate = (a.converted + b.converted) / Math.max(1, a.visitors + b.visitors);
  return [a, b].every(({ visitors }) => Math.min(visitors * rate, visitors * (1 - rate)) >= 25);
}

/** Weight of the prior of the sequential split test (Lindon and Malek). */
const SPLIT_WEIGHT = 10_000;

/** 1 / Bayes factor against the configured split (0 to 1 each); small means broken. Capped at 1. */
export function toSplitP(visitors: readonly number[], configured: readonly number[]): number {
  const total = visitors.reduce((sum, n) => sum + n, 0);
  let logFactor = logGamma(SPLIT_WEIGHT) - logGamma(SPLIT_WEIGHT + total);
  configured.forEach((share, arm) => {
    if (share === 0) return;
    const n = visitors[arm] ?? 0;
    logFactor += logGamma(share * SPLIT_WEIGHT + n) - logGamma(share * SPLIT_WEIGHT);
    logFactor -= n * Math.log(share);
  });
  return Math.min(1, Math.exp(-logFactor));
}

/** Stirling's series; every argument here is in the hundreds at least. */
function logGamma(x: number): number {
  return (
    (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3)
  );
}
