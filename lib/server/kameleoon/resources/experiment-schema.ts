import 'server-only';

import { z } from 'zod';
import type { ExperimentObject } from '@/lib/server/kameleoon/objects';
import { leaf, objectSchema } from '@/lib/server/kameleoon/resources/object-schema';
import { wireNumber } from '@/lib/server/kameleoon/wire';

/** Shares may come as text; what is no number is left out. */
const shares = z
  .record(z.string(), wireNumber.nullish().catch(null))
  .nullish()
  .catch(null)
  .transform((record) => {
    const entries = Object.entries(record ?? {});
    return Object.fromEntries(
      entries.flatMap(([key, share]) => (typeof share === 'number' ? [[key, share]] : [])),
    );
  });

const shape = {
  siteId: leaf.id,
  siteCode: leaf.text,
  type: leaf.text,
  status: leaf.text,
  baseURL: leaf.text,
  deviations: shares,
  variations: leaf.ids,
  goals: leaf.ids,
  mainGoalId: leaf.id,
  dateStarted: leaf.text,
  dateEnded: leaf.text,
} as const;

const toSchema = (hasGoals: boolean): z.ZodType<ExperimentObject> =>
  objectSchema(shape, (wire, rest): ExperimentObject => ({
    id: wire.id,
    name: wire.name,
    siteId: wire.siteId,
    siteCode: wire.siteCode,
    type: wire.type,
    status: wire.status?.toLowerCase() ?? null,
    baseUrl: wire.baseURL,
    deviations: wire.deviations,
    variationIds: wire.variations ?? [],
    // Where nobody asked for them the list is there, but empty.
    goalIds: hasGoals || (wire.goals ?? []).length > 0 ? wire.goals : null,
    mainGoalId: wire.mainGoalId,
    dateStarted: wire.dateStarted,
    dateEnded: wire.dateEnded,
    rest,
  }));

const withGoals = toSchema(true);
const withoutGoals = toSchema(false);

/** `named`: fields that were asked for or sent, which therefore come back filled. */
export const experimentSchema = (named: readonly string[]): z.ZodType<ExperimentObject> =>
  named.includes('goals') ? withGoals : withoutGoals;
