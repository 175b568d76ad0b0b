import 'server-only';

import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { KameleoonClient } from '@/lib/server/kameleoon/client';
import type { JobResult, ResultsJobRequest } from '@/lib/server/kameleoon/results-job';
import { toReportBody } from '@/lib/server/kameleoon/report-body';
import { toSnapshot } from '@/lib/server/kameleoon/translate-report';
import { parseUpstreamDate, toUpstreamDate } from '@/lib/server/kameleoon/upstream-date';
import { wireReport } from '@/lib/server/kameleoon/wire';

/** Counts of one experiment, all its goals at once: a results job, checked and translated, with what it cost. */
export function createReadReport({
  runJob,
  nowMs,
}: {
  readonly runJob: (request: ResultsJobRequest) => Promise<JobResult>;
  /** Upstream time. */
  readonly nowMs: () => number;
}): KameleoonClient['readReport'] {
  return async (asked, { priority, raised }) => {
    const { experiment } = asked;
    // An interval has two ends: what begins late must be told where to end, even if that is now.
    const endMs = asked.endMs ?? ((asked.sinceMs ?? null) === null ? null : nowMs());
    const request = { ...asked, endMs };
    let requests = 0;
    const { data, postedAtMs } = await runJob({
      path: `/experiments/${experiment.id}/results`,
      body: toReportBody(request),
      priority,
      raised,
      onSent: () => {
        requests += 1;
      },
    });
    const parsed = wireReport.safeParse(data);
    if (!parsed.success)
      throw new ProblemError(
        toProblem(
          'upstream-unreadable',
          `report of experiment ${experiment.id} does not fit its form at ${parsed.error.issues[0]?.path.map(String).join('.').slice(0, 120) ?? ''}`,
        ),
      );
    return {
      snapshot: toSnapshot(parsed.data, request, countedUntilMs(endMs, postedAtMs)),
      requests,
    };
  };
}

/** The API is told whole seconds, and cannot count what has not happened when it is asked. */
const countedUntilMs = (endMs: number | null, postedAtMs: number): number =>
  endMs === null
    ? postedAtMs
    : Math.min(postedAtMs, parseUpstreamDate(toUpstreamDate(endMs)) ?? endMs);
