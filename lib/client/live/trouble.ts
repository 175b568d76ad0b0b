/** Failures of the stream in a row: how long to wait after the last one, and what it means. */
import { reconnectDelayMs, spreadMs } from '@/lib/client/live/backoff';
import type { LineState } from '@/lib/client/live/connection';
import type { StreamEnd } from '@/lib/client/live/read-stream';

export interface Trouble {
  /** One more. `chance` is uniform in [0, 1); `beatMs`: upstream time of the last beat. */
  add(
    end: StreamEnd,
    chance: number,
    beatMs: number | null,
  ): { readonly delayMs: number; readonly state: LineState };
  /** Bytes come: there is room. */
  spoke(): void;
  /** Beats come: nothing is wrong any more. */
  beats(): void;
}

const OFFLINE_AFTER_FAILURES = 3;
const HELD_BACK_AFTER = 2;
/** How rarely a stream is tried where streams do not get through. */
export const RARE_MS = 5 * 60_000;

export function createTrouble(): Trouble {
  let failures = 0;
  let held = 0;
  let full = 0;

  const waitAfter = (end: StreamEnd, chance: number): number => {
    // The more often it was refused, the less it insists.
    if (end.why === 'full')
      return spreadMs(Math.min(RARE_MS, Math.max(1_000, end.retryMs) * 2 ** (full - 1)), chance);
    if (held >= HELD_BACK_AFTER) return spreadMs(RARE_MS, chance);
    const delayMs = reconnectDelayMs(failures, chance);
    return end.why === 'gone' ? Math.max(end.retryMs ?? 0, delayMs) : delayMs;
  };

  const stateAfter = (end: StreamEnd, sinceMs: number | null): LineState => {
    if (end.why === 'full') return { state: 'unstreamed', why: 'full', sinceMs };
    if (held >= HELD_BACK_AFTER) return { state: 'unstreamed', why: 'held', sinceMs };
    return failures >= OFFLINE_AFTER_FAILURES
      ? { state: 'offline', sinceMs }
      : { state: 'reconnecting' };
  };

  return {
    add(end, chance, beatMs) {
      failures += 1;
      held = end.why === 'held' ? held + 1 : 0;
      full = end.why === 'full' ? full + 1 : 0;
      return { delayMs: waitAfter(end, chance), state: stateAfter(end, beatMs) };
    },
    spoke() {
      full = 0;
    },
    beats() {
      failures = 0;
      held = 0;
    },
  };
}
