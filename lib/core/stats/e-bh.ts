/**
 * Which of several "no difference" are rejected by their e-values, the share of false ones at most alpha under any
 * dependence (Wang & Ramdas 2022): k = max{r : e_(r) >= m/(r alpha)}, e_(r) the r-th largest; the k largest fall.
 * Current e-values only: a running maximum of e is no e-value (statistics A6). Gives places in ascending order.
 * Example: e = [60, 45, 31, 2, 1], alpha 0.1: the first three.
 */
export function eBenjaminiHochberg(e: readonly number[], alpha: number): readonly number[] {
  const places = e.map((_, i) => i).sort((a, b) => (e[b] ?? 0) - (e[a] ?? 0));
  const rank = places.findLastIndex((place, i) => (e[place] ?? 0) * (i + 1) * alpha >= e.length);
  return places.slice(0, rank + 1).sort((a, b) => a - b);
}
