import 'server-only';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import type { Clock } from '@/lib/core/time/clock';
import type { Priority } from '@/lib/server/kameleoon/client';
import type { ReadingState, Rhythm } from '@/lib/server/live/due';
import { toDueMs, toPeriodMs } from '@/lib/server/live/due';
import type { IdleBudget } from '@/lib/server/live/idle-budget';
import type { Pace } from '@/lib/server/live/pace';
import { createRushBudget } from '@/lib/server/live/rush-budget';

const MAX_AT_ONCE = 6;

/** How one reading ended. */
export type Outcome =
  | { readonly kind: 'good'; readonly requests: number }
  | { readonly kind: 'failed'; readonly isRetryable: boolean; readonly retryInMs: number | null };

export interface Schedule {
  start(): void;
  stop(): void;
  /** Adds an experiment or changes its rhythm. `lastGoodMs`: of an earlier process, used when it is new. */
  set(id: ExperimentId, rhythm: Rhythm, lastGoodMs: number | null): void;
  remove(id: ExperimentId): void;
  /** Viewers came or went, or the pace changed: plans anew. */
  replan(): void;
  /** Monotonic time of the next reading, null when none is planned; -Infinity: as soon as possible. */
  dueMs(id: ExperimentId): number | null;
  isReading(id: ExperimentId): boolean;
  /** Whether every active experiment has been tried once, here or in an earlier process. */
  isColdStartOver(): boolean;
  /** Whether experiments at rest still wait for their first reading. */
  hasIdleWork(): boolean;
}

export interface ScheduleOptions {
  readonly clock: Clock;
  /** Fraction from 0 (included) to 1. */
  readonly random: () => number;
  readonly pace: () => Pace;
  readonly isWatched: (id: ExperimentId) => boolean;
  readonly idle: IdleBudget;
  readonly requestsPerReport: () => number;
  readonly hourLimit: () => number;
  /** Reads and hands on; never throws. */
  readonly read: (id: ExperimentId, priority: Priority) => Promise<Outcome>;
  /** A reading began or ended; what this schedule says of it is up to date by then. */
  readonly onStep: (id: ExperimentId, step: 'begun' | Outcome['kind']) => void;
}

type Entry = { -readonly [Key in keyof Omit<ReadingState, 'isWatched'>]: ReadingState[Key] } & {
  isReading: boolean;
};

/** Decides whose turn it is. One timer for all; at most a handful of readings at once. */
export function createSchedule(options: ScheduleOptions): Schedule {
  const { clock, random, pace, isWatched, idle, requestsPerReport, read, onStep } = options;
  const entries = new Map<ExperimentId, Entry>();
  const rush = createRushBudget({ clock, hourLimit: options.hourLimit });
  let isRunning = false;
  let inFlight = 0;
  let cancelTimer: (() => void) | null = null;

  const toState = (id: ExperimentId, entry: Entry): ReadingState => ({
    ...entry,
    isWatched: isWatched(id),
  });

  /** At rest and nobody looks: read from what is left over. */
  const isIdleWork = (id: ExperimentId, entry: Entry): boolean =>
    entry.rhythm.kind === 'at-rest' && !isWatched(id);

  /** How far past its due time, in periods; what has nothing to show comes first, what is looked at before the rest. */
  const toUrgency = (state: ReadingState, dueMs: number): number =>
    (state.isWatched ? 1e9 : 0) +
    (state.rhythm.kind === 'active' ? 1e6 : 0) +
    Math.min(1e5, (clock.monotonicMs() - dueMs) / toPeriodMs(state, pace()));

  const toPriority = (state: ReadingState): Priority => {
    const isWaitedFor = state.isWatched
      ? state.lastGoodMs === null || clock.monotonicMs() - state.lastGoodMs > 2 * pace().watchedMs
      : state.lastGoodMs === null && state.rhythm.kind === 'active' && state.failures === 0;
    return isWaitedFor && rush.take(requestsPerReport(), state.lastGoodMs === null)
      ? 'interactive'
      : 'background';
  };

  const begin = async (id: ExperimentId, entry: Entry): Promise<void> => {
    const startedMs = clock.monotonicMs();
    const priority = toPriority(toState(id, entry));
    if (isIdleWork(id, entry)) idle.spend(requestsPerReport());
    entry.isReading = true;
    inFlight += 1;
    onStep(id, 'begun');
    const outcome = await read(id, priority);
    inFlight -= 1;
    entry.isReading = false;
    entry.lastTryMs = clock.monotonicMs();
    if (outcome.kind === 'good') {
      // The first factor spreads what a cold start read at one moment over most of a period.
      entry.jitter = entry.lastGoodMs === null ? 0.4 + 0.6 * random() : 0.95 + 0.1 * random();
      entry.lastGoodMs = startedMs;
      entry.failures = 0;
      entry.heldUntilMs = null;
    } else {
      entry.jitter = 0.9 + 0.2 * random();
      entry.failures += 1;
      entry.isRetryable = outcome.isRetryable;
      entry.heldUntilMs =
        outcome.retryInMs === null ? null : clock.monotonicMs() + outcome.retryInMs;
    }
    if (!isRunning) return;
    onStep(id, outcome.kind);
    pump();
  };

  const pump = (): void => {
    cancelTimer?.();
    cancelTimer = null;
    if (!isRunning) return;
    const nowMs = clock.monotonicMs();
    const due: { id: ExperimentId; entry: Entry; urgency: number }[] = [];
    let wakeMs = Number.POSITIVE_INFINITY;
    for (const [id, entry] of entries) {
      if (entry.isReading) continue;
      const state = toState(id, entry);
      const dueMs = toDueMs(state, pace());
      if (dueMs === null) continue;
      if (dueMs <= nowMs) due.push({ id, entry, urgency: toUrgency(state, dueMs) });
      else wakeMs = Math.min(wakeMs, dueMs);
    }
    due.sort((a, b) => b.urgency - a.urgency);
    for (const { id, entry } of due) {
      if (inFlight >= MAX_AT_ONCE) break;
      const waitMs = isIdleWork(id, entry) ? idle.waitMs(requestsPerReport(), 'patient') : 0;
      if (waitMs > 0) wakeMs = Math.min(wakeMs, nowMs + waitMs);
      else void begin(id, entry);
    }
    if (wakeMs < Number.POSITIVE_INFINITY)
      cancelTimer = clock.setTimer(pump, Math.max(1, wakeMs - nowMs));
  };

  return {
    start() {
      isRunning = true;
      pump();
    },
    stop() {
      isRunning = false;
      cancelTimer?.();
      cancelTimer = null;
    },
    set(id, rhythm, lastGoodMs) {
      const known = entries.get(id);
      if (known) known.rhythm = rhythm;
      else
        entries.set(id, {
          rhythm,
          lastGoodMs,
          lastTryMs: null,
          failures: 0,
          heldUntilMs: null,
          isRetryable: true,
          jitter: 0.95 + 0.1 * random(),
          isReading: false,
        });
    },
    remove: (id) => void entries.delete(id),
    replan: pump,
    dueMs(id) {
      const entry = entries.get(id);
      return entry ? toDueMs(toState(id, entry), pace()) : null;
    },
    isReading: (id) => entries.get(id)?.isReading ?? false,
    isColdStartOver: () =>
      [...entries.values()].every(
        (entry) =>
          entry.rhythm.kind !== 'active' || entry.lastGoodMs !== null || entry.lastTryMs !== null,
      ),
    hasIdleWork: () =>
      [...entries.values()].some(
        (entry) => entry.rhythm.kind === 'at-rest' && entry.lastGoodMs === null,
      ),
  };
}
