import 'server-only';
import type { ProgressLine } from '@/lib/core/live/progress-line';
import { isProblemError, toProblem } from '@/lib/core/problem/problem';
import { PRIVATE } from '@/lib/server/http/private';

/**
 * Answers in lines of JSON while something goes on (`ProgressLine`). Whoever closes the connection leaves: `work` is
 * told by its signal. What fails is the last line: by then the status has long been sent.
 */
export function answerInLines<Value>(
  signal: AbortSignal,
  work: (onProgress: (requests: number) => void, leaving: AbortSignal) => Promise<Value>,
): Response {
  const left = new AbortController();
  const leave = (): void => left.abort();
  if (signal.aborted) leave();
  signal.addEventListener('abort', leave, { once: true });
  const text = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const say = (line: ProgressLine<Value>): void => {
        if (!left.signal.aborted) controller.enqueue(text.encode(`${JSON.stringify(line)}\n`));
      };
      try {
        const value = await work((requests) => say({ kind: 'asking', requests }), left.signal);
        say({ kind: 'done', value });
      } catch (error) {
        const problem = isProblemError(error)
          ? error.problem
          : toProblem('internal', 'Something went wrong on our side.');
        say({ kind: 'failed', problem });
      } finally {
        signal.removeEventListener('abort', leave);
        if (!left.signal.aborted) controller.close();
      }
    },
    cancel: leave,
  });
  return new Response(body, { headers: { ...PRIVATE, 'Content-Type': 'application/x-ndjson' } });
}
