/**
 * One live stream of a page, read with fetch. It comes back by itself after a failure, a silence or a sleep,
 * and ends for good with `close`. Takes its world as arguments, so that hours pass in a test within milliseconds.
 */
import { reconnectDelayMs } from '@/lib/client/live/backoff';
import { createSseParser } from '@/lib/client/live/sse-parser';
import type { LiveEvent } from '@/lib/core/live/event';
import type { Clock } from '@/lib/core/time/clock';

export type Connection =
  | { readonly state: 'connecting' }
  | { readonly state: 'live' }
  | { readonly state: 'reconnecting' }
  /** Several attempts failed; `sinceMs` is when the stream was last heard, by `Clock.nowMs`. */
  | { readonly state: 'offline'; readonly sinceMs: number }
  | { readonly state: 'paused' };

export interface LiveStreamOptions {
  readonly path: string;
  readonly clock: Clock;
  readonly fetch: (path: string, init: RequestInit) => Promise<Response>;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly visibility: Visibility;
  readonly onEvent: (event: LiveEvent) => void;
  readonly onConnection: (connection: Connection) => void;
}

export interface Visibility {
  isVisible(): boolean;
  /** The answer ends the subscription. */
  subscribe(listener: () => void): () => void;
}

export interface LiveStream {
  close(): void;
}

/** The server beats well within this; a longer silence is a dead line that nobody reported. */
const SILENCE_MS = 45_000;
/**
 * A page nobody sees lets its stream go almost at once, and reads again the moment it is seen. A browser keeps no more
 * than six connections to one address open for all its tabs: streams of hidden ones would keep the seventh tab from
 * loading at all.
 */
const HIDDEN_MS = 3_000;
const OFFLINE_AFTER_FAILURES = 3;

export function openLiveStream(options: LiveStreamOptions): LiveStream {
  const { clock, visibility, onConnection } = options;
  let isClosed = false;
  let failures = 0;
  let lastHeardMs = clock.nowMs();
  let request: AbortController | null = null;
  let cancelWait = noop;
  let cancelSilence = noop;
  let cancelHidden = noop;

  const awaitNews = (): void => {
    cancelSilence();
    cancelSilence = clock.setTimer(() => request?.abort(), SILENCE_MS);
  };

  const release = (): void => {
    cancelWait();
    cancelSilence();
    request?.abort();
    request = null;
  };

  const connect = async (): Promise<void> => {
    release();
    const mine = new AbortController();
    request = mine;
    awaitNews();
    let retryMs: number | null = null;
    try {
      retryMs = await readStream(options, mine.signal, () => {
        if (failures > 0 || lastState !== 'live') tell({ state: 'live' });
        failures = 0;
        lastHeardMs = clock.nowMs();
        awaitNews();
      });
    } catch {
      // Every end of a stream is answered alike: come back.
    }
    if (request !== mine || isClosed) return;
    release();
    failures += 1;
    tell(
      failures >= OFFLINE_AFTER_FAILURES
        ? { state: 'offline', sinceMs: lastHeardMs }
        : { state: 'reconnecting' },
    );
    const delayMs = Math.max(retryMs ?? 0, reconnectDelayMs(failures, options.random()));
    cancelWait = clock.setTimer(() => void connect(), delayMs);
  };

  let lastState: Connection['state'] = 'connecting';
  const tell = (connection: Connection): void => {
    lastState = connection.state;
    onConnection(connection);
  };

  const onVisibility = (): void => {
    cancelHidden();
    if (!visibility.isVisible()) {
      cancelHidden = clock.setTimer(() => {
        release();
        tell({ state: 'paused' });
      }, HIDDEN_MS);
    } else if (lastState !== 'live' && lastState !== 'connecting') {
      tell({ state: 'reconnecting' });
      void connect();
    }
  };

  const stopWatching = visibility.subscribe(onVisibility);
  // A tab opened in the background has its figures already; the stream can wait until it is looked at.
  if (visibility.isVisible()) void connect();
  else tell({ state: 'paused' });

  return {
    close() {
      isClosed = true;
      stopWatching();
      cancelHidden();
      release();
    },
  };
}

/** Reads one connection to its end; gives the stream's own `retry`. */
async function readStream(
  { path, fetch, onEvent }: LiveStreamOptions,
  signal: AbortSignal,
  onHeard: () => void,
): Promise<number | null> {
  const answer = await fetch(path, {
    signal,
    cache: 'no-store',
    headers: { accept: 'text/event-stream' },
  });
  if (!answer.ok || answer.body === null) throw new Error(`live stream: HTTP ${answer.status}`);
  const parser = createSseParser();
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done || signal.aborted) return parser.retryMs;
    onHeard();
    for (const message of parser.push(value)) {
      const event = parseEvent(message.data);
      if (event) onEvent(event);
    }
  }
}

const KINDS: ReadonlySet<unknown> = new Set(['analysis', 'problem', 'heartbeat']);

/** Kinds of a newer server are skipped, not feared. */
function parseEvent(data: string): LiveEvent | null {
  try {
    const event: unknown = JSON.parse(data);
    const isKnown =
      typeof event === 'object' && event !== null && 'type' in event && KINDS.has(event.type);
    return isKnown ? (event as LiveEvent) : null;
  } catch {
    return null;
  }
}

function noop(): void {}
