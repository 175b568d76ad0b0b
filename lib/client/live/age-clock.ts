/**
 * Upstream time as the page sees it: the last `nowMs` heard plus what has passed since by a clock that never steps back.
 * One timer for the whole page, running only while somebody looks at it.
 */
import type { Clock } from '@/lib/core/time/clock';

/** Beyond what the way of a message explains. */
const FAR_OFF_MS = 2_000;

export interface AgeClock {
  /** Stands still between ticks, so that all ages on the page change together. */
  nowMs(): number;
  subscribe(listener: () => void): () => void;
  /** A heartbeat: upstream time now. */
  sync(nowMs: number): void;
}

export function createAgeClock(clock: Clock, startMs: number, tickMs: () => number): AgeClock {
  let baseMs = startMs;
  let syncedAtMs = clock.monotonicMs();
  let shownMs = startMs;
  let cancel: (() => void) | null = null;
  const listeners = new Set<() => void>();

  const runningMs = (): number => baseMs + (clock.monotonicMs() - syncedAtMs);

  const tick = (): void => {
    shownMs = runningMs();
    for (const listener of listeners) listener();
    cancel = clock.setTimer(tick, tickMs());
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
      syncedAtMs = clock.monotonicMs();
      // A page brought back by "Back" starts with the time it was built at: not a moment longer than it must.
      if (cancel === null || offMs <= FAR_OFF_MS) return;
      cancel();
      tick();
    },
  };
}
