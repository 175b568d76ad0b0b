import 'server-only';

import type { Allowance } from '@/lib/server/kameleoon/allowance';
import type { BudgetUse } from '@/lib/server/kameleoon/client';
import type { LedgerLimits, Spent } from '@/lib/server/kameleoon/ledger';
import type { Lane } from '@/lib/server/kameleoon/waiting-line';

export type { Lane };

export interface BudgetLimits extends LedgerLimits {
  readonly maxConcurrent: number;
  readonly minGapMs: number;
}

/** Below the API's 50 per 10 s and 1,000 per hour by what lost answers and foreign clocks need. */
export const KAMELEOON_LIMITS: BudgetLimits = {
  tenSeconds: { limit: 45, windowMs: 10_500 },
  hour: { limit: 950, windowMs: 3_610_000 },
  maxConcurrent: 10,
  minGapMs: 75,
  backgroundShare: 0.75,
  burst: 100,
  keptForPeople: 23,
  keptForStarted: 12,
  keptForAuth: 10,
  stallMs: 1_500,
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
  /** Fires when a person begins to wait for it: from then on it stands in the interactive lane. */
  readonly raised?: AbortSignal | undefined;
}

/** What an answer says beside what was asked. */
export interface Observation {
  /** The API's own time; null where it is not said. */
  readonly upstreamMs: number | null;
  readonly allowances: readonly Allowance[];
  /** Whether it was a 429. */
  readonly isRefusal: boolean;
}

/**
 * The one gate of a credential: every wire request passes it, token requests, polls and retries included.
 *
 * By the server's count, whichever kind of window it keeps, no window goes over its limit. And nobody waits for ever:
 * the first of a lane goes as soon as there is budget for it, give or take a few turns of other lanes, and within a
 * minute. There is budget when both windows let a request out; for `background` also only while it keeps to its own
 * share, or all use together is on pace, or when its first has waited three quarters of that minute.
 */
export interface Budget {
  acquire(ask: BudgetAsk): Promise<Admission>;
  /** The API said 429: believe it. Nothing goes out for `holdMs`. To be told before that request's `release`. */
  throttled(holdMs: number): void;
  /** What an answer said, whatever its status. To be told before that request's `release`. */
  observed(observation: Observation): void;
  use(): BudgetUse;
}

/** What earlier processes did on the same credential. Times are of the monotonic clock, so below zero. */
export interface BudgetPast {
  /** Oldest first, none in the future. */
  readonly spent: readonly Spent[];
  readonly heldUntilMs: number;
}

/** What outlives the process: the API's windows do not begin anew because ours did. */
export interface BudgetMemory {
  readonly past: BudgetPast;
  /** How long ago the past was is only our wall clock's word: one request goes alone until an answer tells the time. */
  readonly isPastUncertain: boolean;
  /** Told before a request goes out, so that one that is sent is never unknown. */
  onSpent(spent: readonly Spent[]): void;
  /** Nothing may go out before that moment. */
  onHeld(untilMs: number): void;
  /** An answer told the API's time. Gives the past anew when the first of them shows that it was less long ago. */
  onUpstreamTime(upstreamMs: number): BudgetPast | null;
}

/** For a process that nothing outlives. */
export const NO_MEMORY: BudgetMemory = {
  past: { spent: [], heldUntilMs: Number.NEGATIVE_INFINITY },
  isPastUncertain: false,
  onSpent() {},
  onHeld() {},
  onUpstreamTime: () => null,
};
