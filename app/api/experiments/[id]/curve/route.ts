import { readQuestion } from '@/lib/server/http/input';
import { answer, route } from '@/lib/server/http/route';

/** The curve of one question: kept looks, oldest first, decimated. */
export const GET = route(
  { access: 'read-results', input: readQuestion },
  ({ services, granted, input }) => answer(services.readCurve(granted, input)),
);
