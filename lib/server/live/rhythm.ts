import 'server-only';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { Look, Snapshot } from '@/lib/core/experiment/snapshot';
import { restingSinceMs } from '@/lib/server/live/backfill-plan';
import type { Rhythm } from '@/lib/server/live/due';

const DAY_MS = 24 * 60 * 60 * 1000;

export interface RhythmQuestion {
  readonly experiment: Experiment;
  readonly latest: Snapshot | null;
  readonly looks: readonly Look[];
  /** Upstream time to monotonic time. */
  readonly toMonotonic: (upstreamMs: number) => number;
}

/**
 * What runs is read again and again. What was paused or stopped is read once after that, and once more a day later,
 * because late events still come in; then it rests. A status we do not know is looked at every day; drafts never.
 */
export function toRhythm({ experiment, latest, looks, toMonotonic }: RhythmQuestion): Rhythm {
  if (experiment.status === 'draft') return { kind: 'never' };
  if (experiment.status === 'active') return { kind: 'active' };
  if (!latest) return { kind: 'at-rest', againAtMs: null };
  if (experiment.status === 'unknown')
    return { kind: 'at-rest', againAtMs: toMonotonic(latest.asOfMs + DAY_MS) };
  const firstOwn = looks.find((look) => look.source === 'live')?.snapshot ?? latest;
  const restingMs = restingSinceMs(experiment) ?? firstOwn.asOfMs;
  if (latest.asOfMs < restingMs) return { kind: 'at-rest', againAtMs: toMonotonic(restingMs) };
  const lateMs = restingMs + DAY_MS;
  return { kind: 'at-rest', againAtMs: latest.asOfMs < lateMs ? toMonotonic(lateMs) : null };
}
