import type { ServerResponse } from 'node:http';
import type { Clock } from '@/lib/core/time/clock';
import type { LastValues } from '@/lib/process/last-values';
import { createLastValues } from '@/lib/process/last-values';
import type { Frame } from '@/lib/server/live/frame';
import { toSseRetry } from '@/lib/server/live/sse';

export interface CarryOptions {
  /** Its head is written already. */
  readonly response: ServerResponse;
  readonly subscribe: (onFrame: (frame: Frame) => void, onEnd: () => void) => () => void;
  readonly clock: Pick<Clock, 'setTimer'>;
  readonly random: () => number;
  /** A reader that takes nothing for so long is let go. */
  readonly stalledMs: number;
  readonly onEvent: (event: CarryEvent) => void;
}

/** `behind` and `abreast` take turns; `ended` comes once, last. `replaced`: a frame that nobody will hear of. */
export type CarryEvent = 'sent' | 'replaced' | 'behind' | 'abreast' | 'let-go' | 'ended';

/**
 * With so much (bytes) on its way to a reader nothing more is put on it; only the newest of each question waits until
 * the reader has taken it. So no reader, however slow, costs more than this, and each gets the last value in the end.
 */
export const MARK_BYTES = 64 * 1024;

/** When the process leaves, its viewers come back at different moments: the first and the last of them. */
const RETRY_FROM_MS = 1_000;
const RETRY_TO_MS = 10_000;
/** How long a reader may take over the end. */
const FAREWELL_MS = 1_000;

/** Carries frames to one viewer until it or the process leaves. Throws what `subscribe` throws. */
export function carryStream(options: CarryOptions): void {
  const { response, subscribe, clock, random, stalledMs, onEvent } = options;
  let waiting: LastValues | null = null;
  let hasEnded = false;
  let leave = (): void => {};
  let cancelFarewell = (): void => {};

  const end = (): boolean => {
    if (hasEnded) return false;
    hasEnded = true;
    if (waiting) onEvent('abreast');
    waiting = null;
    leave();
    onEvent('ended');
    return true;
  };

  const send = (frame: Frame): void => {
    response.write(frame.bytes);
    onEvent('sent');
  };

  const onFrame = (frame: Frame): void => {
    if (hasEnded) return;
    if (!waiting && response.writableLength < MARK_BYTES) return send(frame);
    if (!waiting) {
      waiting = createLastValues();
      onEvent('behind');
    }
    if (waiting.keep(frame)) onEvent('replaced');
  };

  const onDrain = (): void => {
    while (waiting && response.writableLength < MARK_BYTES) {
      const frame = waiting.take();
      if (frame) send(frame);
      else {
        waiting = null;
        onEvent('abreast');
      }
    }
  };

  const onLeaving = (): void => {
    if (!end()) return;
    response.end(toSseRetry(RETRY_FROM_MS + random() * (RETRY_TO_MS - RETRY_FROM_MS)));
    cancelFarewell = clock.setTimer(() => response.destroy(), FAREWELL_MS);
  };

  response.on('drain', onDrain);
  // Comes on every end, also of a connection that was lost.
  response.on('close', () => {
    end();
    cancelFarewell();
  });
  // What is written to a connection in the moment it breaks; `close` follows.
  response.on('error', () => undefined);
  response.setTimeout(stalledMs, () => {
    if (!hasEnded) onEvent('let-go');
    response.destroy();
  });
  leave = subscribe(onFrame, onLeaving);
  // It ended while it was still joining.
  if (hasEnded) leave();
}
