import 'server-only';

import { ProblemError } from '@/lib/core/problem/problem';
import type { Clock } from '@/lib/core/time/clock';
import { sleepUnless } from '@/lib/server/kameleoon/sleep-unless';
import type { Failure } from '@/lib/server/kameleoon/failure';
import type { RetryBudget } from '@/lib/server/kameleoon/retry-budget';
import { retry, throttleHoldMs } from '@/lib/server/kameleoon/retry';
import type { WireOutcome } from '@/lib/server/kameleoon/transport';
import type { UpstreamClock } from '@/lib/server/kameleoon/upstream-clock';

export type WireAnswer = Extract<WireOutcome, { readonly ok: true }>;

export interface AttemptsContext {
  readonly clock: Clock;
  readonly upstreamClock: UpstreamClock;
  readonly random: () => number;
  readonly retries: RetryBudget;
}

/** One try. `attempt` counts from 1; `remainingMs` is what is left of the deadline. */
export type Try = (attempt: number, remainingMs: number) => Promise<WireOutcome>;

export interface AttemptsLimits {
  readonly deadlineMs: number;
  readonly isOnce?: boolean;
  /** Fires when nobody waits any more. */
  readonly signal?: AbortSignal | undefined;
}

/** Tries until it works or `retry` says stop; the last failure is thrown as a `ProblemError`. The only retry loop. */
export async function makeAttempts(
  { clock, upstreamClock, random, retries }: AttemptsContext,
  { deadlineMs, isOnce = false, signal }: AttemptsLimits,
  attemptOnce: Try,
): Promise<WireAnswer> {
  const startedMs = clock.monotonicMs();
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await attemptOnce(attempt, deadlineMs - (clock.monotonicMs() - startedMs));
    if (attempt === 1 && (outcome.ok || outcome.failure.wasSent)) retries.onFirst();
    if (outcome.ok) return outcome;
    const elapsedMs = clock.monotonicMs() - startedMs;
    const delayMs = retry(outcome.failure, attempt, { elapsedMs, deadlineMs, random, isOnce });
    if (delayMs === 'stop' || !retries.take() || !(await sleepUnless(clock, delayMs, signal)))
      throw new ProblemError(withRetryTime(outcome.failure, upstreamClock));
  }
}

/** Where the API told us to wait, the page can say until when. */
function withRetryTime({ problem, status, retryAfterMs }: Failure, upstreamClock: UpstreamClock) {
  if (problem.retryAtMs !== undefined) return problem;
  const waitMs = status === 429 ? throttleHoldMs(retryAfterMs, 1) : retryAfterMs;
  return waitMs === null ? problem : { ...problem, retryAtMs: upstreamClock.nowMs() + waitMs };
}
