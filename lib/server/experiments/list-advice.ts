import 'server-only';
import type { ConnectionId } from '@/lib/core/experiment/ids';
import type { Problem, ProblemCode } from '@/lib/core/problem/problem';
import type { ChoreOptions } from '@/lib/server/experiments/chore';
import type { Log } from '@/lib/server/log/create-log';

/** Says in the log that the list cannot be read, once, and that it can again. */
export const tellOfList = (
  log: Log,
  connectionId: ConnectionId,
): Pick<ChoreOptions, 'onFailure' | 'onRecovery'> => ({
  onFailure(problem: Problem, failures, isNews) {
    const fields = { connectionId, problem, failures, ...toAdvice(problem.code) };
    if (isNews) log.warn(fields, 'the list of experiments cannot be read');
    else log.debug(fields, 'the list of experiments is still not read');
  },
  onRecovery: (failures) =>
    log.info({ connectionId, failures }, 'the list of experiments is read again'),
});

/** What an operator can do about it; most of what fails passes by itself. */
function toAdvice(code: ProblemCode): { readonly advice?: string } {
  if (code === 'upstream-auth')
    return { advice: 'correct KAMELEOON_CLIENT_ID and KAMELEOON_CLIENT_SECRET, then start again' };
  if (code === 'upstream-unreachable')
    return { advice: 'check KAMELEOON_API_URL and the way to it; it is tried again by itself' };
  return {};
}
