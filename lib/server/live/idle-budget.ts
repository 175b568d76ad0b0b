import 'server-only';
import type { Clock } from '@/lib/core/time/clock';
import type { BudgetUse } from '@/lib/server/kameleoon/client';

const HOUR_MS = 3_600_000;
/** About twelve reports: what a page that has just been opened may ask for at once. */
const BURST_REQUESTS = 25;
/** Past this part of the hour, only live readings go out. */
const HOUR_CEILING = 0.85;

/** Shares of the hour that work nobody waits for may use, with and without somebody looking at what runs. */
export const IDLE_SHARE_WATCHED = 0.12;
export const IDLE_SHARE_UNWATCHED = 0.5;

/** How pressing idle work is: `eager` may spend the burst, `patient` leaves half of it for whoever comes. */
export type IdleHurry = 'eager' | 'patient';

export interface IdleBudget {
  /** Time until `requests` more may be spent, 0 if now. */
  waitMs(requests: number, hurry: IdleHurry): number;
  spend(requests: number): void;
  /** Spends them when they may go out now; else the time until then. */
  trySpend(requests: number, hurry: IdleHurry): number;
}

export interface IdleBudgetOptions {
  readonly clock: Clock;
  readonly budget: () => BudgetUse;
  /** Whether somebody looks at an experiment that runs: its pace needs the rest. */
  readonly isPaced: () => boolean;
}

/** What is left over for older points and for experiments at rest: a trickle with a burst, inside the hour's window. */
export function createIdleBudget({ clock, budget, isPaced }: IdleBudgetOptions): IdleBudget {
  let level = BURST_REQUESTS;
  let atMs = clock.monotonicMs();

  const perMs = (): number =>
    (budget().hour.limit * (isPaced() ? IDLE_SHARE_WATCHED : IDLE_SHARE_UNWATCHED)) / HOUR_MS;

  const settle = (): void => {
    const nowMs = clock.monotonicMs();
    level = Math.min(BURST_REQUESTS, level + (nowMs - atMs) * perMs());
    atMs = nowMs;
  };

  const toWaitMs = (requests: number, hurry: IdleHurry): number => {
    settle();
    const { hour, waitMs } = budget();
    const missing = requests + (hurry === 'patient' ? BURST_REQUESTS / 2 : 0) - level;
    // Whole milliseconds: a timer for a billionth of one would fire before there is anything more.
    const ownMs = missing > 0 ? Math.ceil(missing / perMs()) : 0;
    // Ahead of the hour's pace: come back when a part of the window has passed.
    const isAhead = hour.used + requests > HOUR_CEILING * hour.limit;
    return Math.max(ownMs, waitMs, isAhead ? hour.windowMs / 60 : 0);
  };
  const spend = (requests: number): void => {
    settle();
    level -= requests;
  };

  return {
    waitMs: toWaitMs,
    spend,
    trySpend(requests, hurry) {
      const waitMs = toWaitMs(requests, hurry);
      if (waitMs === 0) spend(requests);
      return waitMs;
    },
  };
}
