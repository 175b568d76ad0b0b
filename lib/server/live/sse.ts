import 'server-only';
import type { LiveEvent } from '@/lib/core/live/event';

/**
 * One event as server-sent text. JSON has no raw line breaks, so one `data:` line carries it whatever names contain.
 * Example: `id: 7\nevent: analysis\ndata: {...}\n\n`. The type is said twice: as the event's name and inside the data.
 */
export const toSse = (event: LiveEvent, id: number): string =>
  `id: ${id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;

/** Tells the browser how long to wait before it connects again; give it a random part so that not all come at once. */
export const toSseRetry = (delayMs: number): string => `retry: ${Math.round(delayMs)}\n\n`;
