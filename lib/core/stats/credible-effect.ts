import type { Beta } from '@/lib/core/stats/beta-posterior';
import type { BetaMesh } from '@/lib/core/stats/beta-mesh';
import { MESH_RULE, meshOf } from '@/lib/core/stats/beta-mesh';
import { findRoot } from '@/lib/core/stats/find-root';
import { dropPoints, lnDensity, sigmoid } from '@/lib/core/stats/logit-beta';
import type { Limits } from '@/lib/core/stats/sample';

/**
 * Equal-tailed credible interval of rate_T - rate_C, alpha/2 outside on each side: the D at which
 * P(T - C <= D) = int f_C(x) F_T(x + D) dx reaches alpha/2 and 1 - alpha/2. Deterministic, for display.
 * Example: Beta(51, 951) against Beta(66, 936), alpha 0.05: [-0.00548189, 0.0355954].
 */
export function credibleDifference(control: Beta, treatment: Beta, alpha: number): Limits | null {
  const shifted: Shift = (D) => ({
    forth: (t) => logitOf(sigmoid(t) + D, sigmoid(-t) - D),
    back: (t) => logitOf(sigmoid(t) - D, sigmoid(-t) + D),
  });
  return quantiles(control, treatment, alpha, shifted, [-1, 1]);
}

/**
 * The same of the lift rate_T/rate_C - 1, found on its logarithm s: int f_C(x) F_T(e^s x) dx. Null where an end is
 * beyond any number (a prior near 0 with nothing counted).
 * Example: as above: [-0.0900206, 0.857070].
 */
export function credibleLift(control: Beta, treatment: Beta, alpha: number): Limits | null {
  const scaled: Shift = (s) => ({
    forth: (t) => logitOfLn(lnRate(t) + s),
    back: (t) => logitOfLn(lnRate(t) - s),
  });
  const widest = [control, treatment].map((beta) => {
    const points = dropPoints(beta);
    return [lnRate(points[0] ?? 0), lnRate(points.at(-1) ?? 0)] as const;
  });
  const [c, t] = [widest[0] ?? [0, 0], widest[1] ?? [0, 0]];
  const s = quantiles(control, treatment, alpha, scaled, [t[0] - c[1] - 1, t[1] - c[0] + 1]);
  if (s === null) return null;
  const limits = { lower: Math.expm1(s.lower), upper: Math.expm1(s.upper) };
  return Number.isFinite(limits.upper) ? limits : null;
}

/** Moves a logit by an effect, and back; minus or plus infinity outside 0 to 1. */
type Shift = (effect: number) => {
  readonly forth: (t: number) => number;
  readonly back: (t: number) => number;
};

function quantiles(
  control: Beta,
  treatment: Beta,
  alpha: number,
  shift: Shift,
  [least, most]: readonly [number, number],
): Limits | null {
  const controlPoints = dropPoints(control);
  const treatmentPoints = dropPoints(treatment);
  const [first, last] = [controlPoints[0] ?? 0, controlPoints.at(-1) ?? 0];
  const treatmentMesh = meshOf(treatmentPoints);
  const tail = tailsOf(treatment, treatmentMesh);
  /** P(effect of T on C is at most `effect`), or above it: whichever is asked for keeps its digits. */
  const chance = (effect: number, side: 'below' | 'above'): number => {
    const { forth, back } = shift(effect);
    const moved = treatmentMesh.edges.map(back).filter((t) => t > first && t < last);
    const { nodes, weights } = meshOf([...controlPoints, ...moved]);
    let [sum, whole] = [0, 0];
    for (let at = 0; at < nodes.length; at += 1) {
      const t = nodes[at] ?? 0;
      const mass = (weights[at] ?? 0) * Math.exp(lnDensity(control, t));
      whole += mass;
      if (mass > 1e-20 * whole) sum += mass * tail(forth(t), side);
    }
    return sum / whole;
  };
  const lower = findRoot((effect) => chance(effect, 'below') - alpha / 2, least, most, 1e-12);
  const upper = findRoot((effect) => chance(effect, 'above') - alpha / 2, least, most, 1e-12);
  return lower === null || upper === null ? null : { lower, upper };
}

/** Both tails of a distribution at any logit: whole panels, and of the one it falls into the part up to there. */
function tailsOf(beta: Beta, { edges }: BetaMesh) {
  const mass = (from: number, to: number): number => {
    const half = (to - from) / 2;
    let sum = 0;
    for (let n = 0; n < MESH_RULE.nodes.length; n += 1) {
      const t = from + half * (1 + (MESH_RULE.nodes[n] ?? 0));
      sum += (MESH_RULE.weights[n] ?? 0) * Math.exp(lnDensity(beta, t));
    }
    return half * sum;
  };
  const panels = edges.length - 1;
  const masses = edges.slice(1).map((to, panel) => mass(edges[panel] ?? 0, to));
  const before = [0];
  for (let panel = 0; panel < panels; panel += 1)
    before.push((before[panel] ?? 0) + (masses[panel] ?? 0));
  const after = new Array<number>(panels + 1).fill(0);
  for (let panel = panels - 1; panel >= 0; panel -= 1)
    after[panel] = (after[panel + 1] ?? 0) + (masses[panel] ?? 0);
  const whole = before[panels] ?? 1;
  return (t: number, side: 'below' | 'above'): number => {
    if (t <= (edges[0] ?? 0)) return side === 'below' ? 0 : 1;
    if (t >= (edges[panels] ?? 0)) return side === 'below' ? 1 : 0;
    const panel = panelAt(edges, t);
    return side === 'below'
      ? ((before[panel] ?? 0) + mass(edges[panel] ?? 0, t)) / whole
      : ((after[panel + 1] ?? 0) + mass(t, edges[panel + 1] ?? 0)) / whole;
  };
}

/** The last panel that starts at or before t. */
function panelAt(edges: readonly number[], t: number): number {
  let [low, high] = [0, edges.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((edges[middle] ?? 0) <= t) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Logit from x and 1 - x, both given so that neither end is rounded. */
const logitOf = (x: number, rest: number): number =>
  x <= 0 ? -Infinity : rest <= 0 ? Infinity : Math.log(x / rest);

/** ln x of a logit. */
const lnRate = (t: number): number =>
  t < 0 ? t - Math.log1p(Math.exp(t)) : -Math.log1p(Math.exp(-t));

const logitOfLn = (lnX: number): number => (lnX >= 0 ? Infinity : lnX - Math.log(-Math.expm1(lnX)));
