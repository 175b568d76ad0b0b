import 'server-only';

import { ORIGINAL } from '@/lib/core/experiment/ids';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { ReportRequest } from '@/lib/server/kameleoon/client';
import { toUpstreamDate } from '@/lib/server/kameleoon/upstream-date';

/**
 * Body of `POST /experiments/{id}/results` (fact sheet 4.1): all variations and goals, in totals. Of first visits, a
 * breakdown by new visitors: all of that request is attested, while a filter by them would need a value and its key that
 * nobody has seen (4.2, 4.3). Visits are asked for there: one each, so that nothing hangs on what `visitorData` counts.
 */
export function toReportBody({ experiment, unit, sinceMs = null, endMs }: ReportRequest): unknown {
  const startMs = sinceMs ?? experiment.startedAtMs;
  if (endMs !== null && startMs === null)
    throw new ProblemError(
      toProblem('invalid-input', `experiment ${experiment.id} has not started: it has no past`, {
        field: 'endMs',
      }),
    );
  return {
    goalsIds: experiment.goals.map((goal) => Number(goal.id)),
    referenceVariationId: String(ORIGINAL),
    visitorData: unit === 'visitors',
    allVariationsData: true,
    conversionType: 'CONVERTED_VISITS',
    ...(endMs !== null &&
      startMs !== null && {
        dateIntervals: [
          {
            start: toUpstreamDate(sinceMs === null ? startMs : toWholeSecond(sinceMs)),
            end: toUpstreamDate(endMs),
          },
        ],
      }),
    ...(unit === 'first-visits' && { breakdown: { type: 'NEW_VISITOR' } }),
  };
}

/** The API is told whole seconds; counts that are to begin at a moment must not begin before it. */
export const toWholeSecond = (atMs: number): number => Math.ceil(atMs / 1000) * 1000;
