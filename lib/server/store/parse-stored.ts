import 'server-only';
import { z } from 'zod';
import type { Call } from '@/lib/core/analysis/call';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { Snapshot } from '@/lib/core/experiment/snapshot';

/**
 * JSON that this house wrote itself. Text that no longer parses, or no longer fits (a damaged row), is as good as
 * absent: everything in the store can be read again upstream, so it must never keep a page from showing the rest.
 */
export function parseStored<T>(text: string, isFit: (value: unknown) => boolean): T | undefined {
  try {
    const value: unknown = JSON.parse(text);
    // Only our own repositories write these columns, with values of type T; migrations change the shape.
    return isFit(value) ? (value as T) : undefined;
  } catch {
    return undefined;
  }
}

/** What reading leans on, no more: a field that is added later must not make older rows unfit. */
const fits =
  (schema: z.ZodType) =>
  (value: unknown): boolean =>
    schema.safeParse(value).success;

const id = z.string().min(1);
const ids = z.array(z.object({ id }));

const fitSnapshot = fits(
  z.object({
    experimentId: id,
    asOfMs: z.number(),
    arms: z.array(
      z.object({
        variationId: id,
        visitors: z.number(),
        visits: z.number(),
        goals: z.record(
          z.string(),
          z.object({ converted: z.number(), conversions: z.number(), platform: z.object({}) }),
        ),
      }),
    ),
  }),
);
const fitCall = fits(z.object({ state: id, calledAtMs: z.number(), day: z.number() }));
const fitExperiments = fits(
  z.array(z.object({ id, status: id, name: z.string(), variations: ids, goals: ids })),
);

export const parseSnapshot = (text: string) => parseStored<Snapshot>(text, fitSnapshot);
export const parseCall = (text: string) => parseStored<Call>(text, fitCall);
export const parseExperiments = (text: string) =>
  parseStored<readonly Experiment[]>(text, fitExperiments);
