import type { MethodFigures } from '@/lib/core/words/method-figures';

/** Figures of a whole run with those of one part run again; null where they are of another seed or size. */
export function mergeFigures(whole: MethodFigures, part: MethodFigures): MethodFigures | null {
  if (whole.seed !== part.seed || whole.experiments !== part.experiments) return null;
  return {
    ...whole,
    controls: mergeRows(whole.controls, part.controls),
    nothing: mergeRows(whole.nothing, part.nothing),
    effects: mergeRows(whole.effects, part.effects),
    rivals: mergeRows(whole.rivals, part.rivals),
    life: mergeRows(whole.life, part.life),
  };
}

/** By id, in the order of the whole; rows it does not know come last. */
function mergeRows<Row extends { readonly id: string }>(
  whole: readonly Row[],
  part: readonly Row[],
): Row[] {
  const fresh = new Map(part.map((row) => [row.id, row]));
  const known = new Set(whole.map(({ id }) => id));
  return [
    ...whole.map((row) => fresh.get(row.id) ?? row),
    ...part.filter(({ id }) => !known.has(id)),
  ];
}
