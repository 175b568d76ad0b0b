import 'server-only';

import { ProblemError, isProblemError, toProblem } from '@/lib/core/problem/problem';
import type { Clock } from '@/lib/core/time/clock';
import { sleepUnless } from '@/lib/server/kameleoon/sleep-unless';
import type { Call } from '@/lib/server/kameleoon/call';
import type { Priority } from '@/lib/server/kameleoon/client';
import type { JobTime } from '@/lib/server/kameleoon/job-time';
import { wireJob, wirePoll } from '@/lib/server/kameleoon/wire';

export interface ResultsJobRequest {
  /** Where the job is posted: the results of an experiment or of a feature flag. */
  readonly path: string;
  readonly body: unknown;
  readonly priority: Priority;
  readonly raised?: AbortSignal | undefined;
  readonly onSent?: (() => void) | undefined;
  /** Told before each poll after the first. */
  readonly onWait?: (() => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Goes with this token instead of the connection's. */
  readonly bearer?: string | undefined;
}

export interface JobResult {
  /** The `data` of the READY answer, not yet checked. */
  readonly data: unknown;
  /** Upstream time when the job was posted: the report counts up to there. */
  readonly postedAtMs: number;
}

/** From the POST on. */
const DEADLINE_MS = 60_000;
const FIRST_GAP_MS = 500;

/** Asks for a report and fetches it: POST, wait as long as jobs are known to take, poll, wait longer, poll. */
export function createResultsJob({
  call,
  clock,
  jobTime,
}: {
  readonly call: Call;
  readonly clock: Clock;
  readonly jobTime: JobTime;
}): (request: ResultsJobRequest) => Promise<JobResult> {
  return async ({ path, body, onWait, ...settings }) => {
    const posted = await call({
      method: 'POST',
      path,
      json: body,
      schema: wireJob,
      ...settings,
    });
    // Counted from the answer: a POST that waited for the budget or was retried says nothing about the job.
    const startMs = clock.monotonicMs();
    const elapsedMs = (): number => clock.monotonicMs() - startMs;

    const poll = async () => {
      try {
        const { value } = await call({
          method: 'GET',
          path: '/results',
          query: { dataCode: posted.value.dataCode },
          schema: wirePoll,
          ...settings,
          started: true,
          deadlineMs: Math.max(1000, DEADLINE_MS - elapsedMs()),
        });
        return value;
      } catch (error) {
        // The job is unknown, not the experiment; the next report may well work.
        if (isProblemError(error) && error.problem.code === 'upstream-not-found')
          throw new ProblemError(
            toProblem('upstream-failed', 'GET /results: the API lost the report while making it', {
              upstreamStatus: 404,
            }),
            { cause: error },
          );
        throw error;
      }
    };

    const waitMs = jobTime.estimateMs();
    let atMs = waitMs;
    for (let polls = 1; ; polls += 1) {
      if (!(await sleepUnless(clock, Math.max(0, atMs - elapsedMs()), settings.signal)))
        throw new ProblemError(
          toProblem('given-up', `POST ${path}: given up while the report was being made`),
        );
      if (polls > 1) onWait?.();
      const askedMs = elapsedMs();
      const { status, data } = await poll();
      // Anything else than READY is "not yet"; an ERROR has already failed as an error form.
      if (status.toUpperCase() === 'READY') {
        if (polls > 1) jobTime.onMiss(waitMs, askedMs);
        // A poll that the budget held back proves nothing about the shorter wait.
        else if (askedMs <= waitMs * 1.1 + 50) jobTime.onHit(waitMs);
        return { data, postedAtMs: posted.sentAtMs };
      }
      if (elapsedMs() >= DEADLINE_MS)
        throw new ProblemError(
          toProblem('report-not-ready', `POST ${path}: no report after ${DEADLINE_MS / 1000} s`),
        );
      atMs = Math.min(DEADLINE_MS, askedMs + Math.max(FIRST_GAP_MS, askedMs / 2));
    }
  };
}
