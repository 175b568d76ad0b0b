import 'server-only';
import { z } from 'zod';
import type { Call } from '@/lib/core/analysis/call';
import type { History } from '@/lib/core/analysis/history';
import type { Settings } from '@/lib/core/analysis/settings';
import { DEFAULT_SETTINGS } from '@/lib/core/analysis/settings';
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
const moment = z.number().nullable();
const call = z.object({
  variationId: id,
  state: z.enum(['winner', 'loser', 'no-difference']),
  calledAtMs: z.number(),
  day: z.number(),
  unit: id,
  sinceMs: moment,
  isFinal: z.boolean(),
  heldSinceMs: moment,
  confirmedAtMs: moment,
  lowSinceMs: moment,
  shakenAtMs: moment,
  bestSinceMs: moment,
  withdrawn: z.object({ atMs: z.number(), reason: z.object({ kind: id }) }).nullable(),
  events: z.array(z.object({ kind: id, atMs: z.number(), figures: z.object({}) })),
});
const counts = z.record(z.string(), z.tuple([z.number(), z.number()]));
const fitHistory = fits(
  z.object({
    method: z.object({ confidenceLevel: z.number() }).nullable(),
    firstAtMs: moment,
    lastAtMs: moment,
    counts: z.object({ accepted: counts, fall: z.object({ counts }).nullable() }),
    familyKey: z.string(),
    armIds: z.array(id).nullable(),
    splitP: z.number(),
    finals: z.record(z.string(), z.object({ atMs: z.number(), figures: z.object({ kind: id }) })),
    calls: z.array(call),
  }),
);
const fitSettings = fits(
  z
    .object({
      plannedVisitors: z.number(),
      plannedEnd: moment,
      plannedEffect: moment,
      smallestEffect: z.number(),
      neededCounts: z.number(),
      neededDays: z.number(),
      splitThreshold: z.number(),
      goals: z.record(z.string(), z.object({ role: id, better: z.enum(['higher', 'lower']) })),
      maxOrderValue: moment,
    })
    .partial(),
);
const fitExperiments = fits(
  z.array(z.object({ id, status: id, name: z.string(), variations: ids, goals: ids })),
);

export const parseSnapshot = (text: string) => parseStored<Snapshot>(text, fitSnapshot);
export const parseCall = (text: string) => parseStored<Call>(text, fits(call));
export const parseHistory = (text: string) => parseStored<History>(text, fitHistory);
/** What could not be set yet when it was frozen is what everybody had then: the default. */
export const parseSettings = (text: string): Settings | undefined => {
  const known = parseStored<Partial<Settings>>(text, fitSettings);
  return known && { ...DEFAULT_SETTINGS, ...known };
};
export const parseExperiments = (text: string) =>
  parseStored<readonly Experiment[]>(text, fitExperiments);
