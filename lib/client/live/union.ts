/**
 * What several pages ask, in one stream: each question once, at most `max`. Where they do not all fit, pages take turns,
 * each in its own order, so that no long list costs another page its one question. Sorted: equal sets are equal asks.
 */
export function unionOf(asks: readonly (readonly string[])[], max: number): readonly string[] {
  const union = new Set<string>();
  const longest = Math.max(0, ...asks.map(({ length }) => length));
  for (let turn = 0; turn < longest; turn += 1)
    for (const keys of asks) {
      const key = keys[turn];
      if (key !== undefined && union.size < max) union.add(key);
    }
  return [...union].sort();
}
