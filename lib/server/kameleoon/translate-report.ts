import 'server-only';

import type { GoalId, VariationId } from '@/lib/core/experiment/ids';
import { ORIGINAL, goalId } from '@/lib/core/experiment/ids';
import { original } from '@/lib/core/experiment/experiment';
import type {
  ArmCounts,
  GoalCounts,
  PlatformFigures,
  Snapshot,
} from '@/lib/core/experiment/snapshot';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { ReportRequest } from '@/lib/server/kameleoon/client';
import type { WireArm } from '@/lib/server/kameleoon/translate-figures';
import { toPlatformFigures } from '@/lib/server/kameleoon/translate-figures';
import { isVariationKey, toVariationId } from '@/lib/server/kameleoon/translate-experiment';
import { firstVisitsOf } from '@/lib/server/kameleoon/first-visits';
import { toWholeSecond } from '@/lib/server/kameleoon/report-body';
import type {
  WireBreakdowns,
  WireGeneralData,
  WireGoalData,
  WireReport,
} from '@/lib/server/kameleoon/wire';

const unreadable = (request: ReportRequest, what: string): ProblemError =>
  new ProblemError(
    toProblem('upstream-unreadable', `report of experiment ${request.experiment.id}: ${what}`),
  );

/**
 * Counts of a report in the house's words. What cannot be true (more visitors than visits, more converted than visits,
 * fractions of people, a lost original) throws `upstream-unreadable`: the last good snapshot then stays.
 * A configured variation without a row has not been seen by anyone yet: zeros.
 */
export function toSnapshot(wire: WireReport, request: ReportRequest, asOfMs: number): Snapshot {
  const { experiment, unit, sinceMs = null } = request;
  const fail = (what: string): ProblemError => unreadable(request, what);
  const rowOf =
    unit === 'first-visits' ? firstVisitsOf(wire, experiment) : totalsOf((what) => fail(what));
  const delivered = new Map<VariationId, WireGeneralData>();
  const rows = Object.entries(wire.variationData);
  const known = rows.filter(([key]) => isVariationKey(key));
  if (rows.length > 0 && known.length === 0) throw fail('no row belongs to a variation');
  for (const [key, variation] of known) {
    const id = toVariationId(key);
    if (delivered.has(id)) throw fail('the original comes twice, under different keys');
    delivered.set(id, rowOf(variation?.breakdownData ?? {}, id));
  }

  const originalWeight = original(experiment)?.weight ?? 0;
  const counted = [...delivered.values()].some((data) => (data.visitCount ?? 0) > 0);
  if (originalWeight > 0 && counted && !delivered.has(ORIGINAL))
    throw fail('the original is missing');

  // In configuration order; then what is no longer configured but was counted.
  const ids = new Set([...experiment.variations.map((v) => v.id), ...delivered.keys()]);
  const arms = [...ids].map((id): WireArm => ({ variationId: id, data: delivered.get(id) ?? {} }));
  // What the platform says of new visitors alone is none of its figures for the experiment.
  const figures = unit === 'first-visits' ? () => NO_FIGURES : toPlatformFigures(arms, unit);

  // A goal that no arm reports is left out rather than counted as zero.
  const goals = experiment.goals
    .map((goal) => goal.id)
    .filter((id) => !counted || arms.some((arm) => arm.data.goalsData?.[id]));

  return {
    experimentId: experiment.id,
    asOfMs,
    ...(sinceMs !== null && { sinceMs: toWholeSecond(sinceMs) }),
    unit,
    arms: arms.map(({ variationId, data }): ArmCounts => {
      const where = `arm ${variationId}`;
      // Where one of the two counts was not given, the other is its bound.
      const visitors = toCount(data.visitorCount ?? data.visitCount, `${where}: visitors`, fail);
      const visits = toCount(data.visitCount ?? data.visitorCount, `${where}: visits`, fail);
      if (visitors > visits) throw fail(`${where} has more visitors than visits`);
      const counts = goals.map((id): [GoalId, GoalCounts] => {
        const { conversions, converted, revenue } = toGoalCounts(
          data.goalsData?.[id] ?? {},
          (what) => fail(`${where}, goal ${id}: ${what}`),
        );
        // More than visitors is possible: it proves that visits were counted (statistics A12.1).
        if (converted > visits) throw fail(`${where}, goal ${id}: more converted than visits`);
        return [
          id,
          { conversions, converted, revenue, platform: figures(variationId, goalId(id)) },
        ];
      });
      return {
        variationId,
        visitors,
        visits,
        goals: Object.fromEntries(counts) as ArmCounts['goals'],
      };
    }),
  };
}

const NO_FIGURES: PlatformFigures = { rate: null, lift: null, reliability: null };

/** No breakdown was asked for: one key, `_reference`, which here means the totals and not the original. */
const totalsOf =
  (fail: (what: string) => ProblemError) =>
  (breakdowns: WireBreakdowns, arm: VariationId): WireGeneralData => {
    const keys = Object.keys(breakdowns);
    if (keys.length > 1) throw fail(`arm ${arm} is split`);
    const [key] = keys;
    return (key === undefined ? null : breakdowns[key]?.generalData) ?? {};
  };

function toCount(
  raw: number | null | undefined,
  what: string,
  fail: (what: string) => ProblemError,
): number {
  const count = raw ?? 0;
  if (!Number.isSafeInteger(count) || count < 0) throw fail(`${what} are no count`);
  return count;
}

function toGoalCounts(
  data: WireGoalData,
  fail: (what: string) => ProblemError,
): Omit<GoalCounts, 'platform'> {
  const { conversionCount, convertedVisitCount, revenueCount } = data;
  const conversions = toCount(conversionCount ?? convertedVisitCount, 'conversions', fail);
  if (conversions > 0 && (convertedVisitCount ?? null) === null)
    throw fail('conversions without the number of those who converted');
  const converted = toCount(convertedVisitCount, 'converted', fail);
  return { conversions, converted, revenue: revenueCount ?? null };
}
