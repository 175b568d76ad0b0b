/** The worker that all tabs of one browser share: it owns their one stream. Ends when the last tab does. */
import { livePath } from '@/lib/client/api';
import { browserClock } from '@/lib/client/live/browser-clock';
import type { ToOwner } from '@/lib/client/live/line-messages';
import { createLineOwner } from '@/lib/client/live/line-owner';

/** The types at hand are those of pages. */
interface SharedScope {
  onconnect: ((event: MessageEvent) => void) | null;
}

const owner = createLineOwner({
  clock: browserClock,
  fetch: (url, init) => fetch(url, init),
  random: Math.random,
  pathOf: livePath,
  lingerMs: 1_000,
});

(self as unknown as SharedScope).onconnect = ({ ports: [port] }) => {
  if (!port) return;
  const seat = owner.join((message) => port.postMessage(message));
  port.onmessage = ({ data }: MessageEvent<ToOwner>) => seat.receive(data);
  // Newer browsers tell when a page crashed; in others its silence does.
  port.addEventListener('close', () => seat.leave());
};
