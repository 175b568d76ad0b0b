import type { Reading } from '@/lib/core/live/reading';
import { allReasons, findReason } from '@/lib/core/words/reading-facts';

/**
 * When a changed split is judged all the same, counts begin at the change: earlier people are not in them (statistics
 * A12.10). null: they begin at the launch.
 */
export function countedSinceMs({ experiment, analysis }: Reading): number | null {
  const { splitChangedAtMs, startedAtMs } = experiment;
  if (analysis === null || splitChangedAtMs === null) return null;
  if (startedAtMs !== null && splitChangedAtMs <= startedAtMs) return null;
  return findReason(allReasons(analysis), 'split-changed') ? null : splitChangedAtMs;
}
