import { readQuestion } from '@/lib/server/http/input';
import { answer, route } from '@/lib/server/http/route';

/** Every goal of an experiment by every variation, as last read; dials `ref` and `level`. Costs nothing upstream. */
export const GET = route(
  { access: 'read-results', input: readQuestion },
  async ({ services, granted, input }) => {
    await services.prepare(granted, input);
    return answer(services.readGoals(granted, input));
  },
);
