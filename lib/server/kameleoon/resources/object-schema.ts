import 'server-only';

import { z } from 'zod';
import { wireId } from '@/lib/server/kameleoon/wire';

/**
 * Leaves of the API's objects as our own code sees them: absent, null and odd alike null. Only the id of an object is
 * required: without it the whole row is odd.
 */
export const leaf = {
  text: z.string().nullish().catch(null).transform(orNull),
  flag: z.boolean().nullish().catch(null).transform(orNull),
  id: wireId.nullish().catch(null).transform(orNull),
  /** null where any of them is odd: a part of a list would be a wrong fact. */
  ids: z.array(wireId).nullish().catch(null).transform(orNull),
  record: z.record(z.string(), z.unknown()).nullish().catch(null).transform(orNull),
} as const;

function orNull<Value>(value: Value | null | undefined): Value | null {
  return value ?? null;
}

export type Rest = Readonly<Record<string, unknown>>;

/** Kept as it is: a copy of 200 rows with their code would cost more than reading them. */
const row = z.custom<Rest>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

/** A row by its known leaves (id and name with the others), with everything that came kept untouched in `rest`. */
export function objectSchema<Shape extends z.ZodRawShape, Found>(
  shape: Shape,
  build: (leaves: Named<Shape>, rest: Rest) => Found,
): z.ZodType<Found> {
  const leaves = z.object({ id: wireId, name: leaf.text, ...shape });
  return row.transform((rest, context) => {
    const parsed = leaves.safeParse(rest);
    if (parsed.success) return build(parsed.data as Named<Shape>, rest);
    for (const { path, message } of parsed.error.issues)
      context.addIssue({ code: 'custom', path: [...path], message });
    return z.NEVER;
  });
}

type Named<Shape extends z.ZodRawShape> = z.infer<z.ZodObject<Shape>> & {
  readonly id: string;
  readonly name: string | null;
};
