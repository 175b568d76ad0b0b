import 'server-only';

import type { Clock } from '@/lib/core/time/clock';
import type { BudgetUse } from '@/lib/server/kameleoon/client';
import type { LedgerLimits, Spent } from '@/lib/server/kameleoon/ledger';
import { createLedger } from '@/lib/server/kameleoon/ledger';

/**
 * Who asks, most urgent first. `started` is background work that has begun (the poll of a job already posted):
 * it counts as background but does not wait for the pace, or the job would be thrown away and paid for twice.
 */
export const LANES = ['interactive', 'started', 'background'] as const;
export type Lane = (typeof LANES)[number];

export interface BudgetLimits extends LedgerLimits {
  readonly maxConcurrent: number;
  readonly minGapMs: number;
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

/**
 * What outlives the process: the API's windows do not begin anew because ours did. Times are of the monotonic clock,
 * those of earlier processes below zero.
 */
export interface BudgetMemory {
  readonly past: {
    /** Oldest first, none in the future. */
    readonly spent: readonly Spent[];
    readonly heldUntilMs: number;
  };
  /** Told before a request goes out, so that one that is sent is never unknown. */
  onSpent(spent: readonly Spent[]): void;
  /** Nothing may go out before that moment. */
  onHeld(untilMs: number): void;
}

const NO_MEMORY: BudgetMemory = {
  past: { spent: [], heldUntilMs: Number.NEGATIVE_INFINITY },
  onSpent() {},
  onHeld() {},
};

interface Waiter {
  readonly lane: Lane;
  settle(admission: Admission): void;
}

export function createBudget({
  clock,
  limits = KAMELEOON_LIMITS,
  memory = NO_MEMORY,
}: {
  readonly clock: Clock;
  readonly limits?: BudgetLimits;
  readonly memory?: BudgetMemory;
}): Budget {
  const { past } = memory;
  const ledger = createLedger(limits, past.spent, clock.monotonicMs());
  let queue: Waiter[] = [];
  let holdUntilMs = past.heldUntilMs;
  let lastGrantMs = past.spent.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY;
  let inFlight = 0;
  let total = 0;
  let refused429 = 0;
  let cancelTimer: (() => void) | null = null;

  const readyAtMs = (lane: Lane, nowMs: number): number => {
    const windows = Math.max(
      nowMs,
      holdUntilMs,
      lastGrantMs + limits.minGapMs,
      ledger.windowsFreeAtMs(nowMs),
    );
    return lane === 'background' ? Math.max(windows, ledger.backgroundFreeAtMs(nowMs)) : windows;
  };

  const grant = (waiter: Waiter, nowMs: number): void => {
    queue = queue.filter((other) => other !== waiter);
    const spent: Spent = { atMs: nowMs, isBackground: waiter.lane !== 'interactive' };
    ledger.add(spent);
    memory.onSpent([spent]);
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
      memory.onHeld(holdUntilMs);
      // Somebody else spends on the same credential: their requests stand in our log as phantoms and age out of it.
      memory.onSpent(ledger.fillShortWindow(nowMs));
      pump();
    },
    use() {
      const nowMs = clock.monotonicMs();
      return {
        ...ledger.use(nowMs),
        total,
        refused429,
        waitMs: readyAtMs('background', nowMs) - nowMs,
      };
    },
  };
}
