import 'server-only';
import type { Question } from '@/lib/core/experiment/question';
import type { Granted } from '@/lib/server/access/granted';
import type { Frame } from '@/lib/server/live/hub';
import { toSseRetry } from '@/lib/server/live/sse';
import type { ResultsAccess } from '@/lib/server/services/results-access';

/** `no-transform` keeps Next and proxies from compressing (and so buffering) the stream. */
const STREAM_HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'private, no-store, no-transform',
  'X-Accel-Buffering': 'no',
  Vary: 'Cookie, Authorization',
};

/** When the process leaves, its viewers come back at different moments: the first and the last of them. */
const RETRY_FROM_MS = 1_000;
const RETRY_TO_MS = 10_000;

const encoder = new TextEncoder();

/** A viewer this far behind (bytes) is let go: it reconnects and gets the last value, which is all it needs. */
const MAX_BUFFERED_BYTES = 1024 * 1024;

/** Carries the hub's frames as server-sent events. Cleans up on abort: a stream's `cancel` is not called for a lost connection. */
export function liveResponse(
  access: Pick<ResultsAccess, 'subscribe'>,
  granted: Granted<'read-results'>,
  questions: readonly Question[],
  signal: AbortSignal,
  random: () => number = Math.random,
): Response {
  let letGo = (): void => {};
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let isJoining = true;
        let hasEnded = false;

        const end = (finish: () => void): void => {
          if (hasEnded) return;
          hasEnded = true;
          leave();
          signal.removeEventListener('abort', onAbort);
          try {
            finish();
          } catch {
            // The other side is gone already.
          }
        };
        const onAbort = (): void => end(() => controller.close());

        const onFrame = ({ bytes }: Frame): void => {
          if (hasEnded) return;
          // The first values come all at once, however many questions there are.
          if (isJoining || (controller.desiredSize ?? 0) > 0) return controller.enqueue(bytes);
          // What waits is given up: an orderly end would keep it for a reader that does not read.
          end(() => controller.error(new DOMException('the reader is too slow', 'AbortError')));
        };
        const onEnd = (): void =>
          end(() => {
            const retryMs = RETRY_FROM_MS + random() * (RETRY_TO_MS - RETRY_FROM_MS);
            controller.enqueue(encoder.encode(toSseRetry(retryMs)));
            controller.close();
          });

        // Whoever was not found throws before the first frame.
        const leave = access.subscribe(granted, questions, onFrame, onEnd);
        isJoining = false;
        letGo = () => end(() => undefined);
        if (signal.aborted) onAbort();
        else signal.addEventListener('abort', onAbort, { once: true });
      },
      cancel: () => letGo(),
    },
    { highWaterMark: MAX_BUFFERED_BYTES, size: (chunk) => chunk?.byteLength ?? 0 },
  );
  return new Response(body, { headers: STREAM_HEADERS });
}

/** What `HEAD` is told. Nobody reads its body, so nothing is subscribed to. */
export const liveHeaders = (): Response => new Response(null, { headers: STREAM_HEADERS });
