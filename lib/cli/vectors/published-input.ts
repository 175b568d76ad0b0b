import type { Figures } from '@/lib/cli/vectors/inputs';
import type { VectorFile } from '@/lib/cli/vectors/vector-file';

/**
 * What a published example was computed from. Most hold it themselves; some point elsewhere: `{ fixture: id }` to a
 * case, "as <id>, absolute" or "same as <id>, 99 %" to another example with one thing changed, "same" to the one before.
 * Throws where the pointer leads nowhere.
 */
export function publishedInput(file: VectorFile, place: number, depth = 0): Figures {
  const input = file.published[place]?.input;
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) {
    const { fixture, ...rest } = input as Figures;
    return typeof fixture === 'string'
      ? { ...metricsOf(file, fixture), ...rest }
      : (input as Figures);
  }
  if (typeof input !== 'string' || depth > file.published.length)
    throw new Error('its input is neither an object nor words that point to one');
  const [, id, changes = ''] =
    /^(?:same(?:\s+as)?|as)\b\s*([\w.-]*)[\s,;:]*(.*)$/i.exec(input) ?? [];
  if (id === undefined) throw new Error(`its input "${input}" points to nothing we know`);
  const target = id === '' ? place - 1 : file.published.findIndex((other) => other.id === id);
  const base = target >= 0 ? publishedInput(file, target, depth + 1) : metricsOf(file, id);
  return { ...base, ...changesIn(changes) };
}

function changesIn(words: string): Figures {
  const level = /(\d+(?:\.\d+)?)\s*%/.exec(words)?.[1];
  const alpha = /alpha\s*=?\s*(0?\.\d+)/i.exec(words)?.[1];
  return {
    ...(/absolute/i.test(words) ? { relative: false } : {}),
    ...(/relative/i.test(words) ? { relative: true } : {}),
    ...(level === undefined ? {} : { alpha: Math.round((100 - Number(level)) * 1e10) / 1e12 }),
    ...(alpha === undefined ? {} : { alpha: Number(alpha) }),
  };
}

/** Two arms of a case, as A and B. */
function metricsOf(file: VectorFile, id: string): Figures {
  const held = file.cases.find((other) => other.id === id)?.input ?? KNOWN[id];
  if (typeof held !== 'object' || held === null || !('control' in held) || !('treatment' in held))
    throw new Error(`it points to "${id}", which the file does not hold`);
  return { A: held.control, B: held.treatment };
}

/** Data of published examples that files name without holding them. */
const KNOWN: Readonly<Record<string, unknown>> = {
  // GrowthBook packages/stats/tests/test_midexperimentpower.py: two arms of 500, lift 5 %.
  'welch-04': {
    control: { n: 500, sum: 500, sum_squares: 1500 },
    treatment: { n: 500, sum: 525, sum_squares: 1551.25 },
  },
};
