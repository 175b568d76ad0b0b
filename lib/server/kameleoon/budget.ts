import 'server-only';

import type { Clock } from '@/lib/core/time/clock';
import type { BudgetUse } from '@/lib/server/kameleoon/client';
import type { Pace, PaceState } from '@/lib/server/kameleoon/pace';
import { paceReadyAtMs, startPace, takeFromPace } from '@/lib/server/kameleoon/pace';
import type { RateWindow } from '@/lib/server/kameleoon/sliding-log';
import { countInWindow, freeAtMs, prune } from '@/lib/server/kameleoon/sliding-log';

/**
 * Who asks, most urgent first. `started` is background work that has begun (the poll of a job already posted):
 * it counts as background but does not wait for the pace, or the job would be thrown away and paid for twice.
 */
export const LANES = ['interactive', 'started', 'background'] as const;
export type Lane = (typeof LANES)[number];

export interface BudgetLimits {
  readonly tenSeconds: RateWindow;
  readonly hour: RateWindow;
  readonly maxConcurrent: number;
  readonly minGapMs: number;
  /** The part of the hour that background work may use, evenly spread. */
  readonly backgroundShare: number;
  /** How far background work may run ahead of that pace: a cold start. */
  readonly backgroundBurst: number;
}

/** Below the API's 50 per 10 s and 1,000 per hour by what latency jitter needs (C1: measured 47 and 950). */
export const KAMELEOON_LIMITS: BudgetLimits = {
  tenSeconds: { limit: 45, windowMs: 10_500 },
  hour: { limit: 950, windowMs: 3_610_000 },
  maxConcurrent: 10,
  minGapMs: 75,
  backgroundShare: 0.75,
  backgroundBurst: 100,
};

export type Admission =
  | { readonly kind: 'granted'; release(): void }
  /** Nothing was sent; `waitMs` until a request of that lane could go out. */
  | { readonly kind: 'spent'; readonly waitMs: number }
  | { readonly kind: 'cancelled' };

export interface BudgetAsk {
  readonly lane: Lane;
  /** Longest useful wait; past it the answer is `spent`. */
  readonly maxWaitMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** The one gate of a credential: every wire request passes it, token requests, polls and retries included. */
export interface Budget {
  acquire(ask: BudgetAsk): Promise<Admission>;
  /** The API said 429: believe it. The short window counts as full, and nothing goes out for `holdMs`. */
  throttled(holdMs: number): void;
  use(): BudgetUse;
}

interface Waiter {
  readonly lane: Lane;
  settle(admission: Admission): void;
}

export function createBudget({
  clock,
  limits = KAMELEOON_LIMITS,
}: {
  readonly clock: Clock;
  readonly limits?: BudgetLimits;
}): Budget {
  const { tenSeconds, hour } = limits;
  const share: RateWindow = {
    limit: Math.floor(hour.limit * limits.backgroundShare),
    windowMs: hour.windowMs,
  };
  const pace: Pace = { burst: limits.backgroundBurst, perMs: share.limit / hour.windowMs };

  let log: number[] = [];
  let backgroundLog: number[] = [];
  let paceState: PaceState = startPace(pace, clock.monotonicMs());
  let queue: Waiter[] = [];
  let holdUntilMs = Number.NEGATIVE_INFINITY;
  let lastGrantMs = Number.NEGATIVE_INFINITY;
  let inFlight = 0;
  let total = 0;
  let refused429 = 0;
  let cancelTimer: (() => void) | null = null;

  const readyAtMs = (lane: Lane, nowMs: number): number => {
    const windows = Math.max(
      nowMs,
      holdUntilMs,
      lastGrantMs + limits.minGapMs,
      freeAtMs(log, tenSeconds, nowMs),
      freeAtMs(log, hour, nowMs),
    );
    if (lane !== 'background') return windows;
    return Math.max(
      windows,
      paceReadyAtMs(pace, paceState, nowMs),
      freeAtMs(backgroundLog, share, nowMs),
    );
  };

  const grant = (waiter: Waiter, nowMs: number): void => {
    queue = queue.filter((other) => other !== waiter);
    log = [...prune(log, hour.windowMs, nowMs), nowMs];
    if (waiter.lane !== 'interactive') {
      backgroundLog = [...prune(backgroundLog, hour.windowMs, nowMs), nowMs];
      paceState = takeFromPace(pace, paceState, nowMs);
    }
    lastGrantMs = nowMs;
    inFlight += 1;
    total += 1;
    let released = false;
    waiter.settle({
      kind: 'granted',
      release: () => {
        if (released) return;
        released = true;
        inFlight -= 1;
        pump();
      },
    });
  };

  /** Lets out whoever may go now, most urgent first, and sleeps until the next may. */
  const pump = (): void => {
    cancelTimer?.();
    cancelTimer = null;
    while (queue.length > 0 && inFlight < limits.maxConcurrent) {
      const nowMs = clock.monotonicMs();
      const heads = LANES.flatMap((lane) => queue.find((waiter) => waiter.lane === lane) ?? []);
      const next = heads.find((waiter) => readyAtMs(waiter.lane, nowMs) <= nowMs);
      if (!next) {
        const wakeAtMs = Math.min(...heads.map((waiter) => readyAtMs(waiter.lane, nowMs)));
        cancelTimer = clock.setTimer(pump, Math.max(1, wakeAtMs - nowMs));
        return;
      }
      grant(next, nowMs);
    }
  };

  const acquire = ({ lane, maxWaitMs, signal }: BudgetAsk): Promise<Admission> => {
    const nowMs = clock.monotonicMs();
    if (signal?.aborted) return Promise.resolve({ kind: 'cancelled' });
    const waitMs = readyAtMs(lane, nowMs) - nowMs;
    if (waitMs > maxWaitMs) return Promise.resolve({ kind: 'spent', waitMs });
    return new Promise((resolve) => {
      const leave = (admission: Admission): void => {
        queue = queue.filter((other) => other !== waiter);
        waiter.settle(admission);
        pump();
      };
      const onAbort = (): void => leave({ kind: 'cancelled' });
      const cancelDeadline = clock.setTimer(() => {
        const atMs = clock.monotonicMs();
        leave({ kind: 'spent', waitMs: Math.max(1, readyAtMs(lane, atMs) - atMs) });
      }, maxWaitMs);
      const waiter: Waiter = {
        lane,
        settle: (admission) => {
          cancelDeadline();
          signal?.removeEventListener('abort', onAbort);
          resolve(admission);
        },
      };
      signal?.addEventListener('abort', onAbort);
      queue = [...queue, waiter];
      pump();
    });
  };

  return {
    acquire,
    throttled(holdMs) {
      const nowMs = clock.monotonicMs();
      refused429 += 1;
      holdUntilMs = Math.max(holdUntilMs, nowMs + holdMs);
      // Somebody else spends on the same credential: their requests stand in our log as phantoms and age out of it.
      const phantoms = Math.max(0, tenSeconds.limit - countInWindow(log, tenSeconds, nowMs));
      log = [...prune(log, hour.windowMs, nowMs), ...Array<number>(phantoms).fill(nowMs)];
      pump();
    },
    use() {
      const nowMs = clock.monotonicMs();
      return {
        tenSeconds: { ...tenSeconds, used: countInWindow(log, tenSeconds, nowMs) },
        hour: { ...hour, used: countInWindow(log, hour, nowMs) },
        total,
        refused429,
        waitMs: readyAtMs('background', nowMs) - nowMs,
      };
    },
  };
}
