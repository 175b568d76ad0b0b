import type { Clock } from '@/lib/core/time/clock';

/** Waits for work, but no longer than that; the work goes on. A failure within the time is thrown, a later one lost. */
export function atMost(clock: Clock, work: Promise<void>, waitMs: number): Promise<void> {
  let cancel = (): void => {};
  const patience = new Promise<void>((resolve) => {
    cancel = clock.setTimer(resolve, waitMs);
  });
  return Promise.race([work, patience]).finally(() => cancel());
}
