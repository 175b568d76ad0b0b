import { ORIGIN } from '@/lib/sandbox/world/course/subject';
import type { ArmCounts, GoalCounts } from '@/lib/sandbox/world/tally';
import type { Quirks } from './quirks';
import type { ResultsRequest } from './read-request';

/** `data` of a finished job: variation -> row -> counts and what the platform makes of them. */
export function toResultsBody(
  arms: readonly string[],
  request: ResultsRequest,
  rows: ReadonlyMap<string, readonly ArmCounts[]>,
  quirks: Quirks,
) {
  const original = quirks.referenceKey ?? '_reference';
  const keys = arms.map((key) => (key === ORIGIN ? original : key));
  const wanted = request.referenceVariationId;
  const reference = arms.indexOf(wanted === '0' ? ORIGIN : wanted);
  const toEntry = (arm: number) => ({
    breakdownData: Object.fromEntries(
      [...rows].map(([key, arms]) => [
        key,
        { generalData: toGeneralData(arms[arm]!, arms[reference], request, quirks) },
      ]),
    ),
  });
  return { variationData: Object.fromEntries(keys.map((key, arm) => [key, toEntry(arm)])) };
}

function toGeneralData(
  arm: ArmCounts,
  reference: ArmCounts | undefined,
  request: ResultsRequest,
  quirks: Quirks,
) {
  const scale = quirks.rateUnit === 'fraction' ? 1 : 100;
  const basis = (counts: ArmCounts, g: number) =>
    toBasis(counts, counts.goals[g]!, request, quirks);
  const goalsData = request.goals.map((goal, g) => {
    const counts = arm.goals[g]!;
    const own = basis(arm, g);
    const other = reference === undefined || reference === arm ? undefined : basis(reference, g);
    const revenue = counts.revenueCents / 100;
    return [
      String(goal.id),
      {
        conversionCount: counts.conversions,
        convertedVisitCount: toConverted(counts, request, quirks),
        revenueCount: revenue,
        averageCart: counts.conversions === 0 ? 0 : round(revenue / counts.conversions, 2),
        conversionRate: round(scale * toRate(own), 6),
        improvementRate: other === undefined ? null : toImprovement(own, other, scale),
        reliability: other === undefined ? null : toReliability(own, other, scale),
      },
    ] as const;
  });
  return {
    visitCount: arm.visits,
    visitorCount: arm.visitors,
    goalsData: Object.fromEntries(goalsData),
  };
}

/** What a rate is made of: conversions over visits or visitors, as the request says. */
interface Basis {
  readonly converted: number;
  readonly total: number;
}

function toBasis(arm: ArmCounts, goal: GoalCounts, request: ResultsRequest, quirks: Quirks): Basis {
  const isAll = request.conversionType === 'ALL_CONVERSION';
  return {
    converted: isAll ? goal.conversions : toConverted(goal, request, quirks),
    total: request.visitorData ? arm.visitors : arm.visits,
  };
}

function toConverted(goal: GoalCounts, request: ResultsRequest, quirks: Quirks): number {
  const countsPeople = request.visitorData && quirks.convertedCount !== 'visits';
  return countsPeople ? goal.convertedVisitors : goal.convertedVisits;
}

function toRate({ converted, total }: Basis): number {
  return total === 0 ? 0 : converted / total;
}

function toImprovement(own: Basis, other: Basis, scale: number): number | null {
  const base = toRate(other);
  return base === 0 ? null : round(scale * (toRate(own) / base - 1), 4);
}

/** One-sided pooled z-test that the reference is equal or better; 1 - p. */
function toReliability(own: Basis, other: Basis, scale: number): number | null {
  if (own.total === 0 || other.total === 0) return null;
  const pooled = Math.min(1, (own.converted + other.converted) / (own.total + other.total));
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / own.total + 1 / other.total));
  if (error === 0) return null;
  return round(scale * toNormalCdf((toRate(own) - toRate(other)) / error), 4);
}

/** Standard normal distribution function, Abramowitz and Stegun 26.2.17, error below 1e-7. */
function toNormalCdf(z: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(z));
  const series =
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
  return z > 0 ? 1 - tail : tail;
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
