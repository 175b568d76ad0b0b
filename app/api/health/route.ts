import { answer, route } from '@/lib/server/http/route';
import { noInput } from '@/lib/server/http/input';

/** Own state, upstream state, and the budget used and left in both windows. Always 200 while the process can answer. */
export const GET = route({ access: 'read-health', input: noInput }, ({ services, granted }) =>
  answer(services.health(granted)),
);
