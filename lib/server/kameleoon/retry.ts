import 'server-only';

import type { Failure } from '@/lib/server/kameleoon/failure';
import { isUnprocessed } from '@/lib/server/kameleoon/failure';

export interface RetryContext {
  /** Since the first try began. */
  readonly elapsedMs: number;
  /** For all tries together, waits included. */
  readonly deadlineMs: number;
  /** 0 to 1, exclusive. */
  readonly random: () => number;
  /** It must not happen twice: tried again only where the API surely did nothing. */
  readonly isOnce?: boolean;
}

export const MAX_TRIES = 3;
const BASE_MS = 500;
const CAP_MS = 30_000;

/** 408, 425, 429 and the 5xx that pass; a 200 that holds an error form is the API's final word. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);

/**
 * Whether and when to try again; pure (security-and-reliability C3). `attempt` counts the tries already made.
 * Faults: full jitter, U(0, min(30 s, 0.5 s * 2^k)), not below what the server asked for.
 * 429: full jitter is wrong there (delays collapse and burn the tries); wait it out plus U(0, 10 %) and a second.
 */
export function retry(failure: Failure, attempt: number, context: RetryContext): number | 'stop' {
  if (attempt >= MAX_TRIES || !failure.wasSent || !isPassing(failure)) return 'stop';
  if (context.isOnce === true && !isUnprocessed(failure)) return 'stop';
  const delayMs =
    failure.status === 429
      ? throttleHoldMs(failure.retryAfterMs, attempt) * (1 + 0.1 * context.random()) + 1000
      : Math.max(
          failure.retryAfterMs ?? 0,
          context.random() * Math.min(CAP_MS, BASE_MS * 2 ** (attempt - 1)),
        );
  return context.elapsedMs + delayMs >= context.deadlineMs ? 'stop' : delayMs;
}

const isPassing = ({ status, problem }: Failure): boolean =>
  status === null ? problem.code === 'upstream-unreachable' : PASSING.has(status);

/** The short window with its margin: what a 429 without a header most likely means. */
const WINDOW_RESET_MS = 10_500;

/** How long a 429 asks us to be silent; doubled where the last wait did not help. */
export const throttleHoldMs = (retryAfterMs: number | null, attempt: number): number =>
  retryAfterMs ?? WINDOW_RESET_MS * 2 ** (attempt - 1);

const MAX_RETRY_AFTER_MS = 3_600_000;
const UNREADABLE_RETRY_AFTER_MS = 60_000;

/**
 * `Retry-After` in milliseconds, 0 to one hour: seconds, or a date that is compared with the answer's own `Date`
 * (so that a skewed clock of ours does not count). Something unreadable counts as a minute; null when absent.
 */
export function parseRetryAfter(
  header: string | null,
  dateHeader: string | null,
  upstreamNowMs: number,
): number | null {
  if (header === null) return null;
  const clamp = (ms: number): number => Math.min(Math.max(ms, 0), MAX_RETRY_AFTER_MS);
  const text = header.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return clamp(Number(text) * 1000);
  // `Date.parse` reads "-5" as a year: a date of HTTP has letters.
  const atMs = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(atMs)) return UNREADABLE_RETRY_AFTER_MS;
  const dateMs = dateHeader === null ? Number.NaN : Date.parse(dateHeader);
  return clamp(atMs - (Number.isNaN(dateMs) ? upstreamNowMs : dateMs));
}
