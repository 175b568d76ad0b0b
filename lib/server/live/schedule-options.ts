import 'server-only';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import type { Clock } from '@/lib/core/time/clock';
import type { Priority } from '@/lib/server/kameleoon/client';
import type { Outcome } from '@/lib/server/live/entry';
import type { IdleBudget } from '@/lib/server/live/idle-budget';
import type { Pace } from '@/lib/server/live/pace';
import type { RushBudget } from '@/lib/server/live/rush-budget';

/** What a schedule stands on. */
export interface ScheduleOptions {
  readonly clock: Clock;
  /** Fraction from 0 (included) to 1. */
  readonly random: () => number;
  readonly pace: () => Pace;
  readonly isWatched: (id: ExperimentId) => boolean;
  readonly isFocused: (id: ExperimentId) => boolean;
  /** All that somebody looks at. */
  readonly watched: () => Iterable<ExperimentId>;
  readonly idle: IdleBudget;
  readonly rush: RushBudget;
  readonly requestsPerReport: () => number;
  /** Reads and hands on; never throws. */
  readonly read: (id: ExperimentId, priority: Priority, raised: AbortSignal) => Promise<Outcome>;
  /** A reading began or ended; what this schedule says of it is up to date by then. */
  readonly onStep: (id: ExperimentId, step: 'begun' | Outcome['kind']) => void;
}
