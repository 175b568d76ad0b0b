import { readQuestion } from '@/lib/server/http/input';
import { answer, route } from '@/lib/server/http/route';

/** Moments one can go back to with `at`: the kept looks of one experiment. */
export const GET = route(
  { access: 'read-results', input: readQuestion },
  async ({ services, granted, input }) => {
    await services.prepare(granted, input);
    return answer(services.readMoments(granted, input));
  },
);
