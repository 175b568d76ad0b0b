import { lastCountedMs } from '@/lib/core/experiment/last-counted';
import type { Reading } from '@/lib/core/live/reading';

/** Until when people were counted, which is not when they were read; null: nothing was read yet. */
export const countedUntilMs = ({ experiment, freshness }: Reading): number | null =>
  freshness.asOfMs === null ? null : lastCountedMs(experiment, freshness.asOfMs);
