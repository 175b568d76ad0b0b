import 'server-only';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import { experimentId } from '@/lib/core/experiment/ids';
import type { Look } from '@/lib/core/experiment/snapshot';
import type { Clock } from '@/lib/core/time/clock';
import type { Shelf } from '@/lib/server/experiments/shelf';
import type { KameleoonClient } from '@/lib/server/kameleoon/client';
import type { Backfill } from '@/lib/server/live/backfill';
import { createBackfill } from '@/lib/server/live/backfill';
import type { Outcome } from '@/lib/server/live/entry';
import type { Hub } from '@/lib/server/live/hub';
import type { IdleBudget } from '@/lib/server/live/idle-budget';
import { createIdleBudget } from '@/lib/server/live/idle-budget';
import type { Interest } from '@/lib/server/live/interest';
import { createInterest } from '@/lib/server/live/interest';
import type { PaceKeeper } from '@/lib/server/live/pace-keeper';
import { createPaceKeeper } from '@/lib/server/live/pace-keeper';
import type { ReadOne } from '@/lib/server/live/read-one';
import { createRushBudget } from '@/lib/server/live/rush-budget';
import type { Schedule } from '@/lib/server/live/schedule';
import { createSchedule } from '@/lib/server/live/schedule';
import type { Log } from '@/lib/server/log/create-log';

/** All that decides what is read when: the pace, the schedule, the past, and what each may spend. */
export interface ReadingLine {
  readonly interest: Interest;
  readonly pace: PaceKeeper;
  readonly idle: IdleBudget;
  readonly schedule: Schedule;
  readonly backfill: Backfill;
}

export interface ReadingLineOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly client: Pick<KameleoonClient, 'readReport' | 'budget'>;
  readonly shelf: Pick<Shelf, 'tracks'>;
  readonly hub: Pick<Hub, 'isWatched' | 'isFocused' | 'watched'>;
  readonly one: Pick<ReadOne, 'read' | 'requestsPerReport'>;
  readonly log: Log;
  readonly onStep: (id: ExperimentId, step: 'begun' | Outcome['kind']) => void;
  readonly onPast: (look: Look) => Promise<void>;
}

export function createReadingLine(options: ReadingLineOptions): ReadingLine {
  const { clock, random, client, shelf, hub, one, log, onStep, onPast } = options;
  const { requestsPerReport } = one;
  const isWatched = (id: ExperimentId): boolean => hub.isWatched(id);
  const isFocused = (id: ExperimentId): boolean => hub.isFocused(id);
  const hour = () => client.budget().hour;

  const interest = createInterest({ clock, isWatched });
  const pace = createPaceKeeper({
    requestsPerReport,
    hourLimit: () => hour().limit,
    active: () => schedule.active(),
    isWatched,
    isFocused,
    hasIdleWork: () => backfill.hasWork() || schedule.hasIdleWork(),
  });
  const idle = createIdleBudget({
    clock,
    budget: () => client.budget(),
    isPaced: () => pace.isWatched(),
  });
  const rush = createRushBudget({ clock, hour });
  const schedule = createSchedule({
    clock,
    random,
    pace: pace.now,
    isWatched,
    isFocused,
    watched: () => [...hub.watched()].map(experimentId),
    idle,
    rush,
    requestsPerReport,
    read: one.read,
    onStep,
  });
  const backfill = createBackfill({
    clock,
    client,
    idle,
    rush,
    log,
    tracks: shelf.tracks,
    isWatched,
    isFocused,
    interest,
    mayRun: schedule.isColdStartOver,
    hasIdleReadings: schedule.hasIdleWork,
    requestsPerReport,
    onLook: onPast,
  });
  return { interest, pace, idle, schedule, backfill };
}
