/**
 * Upstream time as the page sees it: the last `nowMs` heard plus what has passed since, a sleep of the machine included.
 * One timer for the whole page, running only while somebody looks at it.
 */
import { startStopwatch } from '@/lib/client/live/elapsed';
import type { Clock } from '@/lib/core/time/clock';

/** Beyond what the way of a message explains. */
const FAR_OFF_MS = 2_000;

export interface AgeClock {
  /** Stands still between ticks, so that all ages on the page change together. */
  nowMs(): number;
  subscribe(listener: () => void): () => void;
  /** A heartbeat: upstream time now. */
  sync(nowMs: number): void;
  /** Somebody looks again after a while: what is shown is right at once, not with the next tick. */
  catchUp(): void;
}

export function createAgeClock(clock: Clock, startMs: number, tickMs: () => number): AgeClock {
  let baseMs = startMs;
  let sinceSync = startStopwatch(clock);
  let shownMs = startMs;
  let cancel: (() => void) | null = null;
  const listeners = new Set<() => void>();

  const runningMs = (): number => baseMs + sinceSync();

  const tick = (): void => {
    shownMs = runningMs();
    for (const listener of listeners) listener();
    cancel = clock.setTimer(tick, tickMs());
  };

  const catchUp = (): void => {
    if (cancel === null || Math.abs(shownMs - runningMs()) <= FAR_OFF_MS + tickMs()) return;
    cancel();
    tick();
  };

  return {
    nowMs: () => shownMs,
    subscribe(listener) {
      listeners.add(listener);
      cancel ??= clock.setTimer(tick, tickMs());
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        cancel?.();
        cancel = null;
      };
    },
    sync(nowMs) {
      const offMs = Math.abs(nowMs - runningMs());
      baseMs = nowMs;
      sinceSync = startStopwatch(clock);
      // A page brought back by "Back" starts with the time it was built at: not a moment longer than it must.
      if (cancel === null || offMs <= FAR_OFF_MS) return;
      cancel();
      tick();
    },
    catchUp,
  };
}
