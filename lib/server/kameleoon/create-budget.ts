import 'server-only';

import type { Clock } from '@/lib/core/time/clock';
import type {
  Admission,
  Budget,
  BudgetAsk,
  BudgetLimits,
  BudgetMemory,
  BudgetPast,
} from '@/lib/server/kameleoon/budget';
import { KAMELEOON_LIMITS, NO_MEMORY } from '@/lib/server/kameleoon/budget';
import type { Spent } from '@/lib/server/kameleoon/ledger';
import { createLedger } from '@/lib/server/kameleoon/ledger';
import { createThrottle } from '@/lib/server/kameleoon/throttle';
import type { Lane, Waiter } from '@/lib/server/kameleoon/waiting-line';
import { createWaitingLine } from '@/lib/server/kameleoon/waiting-line';

/** The first of the background lane goes before people when it has waited this long since the last of its lane. */
const OVERDUE_MS = 45_000;
/** While the past is uncertain so many may end without an answer, one after another. */
const BLIND_REQUESTS = 5;

interface Asking extends Waiter {
  settle(admission: Admission): void;
}

export interface CreateBudgetOptions {
  readonly clock: Clock;
  readonly limits?: BudgetLimits;
  readonly memory?: BudgetMemory;
}

export function createBudget(options: CreateBudgetOptions): Budget {
  const { clock, limits = KAMELEOON_LIMITS, memory = NO_MEMORY } = options;
  let ledger = createLedger(limits, memory.past.spent, clock.monotonicMs());
  const throttle = createThrottle({
    maxSlots: limits.maxConcurrent,
    holdMs: limits.tenSeconds.windowMs,
    heldUntilMs: memory.past.heldUntilMs,
  });
  const line = createWaitingLine<Asking>();
  const underWay = new Set<Spent>();
  const granted = { auth: 0, interactive: 0, started: 0, background: 0 };
  /** What went out before an answer told the time; null from then on. */
  let blind: Spent[] | null = memory.isPastUncertain ? [] : null;
  let lastGrantMs = memory.past.spent.at(-1)?.atMs ?? Number.NEGATIVE_INFINITY;
  let refused429 = 0;
  let cancelTimer: (() => void) | null = null;

  const gateMs = (lane: Lane, nowMs: number): number =>
    Math.max(
      nowMs,
      throttle.heldUntilMs(),
      lastGrantMs + limits.minGapMs,
      ledger.windowsFreeAtMs(lane, nowMs),
    );
  const readyAtMs = (lane: Lane, nowMs: number): number =>
    lane === 'background'
      ? Math.max(gateMs(lane, nowMs), ledger.backgroundFreeAtMs(nowMs))
      : gateMs(lane, nowMs);
  /** From then on it is no longer held back by the pace. */
  const dueAtMs = (first: Asking): number => {
    if (line.isItsTurn(first)) return Number.NEGATIVE_INFINITY;
    return Math.max(first.sinceMs, ledger.lastBackgroundMs()) + OVERDUE_MS;
  };
  const goesAtMs = (first: Asking, nowMs: number): number =>
    Math.min(readyAtMs(first.lane, nowMs), Math.max(dueAtMs(first), gateMs(first.lane, nowMs)));

  const release = (spent: Spent): void => {
    if (!underWay.delete(spent)) return;
    ledger.end(spent, clock.monotonicMs());
    throttle.returned(spent.atMs);
    if (blind && blind.length >= BLIND_REQUESTS) blind = null;
    pump();
  };

  const grant = (waiter: Asking, nowMs: number): void => {
    const isBackground = waiter.lane === 'background' || waiter.lane === 'started';
    const spent: Spent = { atMs: nowMs, isBackground };
    ledger.begin(spent);
    underWay.add(spent);
    blind?.push(spent);
    memory.onSpent([spent]);
    lastGrantMs = nowMs;
    granted[waiter.lane] += 1;
    waiter.settle({ kind: 'granted', release: () => release(spent) });
  };

  /** Lets out whoever may go now, and sleeps until the next may. */
  const pump = (): void => {
    cancelTimer?.();
    cancelTimer = null;
    while (underWay.size < (blind ? 1 : throttle.slots())) {
      const nowMs = clock.monotonicMs();
      const next = line.take(
        (first) => goesAtMs(first, nowMs) <= nowMs,
        (first) => gateMs(first.lane, nowMs) <= nowMs,
      );
      if (!next) {
        const wakeAtMs = Math.min(...line.firsts().map((first) => goesAtMs(first, nowMs)));
        if (Number.isFinite(wakeAtMs))
          cancelTimer = clock.setTimer(pump, Math.max(1, wakeAtMs - nowMs));
        return;
      }
      grant(next, nowMs);
    }
  };

  const restore = (past: BudgetPast, own: readonly Spent[], nowMs: number): void => {
    ledger = createLedger(limits, past.spent, nowMs);
    throttle.hold(past.heldUntilMs);
    for (const spent of own) {
      ledger.begin(spent);
      if (!underWay.has(spent)) ledger.end(spent, nowMs);
    }
  };

  const acquire = ({ lane, maxWaitMs, signal, raised }: BudgetAsk): Promise<Admission> => {
    const sinceMs = clock.monotonicMs();
    const isRaisable = lane === 'started' || lane === 'background';
    const waiter: Asking = {
      lane: isRaisable && raised?.aborted ? 'interactive' : lane,
      sinceMs,
      settle() {},
    };
    if (signal?.aborted) return Promise.resolve({ kind: 'cancelled' });
    const waitMs = goesAtMs(waiter, sinceMs) - sinceMs;
    if (waitMs > maxWaitMs) return Promise.resolve({ kind: 'spent', waitMs });
    return new Promise((resolve) => {
      const leave = (admission: Admission): void => {
        line.leave(waiter);
        waiter.settle(admission);
        pump();
      };
      const onAbort = (): void => leave({ kind: 'cancelled' });
      const onRaised = (): void => {
        line.move(waiter, 'interactive');
        pump();
      };
      const cancelDeadline = clock.setTimer(() => {
        const atMs = clock.monotonicMs();
        leave({ kind: 'spent', waitMs: Math.max(1, readyAtMs(waiter.lane, atMs) - atMs) });
      }, maxWaitMs);
      waiter.settle = (admission) => {
        cancelDeadline();
        signal?.removeEventListener('abort', onAbort);
        raised?.removeEventListener('abort', onRaised);
        resolve(admission);
      };
      signal?.addEventListener('abort', onAbort);
      if (isRaisable) raised?.addEventListener('abort', onRaised);
      line.join(waiter);
      pump();
    });
  };

  return {
    acquire,
    throttled(holdMs) {
      const nowMs = clock.monotonicMs();
      refused429 += 1;
      const refusal = throttle.refused(holdMs, nowMs);
      // The next process does not know how full the short window is taken to be: it is silent instead.
      memory.onHeld(Math.max(throttle.heldUntilMs(), nowMs + limits.tenSeconds.windowMs));
      if (refusal !== 'known') ledger.refused({ isRepeated: refusal === 'again', holdMs }, nowMs);
      pump();
    },
    observed({ upstreamMs, allowances, isRefusal }) {
      const nowMs = clock.monotonicMs();
      const corrected = upstreamMs === null ? null : memory.onUpstreamTime(upstreamMs);
      if (corrected) restore(corrected, blind ?? [...underWay], nowMs);
      blind = null;
      for (const allowance of allowances) memory.onSpent(ledger.assume(allowance, nowMs));
      if (!isRefusal) ledger.answered(nowMs);
      pump();
    },
    use() {
      const nowMs = clock.monotonicMs();
      const { hour, tenSeconds } = ledger.use(nowMs);
      return {
        tenSeconds,
        hour,
        total: Object.values(granted).reduce((sum, count) => sum + count, 0),
        refused429,
        waitMs: readyAtMs('background', nowMs) - nowMs,
        queued: line.sizes(),
        granted: { ...granted },
        inFlight: underWay.size,
        heldMs: Math.max(0, throttle.heldUntilMs() - nowMs),
        neighbourPerHour: limits.hour.limit - hour.limit,
      };
    },
  };
}
