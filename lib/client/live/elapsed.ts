import type { Clock } from '@/lib/core/time/clock';

/**
 * Milliseconds since the call, a sleep of the machine included: the steady clock may stand still while it sleeps, the
 * wall clock may be stepped. The longer of the two counts, so that nothing ever seems younger than it is.
 */
export function startStopwatch(clock: Clock): () => number {
  const steadyMs = clock.monotonicMs();
  const wallMs = clock.nowMs();
  return () => Math.max(clock.monotonicMs() - steadyMs, clock.nowMs() - wallMs);
}
