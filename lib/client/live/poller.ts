/** Asks again and again while no stream gets through: soon after the start, then about every 30 s. */
import { spreadMs } from '@/lib/client/live/backoff';
import type { Clock } from '@/lib/core/time/clock';

export interface PollerOptions {
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Asks for what is on the page; whether an answer came. Never rejects. */
  readonly ask: () => Promise<boolean>;
  readonly onOutcome: (isReached: boolean) => void;
}

export interface Poller {
  /** Starts, or starts anew. */
  start(): void;
  stop(): void;
  readonly isRunning: boolean;
}

export const POLL_MS = 30_000;
/** Not all pages that lost their stream at once ask at once. */
const FIRST_MS = 5_000;

export function createPoller({ clock, random, ask, onOutcome }: PollerOptions): Poller {
  let cancel: (() => void) | null = null;
  let round = 0;

  const poll = async (): Promise<void> => {
    const mine = round;
    cancel = clock.setTimer(() => void poll(), spreadMs(POLL_MS, random()));
    const isReached = await ask();
    if (mine === round) onOutcome(isReached);
  };

  const stop = (): void => {
    cancel?.();
    cancel = null;
    round += 1;
  };

  return {
    start() {
      stop();
      cancel = clock.setTimer(() => void poll(), FIRST_MS * random());
    },
    stop,
    get isRunning() {
      return cancel !== null;
    },
  };
}
