import { answerInLines } from '@/lib/server/http/lines';
import { route } from '@/lib/server/http/route';
import { readSliceQuestion } from '@/lib/server/http/slice-input';

/**
 * A closer look (`by`, `unit`, `from`, `to`, `out`) under the dials of the question. It may spend a report upstream,
 * so it is no GET. Lines of JSON: how many requests it has cost so far, then the slices or the problem.
 */
export const POST = route(
  { access: 'read-results', input: readSliceQuestion },
  async ({ services, granted, input, signal }) => {
    await services.prepare(granted, input.question);
    return answerInLines(signal, (onProgress, leaving) =>
      services.explore(granted, input.question, input.ask, {
        signal: leaving,
        onProgress,
        anew: input.anew,
      }),
    );
  },
);
