import type { Beta } from '@/lib/core/stats/beta-posterior';
import { gaussRule } from '@/lib/core/stats/gauss-rule';
import { dropPoints, lnDensity, sigmoid } from '@/lib/core/stats/logit-beta';

/** Eight nodes a panel. */
export const MESH_RULE = gaussRule(8);

/** Beyond this logit a rate and 1 are the same number; up to it, panels follow x(t) too. */
const CURVED = 40;
const CURVED_STEP = 2;

/** Where an integral over logits is taken: every distribution is smooth within each panel. */
export interface BetaMesh {
  /** Ascending ends of the panels, one more than panels. */
  readonly edges: readonly number[];
  /** Logits, eight to a panel, ascending, with their weights. */
  readonly nodes: readonly number[];
  readonly weights: readonly number[];
}

/** One distribution at the nodes of a mesh. */
export interface OnMesh {
  /** Density of the logit. */
  readonly density: readonly number[];
  /** P(X <= x), kept small where small. */
  readonly below: readonly number[];
  /** P(X > x), kept small where small. */
  readonly above: readonly number[];
}

/** Example: `meshOf` of the drop points of Beta(1, 1): 57 panels between -41.9 and 41.9. */
export function meshOf(points: readonly number[]): BetaMesh {
  const sorted = [...points].sort((a, b) => a - b);
  const [first, last] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  const from = Math.ceil(Math.max(first, -CURVED) / CURVED_STEP) * CURVED_STEP;
  for (let t = from; t < Math.min(last, CURVED); t += CURVED_STEP) sorted.push(t);
  const edges = sorted.sort((a, b) => a - b).filter((t, i) => i === 0 || t > (sorted[i - 1] ?? 0));
  const nodes: number[] = [];
  const weights: number[] = [];
  for (let panel = 0; panel + 1 < edges.length; panel += 1) {
    const [start, half] = [edges[panel] ?? 0, halfOf(edges, panel)];
    MESH_RULE.nodes.forEach((node, n) => {
      nodes.push(start + half * (1 + node));
      weights.push(half * (MESH_RULE.weights[n] ?? 0));
    });
  }
  return { edges, nodes, weights };
}

export const commonMesh = (betas: readonly Beta[]): BetaMesh => meshOf(betas.flatMap(dropPoints));

/**
 * Density, and both tails as running integrals of it: no special functions, and the whole is 1 by construction, where
 * ln B(a, b) would lose seven digits at 1e8 (statistics A3).
 */
export function onMesh(beta: Beta, { edges, nodes, weights }: BetaMesh): OnMesh {
  const raw = nodes.map((t) => Math.exp(lnDensity(beta, t)));
  const masses = edges.slice(1).map((_, panel) => {
    let mass = 0;
    for (let n = 0; n < MESH_RULE.nodes.length; n += 1) {
      const at = panel * MESH_RULE.nodes.length + n;
      mass += (weights[at] ?? 0) * (raw[at] ?? 0);
    }
    return mass;
  });
  const whole = masses.reduce((sum, mass) => sum + mass, 0);
  const density = raw.map((value) => value / whole);
  const before = runningSums(masses).map((mass) => mass / whole);
  const after = runningSums([...masses].reverse()).map((mass) => mass / whole);
  const below: number[] = [];
  const above: number[] = [];
  masses.forEach((mass, panel) => {
    const first = panel * MESH_RULE.nodes.length;
    MESH_RULE.upTo.forEach((row) => {
      let part = 0;
      for (let n = 0; n < row.length; n += 1) part += (row[n] ?? 0) * (density[first + n] ?? 0);
      part *= halfOf(edges, panel);
      below.push(clamp((before[panel] ?? 0) + part));
      above.push(clamp((after[masses.length - 1 - panel] ?? 0) + mass / whole - part));
    });
  });
  return { density, below, above };
}

/** sum of w g(node): an integral over logits. */
export function integrate({ weights }: BetaMesh, g: (at: number) => number): number {
  let sum = 0;
  for (let at = 0; at < weights.length; at += 1) sum += (weights[at] ?? 0) * g(at);
  return sum;
}

/** dx/dt at a node: x (1 - x). */
export const rateSlope = ({ nodes }: BetaMesh, at: number): number =>
  sigmoid(nodes[at] ?? 0) * sigmoid(-(nodes[at] ?? 0));

const halfOf = (edges: readonly number[], panel: number): number =>
  ((edges[panel + 1] ?? 0) - (edges[panel] ?? 0)) / 2;

/** Sum of what came before each place. */
function runningSums(values: readonly number[]): number[] {
  let sum = 0;
  return values.map((value) => (sum += value) - value);
}

const clamp = (probability: number): number => Math.min(1, Math.max(0, probability));
