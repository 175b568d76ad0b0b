import 'server-only';

import { z } from 'zod';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { ResultsCounts, ResultsData } from '@/lib/server/kameleoon/objects';
import { isVariationKey, toVariationId } from '@/lib/server/kameleoon/translate-experiment';
import { wireNumber } from '@/lib/server/kameleoon/wire';

const count = wireNumber.nullish().catch(null);
const byKey = <Value extends z.ZodType>(value: Value) =>
  z.record(z.string(), value.nullish().catch(null)).nullish().catch(null);

const goal = z.object({
  conversionCount: count,
  convertedVisitCount: count,
  revenueCount: count,
});
const general = z.object({ visitCount: count, visitorCount: count, goalsData: byKey(goal) });
const variation = z.object({
  breakdownData: byKey(z.object({ generalData: general.nullish().catch(null) })),
});
const report = z.object({
  variationData: z.record(z.string(), variation.nullish().catch(null)),
});

/**
 * The counts of a report as they came, odd or missing leaves as null. Rows of nobody we know stay in `raw` alone.
 * Throws `upstream-unreadable` where there is no report at all, or the original comes twice.
 */
export function toResultsData(data: unknown, asked: string): ResultsData {
  const parsed = report.safeParse(data);
  if (!parsed.success) throw unreadable(`${asked}: the report does not fit its form`);
  const variations: Record<string, Record<string, ResultsCounts>> = {};
  for (const [key, found] of Object.entries(parsed.data.variationData)) {
    if (!isVariationKey(key)) continue;
    const id = toVariationId(key);
    if (variations[id])
      throw unreadable(`${asked}: the original comes twice, under different keys`);
    variations[id] = mapValues(found?.breakdownData, (row) => toCounts(row?.generalData ?? {}));
  }
  return { variations, raw: data };
}

const toCounts = (data: Partial<z.infer<typeof general>>): ResultsCounts => ({
  visits: data.visitCount ?? null,
  visitors: data.visitorCount ?? null,
  goals: mapValues(data.goalsData, (counts) => ({
    conversions: counts?.conversionCount ?? null,
    converted: counts?.convertedVisitCount ?? null,
    revenue: counts?.revenueCount ?? null,
  })),
});

const mapValues = <From, To>(
  record: Readonly<Record<string, From>> | null | undefined,
  to: (value: From) => To,
): Record<string, To> =>
  Object.fromEntries(Object.entries(record ?? {}).map(([key, value]) => [key, to(value)]));

const unreadable = (what: string): ProblemError =>
  new ProblemError(toProblem('upstream-unreadable', what));
