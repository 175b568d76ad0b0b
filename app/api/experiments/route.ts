import { toListBody } from '@/lib/server/http/list-body';
import { readListAsk } from '@/lib/server/http/list-input';
import { answer, route } from '@/lib/server/http/route';

/** Experiments with their verdicts, as last read: those asked for, and how many there are of all. Costs nothing upstream. */
export const GET = route(
  { access: 'read-results', input: readListAsk },
  ({ services, granted, input }) => answer(toListBody(services.readList(granted, input))),
);
