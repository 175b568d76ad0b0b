import 'server-only';
import type { LiveEvent } from '@/lib/core/live/event';
import { toSse } from '@/lib/server/live/sse';

/** An event with its bytes on the wire, which are the same object for every viewer. */
export interface Frame {
  readonly event: LiveEvent;
  readonly bytes: Uint8Array;
}

const encoder = new TextEncoder();

/** Bytes are made when the first viewer asks for them: the watcher never does. */
export function createFrame(event: LiveEvent, id: number): Frame {
  let bytes: Uint8Array | undefined;
  return {
    event,
    get bytes() {
      bytes ??= encoder.encode(toSse(event, id));
      return bytes;
    },
  };
}
