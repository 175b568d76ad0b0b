import { gaussRule } from '@/lib/core/stats/gauss-rule';
import { twoSidedQuantile } from '@/lib/core/stats/normal-quantile';
import { normalDensity, oneSidedP } from '@/lib/core/stats/one-sided-p';

const RULE = gaussRule(8);
/** In deviations of one batch; eight nodes a panel leave errors below 1e-9. */
const PANEL = 1.6;

/**
 * Chance that a fixed test at level `alpha` is "significant" at one or more of 1 to `most` equally spaced looks although
 * nothing differs (Armitage, McPherson & Rowe 1969); place k - 1 holds that of k looks. The sum of k standard normal
 * batches has not crossed z sqrt(k) so far; its density goes from look to look by convolution with one more batch.
 * This is what a fixed test on a live page costs, and what a simulation must reproduce before it is believed.
 * Example: alpha 0.05: 0.05 at one look, 0.141689 at 5, 0.193357 at 10, 0.373619 at 100.
 */
export function falseAlarmsOfLooks(most: number, alpha: number): readonly number[] {
  const z = twoSidedQuantile(alpha);
  let nodes: readonly number[] = [0];
  let mass: readonly number[] = [1];
  let crossed = 0;
  return Array.from({ length: most }, (_, k) => {
    const border = z * Math.sqrt(k + 1);
    nodes.forEach((from, i) => {
      crossed += (mass[i] ?? 0) * (oneSidedP(border - from) + oneSidedP(border + from));
    });
    const [next, weights] = gridTo(border);
    const [before, held] = [nodes, mass];
    mass = next.map((to, j) => {
      let density = 0;
      for (let i = 0; i < before.length; i += 1)
        density += (held[i] ?? 0) * normalDensity(to - (before[i] ?? 0));
      return (weights[j] ?? 0) * density;
    });
    nodes = next;
    return crossed;
  });
}

/** Nodes and weights from -border to border. */
function gridTo(border: number): readonly [nodes: readonly number[], weights: readonly number[]] {
  const panels = Math.max(2, Math.ceil((2 * border) / PANEL));
  const half = border / panels;
  const [nodes, weights]: [number[], number[]] = [[], []];
  for (let panel = 0; panel < panels; panel += 1)
    RULE.nodes.forEach((node, n) => {
      nodes.push(-border + half * (2 * panel + 1 + node));
      weights.push(half * (RULE.weights[n] ?? 0));
    });
  return [nodes, weights];
}
