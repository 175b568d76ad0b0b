import 'server-only';

import { z } from 'zod';
import type { Problem, ProblemCode } from '@/lib/core/problem/problem';
import { toProblem } from '@/lib/core/problem/problem';

/** One failed try, with what the decision to try again needs. */
export interface Failure {
  readonly problem: Problem;
  /** HTTP status; null where there was no answer. */
  readonly status: number | null;
  /** What `Retry-After` asked for; null where it was absent. */
  readonly retryAfterMs: number | null;
  /** False where nothing went out: no budget, an open breaker, a process that stops. */
  readonly wasSent: boolean;
  /** True where no connection came about: it was counted as sent, but nobody has read it. */
  readonly neverArrived?: boolean;
}

/** Refused before anything was done: too late, too early, too many. */
const UNTOUCHED: ReadonlySet<number> = new Set([408, 425, 429]);

/**
 * Whether the API surely did nothing: only then may something be repeated that would happen twice. A bare 503 proves
 * nothing; with a time to come back it is a refusal.
 */
export const isUnprocessed = (failure: Failure): boolean =>
  !failure.wasSent ||
  failure.neverArrived === true ||
  (failure.status !== null && UNTOUCHED.has(failure.status)) ||
  (failure.status === 503 && failure.retryAfterMs !== null);

/** The three forms seen live, and the one of OAuth (fact sheet 2.8 and section 7, row 11). */
const errorForm = z.object({
  status: z.string().nullish().catch(null),
  message: z.string().nullish().catch(null),
  error: z.string().nullish().catch(null),
  error_description: z.string().nullish().catch(null),
});

/** The API's own words in an error body, not yet cleaned; null where there are none. */
export function errorMessage(body: unknown): string | null {
  const parsed = errorForm.safeParse(body);
  if (!parsed.success) return null;
  const { message, error, error_description: description } = parsed.data;
  // The name of an OAuth error is what tells one from another.
  const named = error && description ? `${error}: ${description}` : (description ?? error);
  return message ?? named ?? null;
}

/** An error that came with status 200: `{"status":"ERROR", ...}`. Lists and resources never look like it. */
export function isErrorForm(body: unknown): boolean {
  const parsed = errorForm.safeParse(body);
  return parsed.success && parsed.data.status?.toUpperCase() === 'ERROR';
}

const CODES: Readonly<Record<number, ProblemCode>> = {
  401: 'upstream-auth',
  403: 'upstream-forbidden',
  404: 'upstream-not-found',
  408: 'upstream-failed',
  409: 'upstream-conflict',
  423: 'upstream-locked',
  425: 'upstream-failed',
  429: 'upstream-throttled',
};

export const codeOfStatus = (status: number): ProblemCode =>
  CODES[status] ?? (status >= 500 || status < 300 ? 'upstream-failed' : 'upstream-rejected');

/** The problem of an answer: what we asked, what came, in the API's own (cleaned) words. */
export function statusProblem(asked: string, status: number, message: string | null): Problem {
  const words = message === null || message === '' ? '' : `: ${message}`;
  const moved = status >= 300 && status < 400 ? ' (a redirect; check KAMELEOON_API_URL)' : '';
  const field = fieldAtFault(message);
  const isTaken = status >= 400 && status < 500 && TAKEN.test(message ?? '');
  return toProblem(
    isTaken ? 'upstream-conflict' : codeOfStatus(status),
    `${asked} was answered ${status}${moved}${words}`,
    { upstreamStatus: status, ...(status === 400 && field !== null && { field }) },
  );
}

/** How a taken name is said (fact sheet 2.8). */
const TAKEN = /same name already exists/i;

/** The first field that a message complains of: `'conditionsData.firstLevel[0].matchType': must not be null`. */
const fieldAtFault = (message: string | null): string | null =>
  /'([A-Za-z_][\w.[\]-]{0,119})'\s*:/.exec(message ?? '')?.[1] ?? null;
