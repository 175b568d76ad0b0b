/** Whether the page hears news by itself, and how else. */
import type { Formats } from '@/lib/core/words/formats';
import type { Phrase } from '@/lib/core/words/phrase';
import { say } from '@/lib/core/words/say';

export type ConnectionState =
  | { readonly state: 'connecting' | 'live' | 'reconnecting' | 'paused' }
  /** `sinceMs`: when the dashboard was last reached, upstream time. */
  | { readonly state: 'offline'; readonly sinceMs: number }
  /** Why the page asks: the stream is held back on the way, the server has no room for one, or each breaks. */
  | { readonly state: 'polling'; readonly why: 'held' | 'full' | 'failing' };

export function connectionInWords(
  connection: ConnectionState,
  nowMs: number,
  formats: Formats,
): Phrase {
  if (connection.state === 'offline')
    return say('clocks.connection.offline', { time: formats.near(connection.sinceMs, nowMs) });
  if (connection.state === 'polling') return say(`clocks.connection.polling.${connection.why}`);
  return say(`clocks.connection.${connection.state}`);
}
