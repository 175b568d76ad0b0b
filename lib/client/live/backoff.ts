/** Waits between attempts: they grow, are capped, and are spread so that a thousand pages do not return at once. */
export const FIRST_WAIT_MS = 1_000;
export const LONGEST_WAIT_MS = 10_000;

/** `attempt` counts failures in a row from 1; `chance` is uniform in [0, 1). Example: attempt 1 -> 1 to 2 s. */
export function reconnectDelayMs(attempt: number, chance: number): number {
  const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt);
  return FIRST_WAIT_MS + chance * (ceiling - FIRST_WAIT_MS);
}

/** Never earlier than asked, up to a fifth later. Example: 30 s -> 30 to 36 s. */
export const spreadMs = (delayMs: number, chance: number): number => delayMs * (1 + chance / 5);
