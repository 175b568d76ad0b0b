import { readQuestion } from '@/lib/server/http/input';
import { answer, route } from '@/lib/server/http/route';

/** One experiment's analysis under the dials `goal`, `ref` and `level`, as last read. Costs nothing upstream. */
export const GET = route(
  { access: 'read-results', input: readQuestion },
  async ({ services, granted, input }) => {
    await services.prepare(granted, input);
    const reading = services.readReading(granted, input);
    return answer({ reading, nowMs: services.upstreamNowMs() });
  },
);
