import { liveHeaders, liveResponse } from '@/lib/server/http/live-response';
import { readQuestions } from '@/lib/server/http/input';
import { route } from '@/lib/server/http/route';

/** Server-sent events `analysis`, `problem` and `heartbeat` of the questions asked; a snapshot of each on connect. */
export const GET = route(
  { access: 'read-results', input: readQuestions },
  ({ services, granted, input, signal }) => liveResponse(services, granted, input, signal),
);

/** Without this, Next would open a stream that nobody reads. */
export const HEAD = route({ access: 'read-results', input: readQuestions }, () => liveHeaders());
