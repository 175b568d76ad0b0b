/** How an answer says when to come back. */
export interface RetryAfter {
  readonly retryAfter: 'none' | 'seconds' | 'date' | 'garbage';
  readonly retryAfterMs: number;
}

/** The header, or none. A date is in the server's own time, as its `Date` header is. */
export function toRetryAfter(
  { retryAfter, retryAfterMs }: RetryAfter,
  toldMs: number,
): Record<string, string> {
  switch (retryAfter) {
    case 'none':
      return {};
    case 'seconds':
      return { 'retry-after': String(Math.ceil(retryAfterMs / 1_000)) };
    case 'date':
      // Dates have whole seconds: rounded up, so that nobody comes back too early.
      return {
        'retry-after': new Date(Math.ceil((toldMs + retryAfterMs) / 1_000) * 1_000).toUTCString(),
      };
    case 'garbage':
      return { 'retry-after': 'in a while' };
  }
}
