/** Gauss-Legendre quadrature on [-1, 1], with what is needed to integrate up to each of its nodes. */
export interface GaussRule {
  /** Ascending. */
  readonly nodes: readonly number[];
  readonly weights: readonly number[];
  /** `upTo[m][n]`: weight of the value at node n in the integral from -1 to node m. */
  readonly upTo: readonly (readonly number[])[];
}

/**
 * Nodes are the roots of the Legendre polynomial P_n, weights 2/((1 - x²) P_n'(x)²) (Abramowitz & Stegun 25.4.29).
 * For the running integral the values are expanded in Legendre polynomials, whose integral from -1 is
 * (P_{k+1} - P_{k-1})/(2k + 1): upTo[m][n] = w_n/2 sum_k P_k(x_n) (P_{k+1}(x_m) - P_{k-1}(x_m)), and x_m + 1 for k = 0.
 * Example: two nodes: -+0.5773503 with weights 1.
 */
export function gaussRule(size: number): GaussRule {
  const nodes = Array.from({ length: size }, (_, i) => root(size, size - 1 - i));
  const tables = nodes.map((x) => legendre(size, x));
  const weights = nodes.map((x, i) => {
    const slope =
      (size * ((tables[i]?.[size - 1] ?? 0) - x * (tables[i]?.[size] ?? 0))) / (1 - x * x);
    return 2 / ((1 - x * x) * slope * slope);
  });
  const upTo = nodes.map((x, m) => {
    const here = tables[m] ?? [];
    return nodes.map((_, n) => {
      const there = tables[n] ?? [];
      let sum = x + 1;
      for (let k = 1; k < size; k += 1)
        sum += (there[k] ?? 0) * ((here[k + 1] ?? 0) - (here[k - 1] ?? 0));
      return ((weights[n] ?? 0) / 2) * sum;
    });
  });
  return { nodes, weights, upTo };
}

/** The i-th largest root of P_size by Newton's steps from Tricomi's guess. */
function root(size: number, i: number): number {
  let x = Math.cos((Math.PI * (i + 0.75)) / (size + 0.5));
  for (let step = 0; step < 50; step += 1) {
    const p = legendre(size, x);
    const slope = (size * ((p[size - 1] ?? 0) - x * (p[size] ?? 0))) / (1 - x * x);
    const next = x - (p[size] ?? 0) / slope;
    if (Math.abs(next - x) < 1e-16) return next;
    x = next;
  }
  return x;
}

/** P_0 to P_size at x, by (k + 1) P_{k+1} = (2k + 1) x P_k - k P_{k-1}. */
function legendre(size: number, x: number): number[] {
  const p = [1, x];
  for (let k = 1; k < size; k += 1)
    p.push(((2 * k + 1) * x * (p[k] ?? 0) - k * (p[k - 1] ?? 0)) / (k + 1));
  return p;
}
