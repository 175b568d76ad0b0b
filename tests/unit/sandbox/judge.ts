/**
 * The verdict rule written out a second time for the tests, from the published formulas and with
 * nothing taken from the sandbox, so that the worlds are judged by somebody else.
 */
export interface Observed {
  readonly visitors: number;
  readonly converted: number;
}

export interface Judged {
  readonly state:
    | 'blocked'
    | 'winner'
    | 'several-winners'
    | 'loser'
    | 'no-difference'
    | 'collecting'
    | 'inconclusive';
  /** By arm after the original. */
  readonly arms: readonly string[];
  readonly best?: number;
}

export function multiplier(n: number, alpha: number): number {
  const rho2 = (-2 * Math.log(alpha) + Math.log(1 - 2 * Math.log(alpha))) / 10_000;
  const r = n * rho2;
  return Math.sqrt((1 + 1 / r) * (Math.log(1 + r) + 2 * Math.log(1 / alpha)));
}

interface Contrast {
  readonly low: number;
  readonly high: number;
  readonly rate: number;
}

function contrast(a: Observed, b: Observed, alpha: number): Contrast {
  const [p, q] = [a.converted / a.visitors, b.converted / b.visitors];
  const mean = (a.converted + b.converted) / (a.visitors + b.visitors);
  const unpooled = (p * (1 - p)) / a.visitors + (q * (1 - q)) / b.visitors;
  const pooled = mean * (1 - mean) * (1 / a.visitors + 1 / b.visitors);
  const half = multiplier(a.visitors + b.visitors, alpha) * Math.sqrt(Math.max(unpooled, pooled));
  return { low: q - p - half, high: q - p + half, rate: p };
}

function isBelowGate(a: Observed, b: Observed): boolean {
  const mean = (a.converted + b.converted) / (a.visitors + b.visitors);
  return [a, b].some((arm) => Math.min(arm.visitors * mean, arm.visitors * (1 - mean)) < 25);
}

/** Judges arms against the first, which is the original; all of them configured to get traffic. */
export function judge(
  arms: readonly Observed[],
  configured: readonly number[],
  ageDays: number,
): Judged {
  const [original, ...variations] = arms;
  const k = arms.length;
  if (splitP(arms, configured) < 0.01) return { state: 'blocked', arms: [] };
  const states = variations.map((arm) => {
    if (isBelowGate(original!, arm)) return 'collecting';
    const { low, high, rate } = contrast(original!, arm, 0.05 / (k - 1));
    if (low > 0) return ageDays < 7 ? 'collecting' : 'winner';
    if (high < 0) return 'loser';
    return Math.max(Math.abs(low), Math.abs(high)) <= 0.01 * rate
      ? 'no-difference'
      : 'inconclusive';
  });
  const best = states.findIndex(
    (state, i) =>
      state === 'winner' &&
      arms.every(
        (other, j) =>
          j === i + 1 || contrast(other, arms[i + 1]!, 0.05 / ((k * (k - 1)) / 2)).low > 0,
      ),
  );
  const all = (state: string): boolean => states.every((own) => own === state);
  if (best >= 0) return { state: 'winner', arms: states, best: best + 1 };
  if (states.includes('winner')) return { state: 'several-winners', arms: states };
  if (all('loser')) return { state: 'loser', arms: states };
  if (all('no-difference')) return { state: 'no-difference', arms: states };
  if (states.includes('collecting')) return { state: 'collecting', arms: states };
  return { state: 'inconclusive', arms: states };
}

/** Sequential split test (Dirichlet-multinomial against the configured split), at this look. */
function splitP(arms: readonly Observed[], configured: readonly number[]): number {
  const weight = 10_000;
  const total = arms.reduce((all, arm) => all + arm.visitors, 0);
  let log = logGamma(weight) - logGamma(weight + total);
  arms.forEach((arm, i) => {
    const share = configured[i]!;
    log += logGamma(share * weight + arm.visitors) - logGamma(share * weight);
    log -= arm.visitors * Math.log(share);
  });
  return Math.exp(-log);
}

/** By recurrence up to 50, then Stirling. */
function logGamma(x: number): number {
  if (x < 50) return logGamma(x + 1) - Math.log(x);
  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + 1 / (12 * x);
}
