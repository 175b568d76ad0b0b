import 'server-only';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import { refuseUnknown } from '@/lib/server/http/input';

/** `ready=1`: whoever asks wants to be refused while viewers had better be sent elsewhere. */
export function readReadyAsk(
  _params: unknown,
  query: URLSearchParams,
): { readonly mustBeReady: boolean } {
  refuseUnknown(query, ['ready']);
  const values = query.getAll('ready');
  if (values.length > 1 || (values[0] !== undefined && values[0] !== '1'))
    throw new ProblemError(toProblem('invalid-input', 'is 1 or left out', { field: 'ready' }));
  return { mustBeReady: values.length === 1 };
}
