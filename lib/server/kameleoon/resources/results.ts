import 'server-only';

import { isProblemError, ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { ResultsSettings } from '@/lib/server/kameleoon/api';
import type { ResultsData, ResultsQuestion } from '@/lib/server/kameleoon/objects';
import { toResultsData } from '@/lib/server/kameleoon/resources/results-data';
import { toCall } from '@/lib/server/kameleoon/resources/verbs';
import { toWireId } from '@/lib/server/kameleoon/resources/wire-id';
import type { JobResult, ResultsJobRequest } from '@/lib/server/kameleoon/results-job';
import { toUpstreamDate } from '@/lib/server/kameleoon/upstream-date';

/** `path` is where the job is posted. */
export type ReadResults = (
  path: string,
  question: ResultsQuestion,
  settings?: ResultsSettings,
) => Promise<ResultsData>;

export function createReadResults({
  runJob,
}: {
  readonly runJob: (request: ResultsJobRequest) => Promise<JobResult>;
}): ReadResults {
  return async (path, question, settings = {}) => {
    const { onWait, sharedToken } = settings;
    const body = toResultsBody(question);
    try {
      const { data } = await runJob({
        path,
        body,
        onWait,
        bearer: sharedToken,
        ...toCall(settings),
      });
      return toResultsData(data, `POST ${path}`);
    } catch (error) {
      const isRefused = isProblemError(error) && error.problem.code === 'upstream-auth';
      if (!isRefused || sharedToken === undefined) throw error;
      const detail = `POST ${path}: the shared token is not taken (any more); ask for another`;
      throw new ProblemError(toProblem('upstream-auth', detail, { upstreamStatus: 401 }), {
        cause: error,
      });
    }
  };
}

/** Body of a results request (fact sheet 4.1): what the question names, and nothing else. */
export function toResultsBody(question: ResultsQuestion): Record<string, unknown> {
  const { goalIds, goalIdsCuped, intervals, ...same } = question;
  for (const { startMs, endMs } of intervals ?? [])
    if (!(startMs < endMs))
      throw new ProblemError(
        toProblem('invalid-input', 'an interval must begin before it ends', { field: 'intervals' }),
      );
  return {
    ...same,
    ...(goalIds && { goalsIds: goalIds.map((id) => toWireId(id, 'goalIds')) }),
    ...(goalIdsCuped && { goalIdsCuped: goalIdsCuped.map((id) => toWireId(id, 'goalIdsCuped')) }),
    ...(intervals && {
      dateIntervals: intervals.map(({ startMs, endMs }) => ({
        start: toUpstreamDate(startMs),
        end: toUpstreamDate(endMs),
      })),
    }),
  };
}
