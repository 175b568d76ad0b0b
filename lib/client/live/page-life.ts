/** When somebody looks at the page, and when its stream may have died unnoticed. */
import { startStopwatch } from '@/lib/client/live/elapsed';
import type { Clock } from '@/lib/core/time/clock';

export type LifeSign =
  /** It is looked at: after being hidden, frozen, or kept for "Back". */
  | 'seen'
  | 'hidden'
  /** No code of it runs from now on; nothing may be left to a timer. */
  | 'frozen'
  /** The machine slept, or its timers stood still. */
  | 'slept'
  /** The network came back. */
  | 'online';

export interface PageLife {
  isVisible(): boolean;
  /** The answer ends the subscription. */
  subscribe(listener: (sign: LifeSign) => void): () => void;
}

/** Where the events come from: `document` and `window`. */
export interface PageEvents {
  readonly document: EventTarget & { readonly visibilityState: string };
  readonly window: EventTarget;
}

const STEP_MS = 5_000;
/** Timers of a busy page are late by less. */
const LATE_MS = 10_000;

export function createPageLife({ document, window }: PageEvents, clock: Clock): PageLife {
  const isVisible = (): boolean => document.visibilityState === 'visible';
  return {
    isVisible,
    subscribe(listener) {
      const show = (): void => listener(isVisible() ? 'seen' : 'hidden');
      const freeze = (): void => listener('frozen');
      const comeOnline = (): void => listener('online');
      const events: readonly (readonly [EventTarget, string, () => void])[] = [
        [document, 'visibilitychange', show],
        [document, 'resume', show],
        [window, 'pageshow', show],
        [document, 'freeze', freeze],
        [window, 'pagehide', freeze],
        [window, 'online', comeOnline],
      ];
      for (const [target, name, task] of events) target.addEventListener(name, task);
      const stopWatching = watchForSleep(clock, () => {
        if (isVisible()) listener('slept');
      });
      return () => {
        for (const [target, name, task] of events) target.removeEventListener(name, task);
        stopWatching();
      };
    },
  };
}

/** No event tells of a machine that slept: either clock is further on than the timer was set for. */
function watchForSleep(clock: Clock, onSlept: () => void): () => void {
  let cancel = (): void => {};
  const step = (): void => {
    const sinceStep = startStopwatch(clock);
    cancel = clock.setTimer(() => {
      const passedMs = sinceStep();
      step();
      if (passedMs > STEP_MS + LATE_MS) onSlept();
    }, STEP_MS);
  };
  step();
  return () => cancel();
}
