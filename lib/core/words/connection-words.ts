/** Whether the page hears news by itself. */
import type { Formats } from '@/lib/core/words/formats';
import type { Phrase } from '@/lib/core/words/phrase';
import { say } from '@/lib/core/words/say';

export type ConnectionState =
  | { readonly state: 'connecting' | 'live' | 'reconnecting' | 'paused' }
  | { readonly state: 'offline'; readonly sinceMs: number };

export const connectionInWords = (
  connection: ConnectionState,
  nowMs: number,
  formats: Formats,
): Phrase =>
  connection.state === 'offline'
    ? say('clocks.connection.offline', { time: formats.near(connection.sinceMs, nowMs) })
    : say(`clocks.connection.${connection.state}`);
