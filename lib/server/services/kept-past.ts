import 'server-only';
import type { ConnectionId } from '@/lib/core/experiment/ids';
import type { BudgetPast } from '@/lib/server/kameleoon/budget';
import type { Store } from '@/lib/server/store/open-store';
import type { KeptRequest } from '@/lib/server/store/request-repository';

const LONGEST_HOLD_MS = 3_600_000;

/** What earlier processes wrote down of their requests. Times are of the wall clock as it stood when this was read. */
export interface KeptPast {
  readonly readMs: number;
  /** Oldest first, none in the future; hours old ones too. */
  readonly requests: readonly KeptRequest[];
  readonly heldUntilMs: number;
  /** How far the API's clock was ahead of that wall clock, the most it can have been; null where that is not known. */
  readonly aheadMs: number | null;
}

/** Reads it; where the clock was set back meanwhile, what lies in the future moves to now, here and in the store. */
export async function readKeptPast(
  { requests, facts }: Pick<Store, 'requests' | 'facts'>,
  connectionId: ConnectionId,
  nowMs: number,
): Promise<KeptPast> {
  const kept = await requests.read(connectionId, 0);
  const inFutureMs = Math.max(0, (kept.at(-1)?.atMs ?? nowMs) - nowMs);
  const held = await facts.find(connectionId, 'held-until-ms');
  const ahead = await facts.find(connectionId, 'upstream-ahead-ms');
  if (inFutureMs > 0) {
    // Both, also where this life never hears an answer: the next one compares them. In this order a crash between the
    // two makes the past look later than it was, never earlier.
    if (ahead) {
      const moved = { ...ahead, value: Math.round(ahead.value + inFutureMs) };
      await facts.set(connectionId, 'upstream-ahead-ms', moved);
    }
    await requests.shift(connectionId, -inFutureMs);
  }
  return {
    readMs: nowMs,
    requests: kept.map((request) => ({ ...request, atMs: request.atMs - inFutureMs })),
    heldUntilMs: held?.value ?? Number.NEGATIVE_INFINITY,
    aheadMs: ahead ? ahead.value + inFutureMs : null,
  };
}

/** The same past, less long ago, but none of it in the future. */
export const laterBy = (past: KeptPast, byMs: number): KeptPast => ({
  ...past,
  requests: past.requests.map((request) => ({
    ...request,
    atMs: Math.min(past.readMs, request.atMs + byMs),
  })),
  heldUntilMs: past.heldUntilMs + byMs,
});

/** By the monotonic clock, which the wall clock is ahead of by `offsetMs`; only what lies within the last `windowMs`. */
export const toBudgetPast = (past: KeptPast, offsetMs: number, windowMs: number): BudgetPast => ({
  spent: past.requests
    .filter(({ atMs }) => atMs > past.readMs - windowMs)
    .map(({ atMs, isBackground }) => ({ atMs: atMs - offsetMs, isBackground })),
  heldUntilMs: Math.min(past.heldUntilMs, past.readMs + LONGEST_HOLD_MS) - offsetMs,
});
