/** One request for the stream, from its first byte to its end, and how it ended. */
import { createSseParser } from '@/lib/client/live/sse-parser';
import { startStopwatch } from '@/lib/client/live/elapsed';
import type { LiveEvent } from '@/lib/core/live/event';
import type { Clock } from '@/lib/core/time/clock';

export type StreamEnd =
  /** It ended, broke, or was never answered with a stream. `retryMs`: the wait that the stream asked for. */
  | { readonly why: 'gone'; readonly retryMs: number | null }
  /** Nothing came, or nothing but the first values, for so long that something on the way must hold it back. */
  | { readonly why: 'held' }
  /** The server has no room now and says when to come again. */
  | { readonly why: 'full'; readonly retryMs: number };

export interface StreamRequest {
  readonly path: string;
  readonly clock: Clock;
  readonly fetch: (path: string, init: RequestInit) => Promise<Response>;
  /** Bytes came. */
  readonly onHeard: () => void;
  readonly onEvents: (events: readonly LiveEvent[]) => void;
  /** Called once, never after `abort`. */
  readonly onEnd: (end: StreamEnd) => void;
}

export interface OpenStream {
  readonly hasSpoken: boolean;
  /** More than the first values came: the line carries beats. */
  readonly isBeating: boolean;
  /** Since the last byte, or since it was asked for; a sleep of the machine included. */
  quietMs(): number;
  abort(): void;
}

/** The server beats at once. */
export const FIRST_BYTE_MS = 10_000;
/** It beats every 15 s; a longer silence is a dead line that nobody reported. */
export const SILENCE_MS = 45_000;
/** Later than this after the first byte it was a beat that came through, not just the first values. */
const FIRST_VALUES_MS = 10_000;

export function openStream(request: StreamRequest): OpenStream {
  const { clock, onEnd } = request;
  const mine = new AbortController();
  let cancelSilence = (): void => {};
  let sinceFirst: (() => number) | null = null;
  let quiet = startStopwatch(clock);
  let isBeating = false;
  let isOver = false;

  const finish = (end: StreamEnd): void => {
    if (isOver) return;
    abort();
    onEnd(end);
  };

  const abort = (): void => {
    isOver = true;
    cancelSilence();
    mine.abort();
  };

  const awaitBytes = (delayMs: number): void => {
    cancelSilence();
    cancelSilence = clock.setTimer(
      () => finish(isBeating ? { why: 'gone', retryMs: null } : { why: 'held' }),
      delayMs,
    );
  };

  const onBytes = (): void => {
    sinceFirst ??= startStopwatch(clock);
    if (sinceFirst() >= FIRST_VALUES_MS) isBeating = true;
    quiet = startStopwatch(clock);
    awaitBytes(SILENCE_MS);
    request.onHeard();
  };

  awaitBytes(FIRST_BYTE_MS);
  read(request, mine.signal, onBytes).then(finish, () => finish({ why: 'gone', retryMs: null }));

  return {
    get hasSpoken() {
      return sinceFirst !== null;
    },
    get isBeating() {
      return isBeating;
    },
    quietMs: () => quiet(),
    abort,
  };
}

async function read(
  { path, fetch, onEvents }: StreamRequest,
  signal: AbortSignal,
  onBytes: () => void,
): Promise<StreamEnd> {
  const answer = await fetch(path, {
    signal,
    cache: 'no-store',
    headers: { accept: 'text/event-stream' },
  });
  if (!answer.ok || answer.body === null || !isStream(answer)) return toRefusal(answer);
  const parser = createSseParser();
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || signal.aborted) break;
      onBytes();
      const events = parser.push(value).flatMap(({ data }) => parseEvent(data));
      if (events.length > 0) onEvents(events);
    }
  } catch {
    // A line that breaks ends like one that is closed.
  }
  return { why: 'gone', retryMs: parser.retryMs };
}

/** A sign-in page of something in between answers 200 too. */
const isStream = ({ headers }: Response): boolean =>
  headers.get('content-type')?.startsWith('text/event-stream') ?? false;

/** Without a `Retry-After` a 503 is a passing trouble like any other: after a start the list is not read yet. */
function toRefusal(answer: Response): StreamEnd {
  const seconds = answer.headers.get('retry-after') ?? '';
  const isFull = (answer.status === 503 || answer.status === 429) && /^\d+$/.test(seconds);
  void answer.body?.cancel().catch(() => undefined);
  return isFull
    ? { why: 'full', retryMs: Number(seconds) * 1_000 }
    : { why: 'gone', retryMs: null };
}

const KINDS: ReadonlySet<unknown> = new Set(['analysis', 'problem', 'heartbeat']);

/** Kinds of a newer server are skipped, not feared. */
function parseEvent(data: string): readonly LiveEvent[] {
  try {
    const event: unknown = JSON.parse(data);
    const isKnown =
      typeof event === 'object' && event !== null && 'type' in event && KINDS.has(event.type);
    return isKnown ? [event as LiveEvent] : [];
  } catch {
    return [];
  }
}
