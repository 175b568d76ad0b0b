import { toListBody } from '@/lib/server/http/list-body';
import { noInput } from '@/lib/server/http/input';
import { answer, route } from '@/lib/server/http/route';

/** Every experiment with its verdict, as last read. Costs nothing upstream. */
export const GET = route({ access: 'read-results', input: noInput }, ({ services, granted }) =>
  answer(toListBody(services.readList(granted))),
);
