/** Puts what the stream says where the page reads it. */
import { notifyManager, type QueryClient } from '@tanstack/react-query';
import type { AgeClock } from '@/lib/client/live/age-clock';
import { applyEvent, readingOptions } from '@/lib/client/queries';
import type { LiveEvent } from '@/lib/core/live/event';
import type { Reading } from '@/lib/core/live/reading';

const asOf = ({ freshness }: Reading): number => freshness.asOfMs ?? Number.NEGATIVE_INFINITY;

/** Last values that another tab heard may be older than what this page was built with or asked for. */
function isOlder(client: QueryClient, event: LiveEvent): boolean {
  if (event.type !== 'analysis') return false;
  const known = client.getQueryData(readingOptions(event.reading.questionKey).queryKey);
  return known !== undefined && asOf(known) > asOf(event.reading);
}

export function applyEvents(
  client: QueryClient,
  clock: Pick<AgeClock, 'sync'>,
  events: readonly LiveEvent[],
  isReplay: boolean,
): void {
  // A long list is told once of all its rows.
  notifyManager.batch(() => {
    for (const event of events) {
      if (isReplay && isOlder(client, event)) continue;
      applyEvent(client, event);
      if (event.type === 'heartbeat') clock.sync(event.nowMs);
    }
  });
}
