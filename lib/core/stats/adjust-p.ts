/**
 * p values corrected for their number, in the order they came in; the same as R `p.adjust`. Bonferroni and Holm keep
 * the chance of any false call below the level under any dependence, Benjamini-Hochberg the share of false calls under
 * independence or positive dependence, Benjamini-Yekutieli under any (statistics A6).
 */

/**
 * min(1, m p).
 * Example: 0.02, 0.5: 0.04, 1.
 */
export const bonferroni = (p: readonly number[]): number[] =>
  p.map((value) => Math.min(1, p.length * value));

/**
 * Step down from the smallest: the running maximum of min(1, (m - i) p_(i)), i from 0 (Holm 1979).
 * Example: 0, 0.5, 0.04: 0, 0.5, 0.08.
 */
export function holm(p: readonly number[]): number[] {
  let largest = 0;
  return inOrder(p, (value, rank) => {
    largest = Math.max(largest, Math.min(1, (p.length - rank) * value));
    return largest;
  });
}

/**
 * Step up from the largest: the running minimum of min(1, m/(i + 1) p_(i)) (Benjamini & Hochberg 1995).
 * Example: 0, 0.5, 0.04: 0, 0.5, 0.06.
 */
export const benjaminiHochberg = (p: readonly number[]): number[] => stepUp(p, 1);

/**
 * Benjamini-Hochberg times sum(1/i), valid under any dependence (Benjamini & Yekutieli 2001).
 * Example: 0, 0.5, 0.04: 0, 0.91667, 0.11.
 */
export const benjaminiYekutieli = (p: readonly number[]): number[] =>
  stepUp(
    p,
    p.reduce((sum, _, i) => sum + 1 / (i + 1), 0),
  );

function stepUp(p: readonly number[], price: number): number[] {
  const m = p.length;
  const negated = p.map((value) => -value);
  let smallest = 1;
  return inOrder(negated, (value, rank) => {
    smallest = Math.min(smallest, (price * m * -value) / (m - rank));
    return smallest;
  });
}

/** `adjust` is given the values in ascending order with their rank; its answers return to the places they came from. */
function inOrder(
  values: readonly number[],
  adjust: (value: number, rank: number) => number,
): number[] {
  const places = values.map((_, i) => i).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const adjusted = new Array<number>(values.length).fill(0);
  places.forEach((place, rank) => {
    adjusted[place] = adjust(values[place] ?? 0, rank);
  });
  return adjusted;
}
