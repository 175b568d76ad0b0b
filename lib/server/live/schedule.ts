import 'server-only';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import type { Priority } from '@/lib/server/kameleoon/client';
import type { ReadingState, Rhythm } from '@/lib/server/live/due';
import { isSameRhythm, toDueMs } from '@/lib/server/live/due';
import type { Entry } from '@/lib/server/live/entry';
import { forgive, newEntry, settleEntry } from '@/lib/server/live/entry';
import type { IdleHurry } from '@/lib/server/live/idle-budget';
import { createOutage } from '@/lib/server/live/outage';
import { createRestQueue } from '@/lib/server/live/rest-queue';
import type { ScheduleOptions } from '@/lib/server/live/schedule-options';
import type { Candidate } from '@/lib/server/live/turn';
import { findDue, isWaitedFor, toIdleHurry } from '@/lib/server/live/turn';

const MAX_AT_ONCE = 6;
/** Most of a reading is waiting for the job: first verdicts need more of them at once to use the short window. */
const MAX_AT_ONCE_COLD = 14;
/** What is at rest never takes the places of what runs. */
const MAX_IDLE_AT_ONCE = 2;

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
  /** Somebody came to look: a reading of it that waits behind the paced work need not any more. */
  raise(id: ExperimentId): void;
  isReading(id: ExperimentId): boolean;
  /** Those that are read again and again. */
  active(): ReadonlySet<ExperimentId>;
  /** Whether every active experiment has been tried once, here or in an earlier process. */
  isColdStartOver(): boolean;
  /** Whether experiments at rest still wait for their first reading. */
  hasIdleWork(): boolean;
}

/** Decides whose turn it is. One timer for all; at most a handful of readings at once. */
export function createSchedule(options: ScheduleOptions): Schedule {
  const { clock, random, pace, isWatched, isFocused, idle, rush, requestsPerReport, read, onStep } =
    options;
  const entries = new Map<ExperimentId, Entry>();
  const active = new Set<ExperimentId>();
  /** Of readings under way that nobody waited for when they began. */
  const waiting = new Map<ExperimentId, AbortController>();
  const outage = createOutage({ clock });
  const rest = createRestQueue({ clock, pace, isWatched });
  let isRunning = false;
  let inFlight = 0;
  let idleInFlight = 0;
  let cancelTimer: (() => void) | null = null;

  const toState = (id: ExperimentId, entry: Entry): ReadingState => ({
    ...entry,
    isWatched: isWatched(id),
    isFocused: isFocused(id),
  });

  const toPriority = (state: ReadingState): Priority => {
    if (!isWaitedFor(state, pace(), clock.monotonicMs())) return 'background';
    const mayRush =
      state.lastGoodMs === null
        ? rush.takeFirst(state.isWatched)
        : rush.takeRenewal(requestsPerReport());
    return mayRush ? 'interactive' : 'background';
  };

  const release = (id: ExperimentId): void => {
    const entry = entries.get(id);
    if (entry) forgive(entry);
    rest.changed();
  };

  const begin = async (id: ExperimentId, entry: Entry, isIdle: boolean): Promise<void> => {
    const startedMs = clock.monotonicMs();
    const priority = toPriority(toState(id, entry));
    entry.isReading = true;
    if (isIdle) rest.changed();
    inFlight += 1;
    idleInFlight += Number(isIdle);
    const raised = new AbortController();
    if (priority === 'background') waiting.set(id, raised);
    outage.onTry();
    onStep(id, 'begun');
    const outcome = await read(id, priority, raised.signal);
    waiting.delete(id);
    inFlight -= 1;
    idleInFlight -= Number(isIdle);
    settleEntry(entry, outcome, { startedMs, nowMs: clock.monotonicMs(), random: random() });
    if (outcome.kind === 'failed') outage.onFailed(id, outcome.code);
    else for (const struck of outage.onGood()) release(struck);
    if (entry.rhythm.kind === 'at-rest') rest.changed();
    if (!isRunning) return;
    onStep(id, outcome.kind);
    pump();
  };

  /** What runs and what is looked at: few, and asked each time. */
  const candidates = function* (): Generator<Candidate> {
    for (const id of new Set([...active, ...options.watched()])) {
      const entry = entries.get(id);
      if (entry && !entry.isReading) yield { id, entry, state: toState(id, entry) };
    }
  };

  const pump = (): void => {
    cancelTimer?.();
    cancelTimer = null;
    if (!isRunning) return;
    const nowMs = clock.monotonicMs();
    const found = findDue(candidates(), pace(), nowMs, outage.probeAtMs());
    let { wakeMs } = found;
    const limit = isColdStartOver() ? MAX_AT_ONCE : MAX_AT_ONCE_COLD;
    let isIdleFull = false;
    /** Whether it may go; what runs does not live on what is left over. */
    const mayGo = (hurry: IdleHurry | null): boolean => {
      if (hurry === null) return true;
      if (isIdleFull || idleInFlight >= MAX_IDLE_AT_ONCE) return false;
      const waitMs = idle.trySpend(requestsPerReport(), hurry);
      isIdleFull = waitMs > 0;
      if (isIdleFull) wakeMs = Math.min(wakeMs, nowMs + waitMs);
      return !isIdleFull;
    };
    for (const { id, entry, state } of found.due) {
      if (inFlight >= limit) break;
      const hurry = toIdleHurry(state);
      if (mayGo(hurry)) void begin(id, entry, hurry !== null);
    }
    for (let next = rest.next(); next && inFlight < limit && mayGo('patient'); next = rest.next())
      void begin(next.id, next.entry, true);
    if (!rest.next()) wakeMs = Math.min(wakeMs, rest.wakeMs());
    if (wakeMs < Number.POSITIVE_INFINITY)
      cancelTimer = clock.setTimer(pump, Math.max(1, wakeMs - nowMs));
  };

  const isColdStartOver = (): boolean => {
    for (const id of active) {
      const entry = entries.get(id);
      if (entry && entry.lastGoodMs === null && entry.lastTryMs === null) return false;
    }
    return true;
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
      if (known && isSameRhythm(known.rhythm, rhythm)) return;
      const entry = known ?? newEntry(rhythm, lastGoodMs, clock.monotonicMs(), random());
      entry.rhythm = rhythm;
      entries.set(id, entry);
      if (rhythm.kind === 'active') active.add(id);
      else active.delete(id);
      if (rhythm.kind === 'at-rest') rest.set(id, entry);
      else rest.remove(id);
    },
    remove(id) {
      entries.delete(id);
      active.delete(id);
      rest.remove(id);
    },
    replan() {
      rest.changed();
      pump();
    },
    dueMs(id) {
      const entry = entries.get(id);
      return entry && !rest.isNeglected(id) ? toDueMs(toState(id, entry), pace()) : null;
    },
    raise(id) {
      const entry = entries.get(id);
      const raised = waiting.get(id);
      if (!entry || !raised || toPriority(toState(id, entry)) === 'background') return;
      waiting.delete(id);
      raised.abort();
    },
    isReading: (id) => entries.get(id)?.isReading ?? false,
    active: () => active,
    isColdStartOver,
    hasIdleWork: rest.hasUnread,
  };
}
