import 'server-only';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { Snapshot } from '@/lib/core/experiment/snapshot';
import { restingSinceMs } from '@/lib/server/live/backfill-plan';
import type { Rhythm } from '@/lib/server/live/due';

const DAY_MS = 24 * 60 * 60 * 1000;

export interface RhythmQuestion {
  readonly experiment: Experiment;
  readonly latest: Snapshot | null;
  /** The first look of our own. */
  readonly firstOwn: Snapshot | null;
  /** What was read last is not what would be asked for now. */
  readonly isOtherKind: boolean;
  /** Whether anybody has looked at it in the last day. */
  readonly isOfInterest: boolean;
  /** Upstream time to monotonic time. */
  readonly toMonotonic: (upstreamMs: number) => number;
}

/**
 * What runs is read again and again. What was paused or stopped is read once after that, and once more a day later,
 * because late events still come in, and whenever it is to be counted otherwise; then it rests. A status we do not know is looked at every day while somebody looks
 * at it; drafts never.
 */
export function toRhythm(question: RhythmQuestion): Rhythm {
  const { experiment, latest, toMonotonic } = question;
  if (experiment.status === 'draft') return { kind: 'never' };
  if (experiment.status === 'active') return { kind: 'active' };
  if (!latest) return { kind: 'at-rest', againAtMs: null };
  if (question.isOtherKind) return { kind: 'at-rest', againAtMs: toMonotonic(latest.asOfMs) };
  if (experiment.status === 'unknown')
    return {
      kind: 'at-rest',
      againAtMs: question.isOfInterest ? toMonotonic(latest.asOfMs + DAY_MS) : null,
    };
  const firstOwn = question.firstOwn ?? latest;
  const restingMs = restingSinceMs(experiment) ?? firstOwn.asOfMs;
  if (latest.asOfMs < restingMs) return { kind: 'at-rest', againAtMs: toMonotonic(restingMs) };
  const lateMs = restingMs + DAY_MS;
  return { kind: 'at-rest', againAtMs: latest.asOfMs < lateMs ? toMonotonic(lateMs) : null };
}
