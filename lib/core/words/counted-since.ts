import type { Reading } from '@/lib/core/live/reading';

/**
 * When a changed split is judged all the same, counts begin at the change: earlier people are not in them (statistics
 * A12.10). null: they begin at the launch.
 */
export const countedSinceMs = ({ analysis }: Pick<Reading, 'analysis'>): number | null =>
  analysis?.sinceMs ?? null;
