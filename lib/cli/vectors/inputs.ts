import { z } from 'zod';
import type { Limits, Sample } from '@/lib/core/stats/sample';

/** What a group's cases give us, and what we make of it: figures by the name the file expects them under. */
export type Figures = Readonly<Record<string, unknown>>;
/** Of `asked`, the expectation, only the names may be read. */
export type Group = (input: unknown, asked: Figures) => Figures;

export const Counts = z
  .object({ visitors: z.number(), conversions: z.number() })
  .transform(({ visitors, conversions }): Sample => ({ n: visitors, x: conversions }));

export const Alpha = z.number().default(0.05);

export const Pair = z.object({ control: Counts, treatment: Counts });

/** [lower, upper], or null. */
export const ends = (limits: Limits | null): readonly [number, number] | null =>
  limits === null ? null : [limits.lower, limits.upper];

/** `flag_at_0_01` and its like: whether p is below each usual level; an unknown p flags nothing. */
export const flags = (p: number | null): Figures =>
  Object.fromEntries(
    [0.05, 0.01, 0.005, 0.001, 0.0005, 0.0001].map((level) => [
      `flag_at_${String(level).replace('.', '_')}`,
      p !== null && p < level,
    ]),
  );
