import 'server-only';
import type { LiveEvent } from '@/lib/core/live/event';
import { toSse } from '@/lib/server/live/sse';

/** An event with its bytes on the wire, which are the same object for every viewer. */
export interface Frame {
  readonly event: LiveEvent;
  readonly bytes: Uint8Array;
}

/** Bytes are made when the first viewer asks for them: the watcher never does. */
export function createFrame(event: LiveEvent, id: number): Frame {
  let bytes: Uint8Array | undefined;
  return {
    event,
    get bytes() {
      // A Buffer, for a socket would wrap any other array anew for every viewer.
      bytes ??= Buffer.from(toSse(event, id));
      return bytes;
    },
  };
}
