/**
 * Until when people were counted. A stopped or paused experiment may be read long after: the moment of that reading is
 * no moment of its data, which end where it was stopped.
 */
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { Reading } from '@/lib/core/live/reading';

/** The last moment a datum of this experiment can have, at a reading of `asOfMs`. */
export function lastCountedMs(experiment: Experiment, asOfMs: number): number {
  const { status, endedAtMs, statusChangedAtMs } = experiment;
  if (status === 'stopped') return Math.min(asOfMs, endedAtMs ?? statusChangedAtMs ?? asOfMs);
  return status === 'paused' ? Math.min(asOfMs, statusChangedAtMs ?? asOfMs) : asOfMs;
}

/** null: nothing was read yet. */
export const countedUntilMs = ({ experiment, freshness }: Reading): number | null =>
  freshness.asOfMs === null ? null : lastCountedMs(experiment, freshness.asOfMs);
