/**
 * The closed list of what can go wrong, as a reader of a page needs to tell it apart.
 * HTTP statuses of our own answers are given to the codes in `lib/server/http`.
 */
export const PROBLEM_CODES = [
  'invalid-input', // our caller sent something we cannot read; `field` names it
  'not-found', // no such experiment for this viewer
  'forbidden', // the viewer may not see it
  'upstream-auth', // the credentials were refused (401 after one renewal, or the token endpoint said no)
  'upstream-forbidden', // 403: the credential lacks the right, or was revoked
  'upstream-not-found', // 404 from the API
  'upstream-locked', // 423: somebody edits the object in the app
  'upstream-conflict', // something of that name or in that state is there already
  'upstream-rejected', // another 4xx: the API did not accept our request
  'upstream-throttled', // 429
  'upstream-failed', // 5xx, or an error form with status 200
  'upstream-unreachable', // connection, DNS, TLS, time-out
  'upstream-unreadable', // an answer that does not fit its schema; quarantined
  'write-uncertain', // sent and not answered as it should be: it may have been carried out, and is never repeated unasked
  'connection-ended', // the account's sign-in was taken back or ran out: somebody must sign in again
  'given-up', // whoever asked gave it up before it was sent
  'report-not-ready', // the results job did not finish in time
  'budget-spent', // we would have exceeded the rate windows; nothing was sent
  'store-failed', // nothing is remembered at the moment
  'too-many', // more viewers at once than this server takes; a place may be free in a moment
  'internal',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** A failure as data: it travels to the page along the same line as the numbers. */
export interface Problem {
  readonly code: ProblemCode;
  /** English, one sentence, free of secrets; for logs and API callers. Pages say it from message files by `code`. */
  readonly detail: string;
  readonly retryable: boolean;
  /** Upstream's HTTP status, where there was one. */
  readonly upstreamStatus?: number;
  /** The input at fault: for `invalid-input`, and where the API's own refusal names it. */
  readonly field?: string;
  /** When it will be tried again (upstream time, epoch milliseconds), where that is known. */
  readonly retryAtMs?: number;
}

const RETRYABLE: ReadonlySet<ProblemCode> = new Set([
  'upstream-throttled',
  'upstream-failed',
  'upstream-unreachable',
  'upstream-unreadable',
  'upstream-locked',
  'report-not-ready',
  'budget-spent',
  'store-failed',
  'too-many',
]);

export const toProblem = (
  code: ProblemCode,
  detail: string,
  more: Partial<Omit<Problem, 'code' | 'detail'>> = {},
): Problem => ({ code, detail, retryable: RETRYABLE.has(code), ...more });

/** The one error class that is thrown across rooms. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  constructor(
    readonly problem: Problem,
    options?: ErrorOptions,
  ) {
    super(`${problem.code}: ${problem.detail}`, options);
  }
}

export const isProblemError = (error: unknown): error is ProblemError =>
  error instanceof ProblemError ||
  (error instanceof Error && error.name === 'ProblemError' && 'problem' in error);
