import { z } from 'zod';
import { GROUPS } from '@/lib/cli/vectors/groups';
import type { Held } from '@/lib/cli/vectors/hold';
import { hold } from '@/lib/cli/vectors/hold';
import type { Figures } from '@/lib/cli/vectors/inputs';
import { publishedFigures } from '@/lib/cli/vectors/published-figures';
import { publishedInput } from '@/lib/cli/vectors/published-input';
import type { Tolerance } from '@/lib/cli/vectors/tolerance';
import { toleranceOf } from '@/lib/cli/vectors/tolerance';
import type { PublishedCase, VectorCase, VectorFile } from '@/lib/cli/vectors/vector-file';

/** One line of the answer: a group of the file, how many of its cases passed, and how far off the worst value was. */
export interface GroupResult {
  readonly group: string;
  readonly passed: number;
  readonly failed: number;
  readonly largestDeviation: number;
  /** A sentence for each fault, with the case's id. */
  readonly faults: readonly string[];
}

/** Groups in the order the file first names them, `published` last. A group nobody knows fails as a whole. */
export function checkFile(file: VectorFile): readonly GroupResult[] {
  const names = [...new Set(file.cases.map(({ group }) => group))];
  const results = names.map((group) =>
    summed(
      group,
      file.cases
        .filter((one) => one.group === group)
        .map((one) => [one.id, checkCase(file, one)] as const),
    ),
  );
  if (file.published.length === 0) return results;
  const published = file.published.map(
    (one, place) => [one.id, checkPublished(file, one, place)] as const,
  );
  return [...results, summed('published', published)];
}

function checkCase(file: VectorFile, { group, input, expected, tol }: VectorCase): Held {
  const compute = Object.hasOwn(GROUPS, group) ? GROUPS[group] : undefined;
  if (compute === undefined) return failed(`the group ${group} is not one we know`);
  if (isEmpty(expected)) return failed(NOTHING_EXPECTED);
  const accept = file.meta.accept[group];
  return attempt(
    () => compute(input, expected),
    (actual) => hold(actual, expected, (field) => toleranceOf(field, accept, tol)),
  );
}

/** Held to `recomputed`; a figure that the source prints rounded is held to its printed digits. */
function checkPublished(file: VectorFile, one: PublishedCase, place: number): Held {
  if (isEmpty(one.recomputed)) return failed(NOTHING_EXPECTED);
  const accept = file.meta.accept.published;
  const own = typeof one.tol === 'number' ? { abs: one.tol, rel: one.tol } : one.tol;
  const tolerance = (field: string): Tolerance => toleranceOf(field, accept, own);
  return attempt(
    () => publishedFigures(publishedInput(file, place), `${one.id} ${one.source ?? ''}`),
    (actual) => hold(actual, one.recomputed, tolerance, '', { printed: one.published }),
  );
}

/** What compares nothing would pass whatever we compute. */
const NOTHING_EXPECTED = 'it expects no figure';
const isEmpty = (expected: Figures): boolean => Object.keys(expected).length === 0;

/** An input that cannot be read fails its case, not the run. */
function attempt(compute: () => Figures, compare: (actual: Figures) => Held): Held {
  try {
    return compare(compute());
  } catch (cause) {
    if (cause instanceof z.ZodError) return failed(`input: ${z.prettifyError(cause)}`);
    return failed(cause instanceof Error ? cause.message : 'it could not be computed');
  }
}

const failed = (fault: string): Held => ({ deviation: Infinity, faults: [fault] });

const summed = (
  group: string,
  cases: readonly (readonly [id: string, held: Held])[],
): GroupResult => {
  const bad = cases.filter(([, { faults }]) => faults.length > 0);
  return {
    group,
    passed: cases.length - bad.length,
    failed: bad.length,
    largestDeviation: cases.reduce((most, [, { deviation }]) => Math.max(most, deviation), 0),
    faults: bad.flatMap(([id, { faults }]) =>
      faults.map((fault) => `${id}: ${fault.replace(/\s*\n\s*/g, ' ')}`),
    ),
  };
};
