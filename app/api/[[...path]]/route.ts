import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import { route } from '@/lib/server/http/route';

/** Paths that no other route takes: a script reads our error form here too, not a page. */
export const GET = route({ access: 'read-health', input: () => null }, () => {
  throw new ProblemError(toProblem('not-found', 'There is no such route.', { field: 'path' }));
});
