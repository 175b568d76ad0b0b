import { answer, route } from '@/lib/server/http/route';
import { readReadyAsk } from '@/lib/server/http/ready-ask';

/**
 * Own state, upstream state, and the budget used and left in both windows. Always 200 while the process can answer;
 * with `ready=1` 503 while viewers had better be sent elsewhere.
 */
export const GET = route(
  { access: 'read-health', input: readReadyAsk },
  ({ services, granted, input }) => {
    const health = services.health(granted);
    const { reason } = health.ready;
    return input.mustBeReady && reason ? answer({ error: reason }, 503) : answer(health);
  },
);
