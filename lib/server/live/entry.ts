import 'server-only';
import type { ProblemCode } from '@/lib/core/problem/problem';
import type { ReadingState, Rhythm } from '@/lib/server/live/due';

/** How one reading ended. */
export type Outcome =
  | { readonly kind: 'good'; readonly requests: number }
  | {
      readonly kind: 'failed';
      readonly code: ProblemCode;
      readonly isRetryable: boolean;
      readonly retryInMs: number | null;
    };

/** What the schedule keeps of one experiment, as nobody looks at it: who does is asked each time. */
export type Entry = {
  -readonly [Key in keyof Omit<ReadingState, 'isWatched' | 'isFocused'>]: ReadingState[Key];
} & {
  readonly isWatched: false;
  readonly isFocused: false;
  isReading: boolean;
  /** When it came onto the list, monotonic. */
  readonly sinceMs: number;
};

export const newEntry = (
  rhythm: Rhythm,
  lastGoodMs: number | null,
  sinceMs: number,
  random: number,
): Entry => ({
  rhythm,
  isWatched: false,
  isFocused: false,
  lastGoodMs,
  lastTryMs: null,
  failures: 0,
  heldUntilMs: null,
  isRetryable: true,
  jitter: 0.95 + 0.1 * random,
  isReading: false,
  sinceMs,
});

/** Puts down how a reading that began at `startedMs` ended now. */
export function settleEntry(
  entry: Entry,
  outcome: Outcome,
  { startedMs, nowMs, random }: { startedMs: number; nowMs: number; random: number },
): void {
  entry.isReading = false;
  entry.lastTryMs = nowMs;
  if (outcome.kind === 'good') {
    // The first factor spreads what a cold start read at one moment over most of a period.
    entry.jitter = entry.lastGoodMs === null ? 0.4 + 0.6 * random : 0.95 + 0.1 * random;
    entry.lastGoodMs = startedMs;
    entry.failures = 0;
    entry.heldUntilMs = null;
  } else {
    entry.jitter = 0.9 + 0.2 * random;
    entry.failures += 1;
    entry.isRetryable = outcome.isRetryable;
    entry.heldUntilMs = outcome.retryInMs === null ? null : nowMs + outcome.retryInMs;
  }
}

/** What struck everybody is over: from here on its own pace decides again. */
export function forgive(entry: Entry): void {
  entry.failures = 0;
  entry.heldUntilMs = null;
}
