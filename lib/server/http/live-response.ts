import 'server-only';
import type { Question } from '@/lib/core/experiment/question';
import type { Granted } from '@/lib/server/access/granted';
import type { Frame } from '@/lib/server/live/hub';
import type { ResultsAccess } from '@/lib/server/services/results-access';

/** `no-transform` keeps Next and proxies from compressing (and so buffering) the stream. */
const STREAM_HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'private, no-store, no-transform',
  'X-Accel-Buffering': 'no',
  Vary: 'Cookie, Authorization',
};

/** A viewer this far behind (bytes) is let go: it reconnects and gets the last value, which is all it needs. */
const MAX_BUFFERED_BYTES = 1024 * 1024;

/** Carries the hub's frames as server-sent events. Cleans up on abort: a stream's `cancel` is not called for a lost connection. */
export function liveResponse(
  access: ResultsAccess,
  granted: Granted<'read-results'>,
  questions: readonly Question[],
  signal: AbortSignal,
): Response {
  let end = (): void => {};
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let ended = false;
        // Frames that come while subscribing are sent at once; whoever was not found throws before the first.
        const leave = access.subscribe(
          granted,
          questions,
          (frame: Frame) => {
            if (ended) return;
            if ((controller.desiredSize ?? 0) <= 0) end();
            else controller.enqueue(frame.bytes);
          },
          () => end(),
        );
        end = () => {
          if (ended) return;
          ended = true;
          leave();
          signal.removeEventListener('abort', end);
          try {
            controller.close();
          } catch {
            // The other side is gone already.
          }
        };
        if (signal.aborted) end();
        else signal.addEventListener('abort', end, { once: true });
      },
      cancel: () => end(),
    },
    { highWaterMark: MAX_BUFFERED_BYTES, size: (chunk) => chunk?.byteLength ?? 0 },
  );
  return new Response(body, { headers: STREAM_HEADERS });
}
