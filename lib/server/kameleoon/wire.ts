import 'server-only';

import { z } from 'zod';

/**
 * What really comes from the Automation API, as far as we read it. Fields we do not name are ignored, any leaf may be
 * null or absent (the API's own rules call new fields and enum values non-breaking). Only the id of a row is required;
 * a leaf that is only shown (`tags`) is dropped when odd, a leaf that counts makes its row unreadable.
 */

/** int64 on the wire; beyond 2^53 JSON parsing has already falsified it, so it is no id. */
export const wireId = z.union([
  z.number().int().nonnegative().refine(Number.isSafeInteger).transform(String),
  z.string().regex(/^\d{1,19}$/),
]);

/** Some clients write numbers as strings (`deviations` `"0.33333333"`), and they come back so. */
export const wireNumber = z.union([
  z.number(),
  z
    .string()
    .trim()
    .regex(/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i)
    .transform(Number),
]);

const text = z.string().nullish().catch(null);
const flag = z.boolean().nullish().catch(null);
const numbersByKey = z.record(z.string(), wireNumber.nullable()).nullish();

export const wireToken = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).nullish().catch(null),
  expires_in: wireNumber.nullish().catch(null),
});

export const wireSite = z.object({ id: wireId, name: text, code: text, url: text });
export type WireSite = z.infer<typeof wireSite>;

export const wireGoal = z.object({
  id: wireId,
  name: text,
  type: text,
  hasMultipleConversions: flag,
});
export type WireGoal = z.infer<typeof wireGoal>;

export const wireVariation = z.object({ id: wireId, name: text });

export const wireExperiment = z.object({
  id: wireId,
  name: text,
  siteId: wireId.nullish(),
  siteCode: text,
  type: text,
  status: text,
  /** `"origin"` or a variation id -> share of the traffic, 0 to 1. */
  deviations: numbersByKey,
  /** Same keys -> epoch seconds of the last change of allocation. */
  respoolTime: numbersByKey,
  /** Without the original. */
  variations: z.array(wireId).nullish(),
  goals: z.array(wireId).nullish(),
  mainGoalId: wireId.nullish(),
  trafficAllocationMethod: text,
  autoOptimized: flag,
  mvtVariations: z.array(z.unknown()).nullish().catch(null),
  tags: z.array(z.string()).nullish().catch(null),
  dateStarted: text,
  dateEnded: text,
  dateStatusModified: text,
});
export type WireExperiment = z.infer<typeof wireExperiment>;

/** A list is a bare array; its rows are checked one by one, so that one odd row does not cost the others. */
export const wireList = z.array(z.unknown());

/** Only digits, 77 of them in the sample: never a number. */
export const wireJob = z.object({ dataCode: z.string().min(1).max(1000) });

export const wirePoll = z.object({ status: z.string(), data: z.unknown().optional() });

const wireGoalData = z.object({
  conversionCount: wireNumber.nullish(),
  convertedVisitCount: wireNumber.nullish(),
  revenueCount: wireNumber.nullish(),
  conversionRate: wireNumber.nullish(),
  improvementRate: wireNumber.nullish(),
  reliability: wireNumber.nullish(),
});
export type WireGoalData = z.infer<typeof wireGoalData>;

const wireGeneralData = z.object({
  visitCount: wireNumber.nullish(),
  visitorCount: wireNumber.nullish(),
  goalsData: z.record(z.string(), wireGoalData.nullable()).nullish(),
});
export type WireGeneralData = z.infer<typeof wireGeneralData>;

/** Keyed by the rows of a breakdown; without one, a single key holds the totals. */
const wireBreakdowns = z.record(
  z.string(),
  z.object({ generalData: wireGeneralData.nullish() }).nullable(),
);
export type WireBreakdowns = z.infer<typeof wireBreakdowns>;

/** Maps keyed by variation, then by breakdown. */
export const wireReport = z.object({
  variationData: z.record(
    z.string(),
    z.object({ breakdownData: wireBreakdowns.nullish() }).nullable(),
  ),
});
export type WireReport = z.infer<typeof wireReport>;
