import { readQuestion } from '@/lib/server/http/input';
import { answer, route } from '@/lib/server/http/route';

/** The curve of one question: kept looks, oldest first, decimated. */
export const GET = route(
  { access: 'read-results', input: readQuestion },
  async ({ services, granted, input }) => {
    await services.prepare(granted, input);
    return answer(services.readCurve(granted, input));
  },
);
