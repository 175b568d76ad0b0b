/** Our server as a stream asks it: each answer is scripted, each request is kept. */
import type { LiveEvent } from '@/lib/core/live/event';

export interface Asked {
  readonly path: string;
  readonly signal: AbortSignal;
  /** Puts text on the stream that answers this request. */
  say(text: string): void;
  sayEvent(event: LiveEvent): void;
  end(): void;
  isOpen(): boolean;
}

/** What a request meets. `open`: a stream that says a beat at once and stays. */
export type Answer = 'open' | 'mute' | 'unanswered' | 'refused' | Response;

export const beatAt = (nowMs: number): LiveEvent => ({
  type: 'heartbeat',
  nowMs,
  progress: { read: 1, total: 2, atRest: { read: 0, total: 0 } },
  storeProblem: null,
});

export const toText = (event: LiveEvent): string =>
  `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;

export function aServer(script: readonly Answer[] = [], otherwise: Answer = 'open') {
  const asked: Asked[] = [];
  let rest: Answer = otherwise;

  const fetch = (path: string, init: RequestInit): Promise<Response> => {
    const answer = script[asked.length] ?? rest;
    const signal = init.signal!;
    let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
    let isOpen = false;
    const say = (text: string): void => controller?.enqueue(new TextEncoder().encode(text));
    asked.push({
      path,
      signal,
      say,
      sayEvent: (event) => say(toText(event)),
      end() {
        isOpen = false;
        controller?.close();
      },
      isOpen: () => isOpen,
    });
    if (answer === 'refused') return Promise.reject(new TypeError('refused'));
    if (answer === 'unanswered')
      return new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(new DOMException('gone', 'AbortError'))),
      );
    if (answer instanceof Response) return Promise.resolve(answer.clone());
    const body = new ReadableStream<Uint8Array>({
      start(mine) {
        controller = mine;
        isOpen = true;
        signal.addEventListener('abort', () => {
          if (isOpen) mine.error(new DOMException('gone', 'AbortError'));
          isOpen = false;
        });
      },
    });
    if (answer === 'open') say(toText(beatAt(1_000 * asked.length)));
    return Promise.resolve(new Response(body, { headers: STREAM }));
  };

  return {
    fetch,
    asked,
    last: (): Asked => asked.at(-1)!,
    /** Streams that are open. */
    open: (): readonly Asked[] => asked.filter(({ isOpen }) => isOpen()),
    /** What every later request meets. */
    answerWith(answer: Answer): void {
      rest = answer;
    },
  };
}

const STREAM = { 'content-type': 'text/event-stream; charset=utf-8' };
