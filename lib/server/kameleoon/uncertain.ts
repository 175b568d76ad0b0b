import 'server-only';

import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { Failure } from '@/lib/server/kameleoon/failure';
import { isUnprocessed } from '@/lib/server/kameleoon/failure';

/**
 * What a failure means for something that must not happen twice: the error as it is where nothing was done, else
 * `write-uncertain` with the words that say what to look at. `last` is the last try, null where none went out.
 */
export function asUncertain(
  error: ProblemError,
  words: string,
  last: Failure | null,
): ProblemError {
  if (!last || isUnprocessed(last) || isRefusal(last)) return error;
  const { detail, upstreamStatus } = error.problem;
  return new ProblemError(
    toProblem('write-uncertain', `${detail}; ${words}`, {
      ...(upstreamStatus !== undefined && { upstreamStatus }),
    }),
    { cause: error },
  );
}

/** The API said no, in its own words: a 4xx, or an error form with another status below 500. */
const isRefusal = ({ status, problem }: Failure): boolean =>
  status !== null && status < 500 && problem.code !== 'upstream-unreadable';
