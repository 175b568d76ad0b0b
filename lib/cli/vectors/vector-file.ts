import { z } from 'zod';

/** What a case may be held to: numbers by kind, or the word "exact ..."; see `tolerance`. */
const Accept = z.record(z.string(), z.union([z.number(), z.string()]));
export type Accept = z.infer<typeof Accept>;

const Case = z.looseObject({
  id: z.string(),
  group: z.string(),
  input: z.unknown(),
  expected: z.record(z.string(), z.unknown()),
  tol: z.record(z.string(), z.number()).nullish(),
});
export type VectorCase = z.infer<typeof Case>;

const Published = z.looseObject({
  id: z.string(),
  source: z.string().nullish(),
  input: z.unknown(),
  /** As the source prints it. */
  published: z.record(z.string(), z.unknown()).nullish(),
  /** What the code is held to. */
  recomputed: z.record(z.string(), z.unknown()),
  tol: z.union([z.number(), z.record(z.string(), z.number())]).nullish(),
});
export type PublishedCase = z.infer<typeof Published>;

const VectorFile = z.looseObject({
  meta: z.looseObject({ accept: z.record(z.string(), Accept).default({}) }).default({ accept: {} }),
  cases: z.array(Case).default([]),
  published: z.array(Published).default([]),
});
export type VectorFile = z.infer<typeof VectorFile>;

/** Its message says what is wrong and where, for a person. */
export class MalformedVectors extends Error {}

/**
 * A file of reference cases, shaped like `stats-vectors.json`: `{ meta: { accept }, cases, published }`. Fields it does
 * not know are left alone. Throws `MalformedVectors` on anything else, and on a file without a single case.
 */
export function parseVectorFile(text: string): VectorFile {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new MalformedVectors(
      `not JSON: ${cause instanceof Error ? cause.message : 'unreadable'}`,
    );
  }
  const parsed = VectorFile.safeParse(value);
  if (!parsed.success) {
    const faults = parsed.error.issues
      .slice(0, 5)
      .map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`);
    throw new MalformedVectors(faults.join('; '));
  }
  if (parsed.data.cases.length + parsed.data.published.length === 0)
    throw new MalformedVectors('it holds no cases: `cases` and `published` are missing or empty');
  return parsed.data;
}
