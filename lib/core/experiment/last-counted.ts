import type { Experiment } from '@/lib/core/experiment/experiment';

/**
 * The last moment a datum of this experiment can have, in a report asked for at `asOfMs`: data of a stopped or paused
 * experiment end where it was stopped, however long after that they are read.
 */
export function lastCountedMs(
  { status, endedAtMs, statusChangedAtMs }: Experiment,
  asOfMs: number,
): number {
  if (status === 'stopped') return Math.min(asOfMs, endedAtMs ?? statusChangedAtMs ?? asOfMs);
  return status === 'paused' ? Math.min(asOfMs, statusChangedAtMs ?? asOfMs) : asOfMs;
}
