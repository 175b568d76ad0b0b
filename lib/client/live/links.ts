/** The ways to the owner of the stream: a worker that all tabs share, or an owner inside the page. */
import { BASE_PATH } from '@/lib/client/base-path';
import type { OpenLink, ToPage } from '@/lib/client/live/line-messages';
import { LINE_VERSION } from '@/lib/client/live/line-messages';
import { createLineOwner } from '@/lib/client/live/line-owner';
import type { LineWorld } from '@/lib/client/live/live-line';

/** null where there are no shared workers. */
export function sharedLink(): OpenLink | null {
  if (typeof SharedWorker === 'undefined') return null;
  return (onMessage, onBroken) => {
    try {
      return openWorker(onMessage, onBroken);
    } catch {
      // Forbidden, as in a frame whose storage is blocked.
      queueMicrotask(onBroken);
      return { send: () => undefined, close: () => undefined };
    }
  };
}

function openWorker(onMessage: (message: ToPage) => void, onBroken: () => void) {
  // The bundler looks for exactly this form.
  const worker = new SharedWorker(new URL('./line-worker.ts', import.meta.url), {
    name: `verdict line ${LINE_VERSION} ${BASE_PATH}`,
  });
  const { port } = worker;
  worker.addEventListener('error', onBroken);
  port.onmessage = ({ data }: MessageEvent<ToPage>) => onMessage(data);
  return {
    send: (message: unknown) => port.postMessage(message),
    close() {
      worker.removeEventListener('error', onBroken);
      port.onmessage = null;
      port.postMessage({ type: 'leave' });
      port.close();
    },
  };
}

/** One stream of this page alone. */
export const ownLink =
  (world: LineWorld): OpenLink =>
  (onMessage) => {
    const seat = createLineOwner({ ...world, lingerMs: 0 }).join(onMessage);
    return { send: (message) => seat.receive(message), close: () => seat.leave() };
  };
