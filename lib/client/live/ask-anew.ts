/** Asks our own API for what is on the page, where no stream brings it. */
import { onlineManager, type Query, type QueryClient } from '@tanstack/react-query';
import type { Clock } from '@/lib/core/time/clock';

/** A question that is not answered by then counts as not answered. */
const PATIENCE_MS = 15_000;

/** A curve is asked for when its revision changes; again only when that failed. */
const isDue = ({ queryKey, state }: Query): boolean =>
  queryKey[0] !== 'curve' || state.status === 'error';

const active = { type: 'active' } as const;

/** Whether any answer came. */
export async function askAnew(client: QueryClient, clock: Clock): Promise<boolean> {
  // What is asked without a network would wait for it, and be asked beside the stream that comes back with it.
  if (!onlineManager.isOnline()) return false;
  const due = client.getQueryCache().findAll({ ...active, predicate: isDue });
  const answers = (): number => due.reduce((sum, { state }) => sum + state.dataUpdateCount, 0);
  const before = answers();
  let cancel = (): void => {};
  const patience = new Promise<void>((resolve) => {
    cancel = clock.setTimer(resolve, PATIENCE_MS);
  });
  const asked = client.refetchQueries({ ...active, predicate: isDue }, { cancelRefetch: false });
  await Promise.race([asked, patience]).finally(() => cancel());
  return answers() > before;
}

/** The stream is back: what failed meanwhile and does not come with it. */
export const askFailed = (client: QueryClient): Promise<void> =>
  client.refetchQueries(
    { ...active, predicate: ({ state }) => state.status === 'error' },
    { cancelRefetch: false },
  );
