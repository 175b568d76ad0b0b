import 'server-only';

import type { Clock } from '@/lib/core/time/clock';

/** Waits; true when the time has passed, false as soon as the signal fires. */
export function sleepUnless(
  clock: Clock,
  delayMs: number,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  return new Promise((resolve) => {
    const onAbort = (): void => {
      cancel();
      resolve(false);
    };
    const cancel = clock.setTimer(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve(true);
    }, delayMs);
    if (signal?.aborted) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
  });
}
