import 'server-only';
import type { ConnectionId, ExperimentId } from '@/lib/core/experiment/ids';
import type { Question } from '@/lib/core/experiment/question';
import type { UnitProof } from '@/lib/core/experiment/snapshot';
import type { Curve, Reading, ReadingList, ReadingProgress } from '@/lib/core/live/reading';
import type { Problem } from '@/lib/core/problem/problem';
import type { Clock } from '@/lib/core/time/clock';
import { createCatalogueKeeper } from '@/lib/server/experiments/catalogue-keeper';
import type { ReportCache } from '@/lib/server/experiments/reader';
import { createReader } from '@/lib/server/experiments/reader';
import { createShelf } from '@/lib/server/experiments/shelf';
import { createUnitKeeper } from '@/lib/server/experiments/unit-keeper';
import type { BudgetUse, Catalogue, KameleoonClient } from '@/lib/server/kameleoon/client';
import { createAdoption } from '@/lib/server/live/adoption';
import { createBackfill } from '@/lib/server/live/backfill';
import type { Listener } from '@/lib/server/live/hub';
import { createHub } from '@/lib/server/live/hub';
import { createIdleBudget } from '@/lib/server/live/idle-budget';
import { createLeases } from '@/lib/server/live/leases';
import { createPaceKeeper } from '@/lib/server/live/pace-keeper';
import { createPaceNews } from '@/lib/server/live/pace-news';
import { createReadOne } from '@/lib/server/live/read-one';
import { createSchedule } from '@/lib/server/live/schedule';
import { createViews } from '@/lib/server/live/views';
import { createWatcher } from '@/lib/server/live/watcher';
import { createWriteBehind } from '@/lib/server/live/write-behind';
import type { Log } from '@/lib/server/log/create-log';
import type { Store } from '@/lib/server/store/open-store';

/** Live results of one connection: everything pages, streams and the shell read. Answers come from memory. */
export interface Results {
  /** Resolves when what the store remembers can be shown; reading upstream goes on from there. Never rejects. */
  start(): Promise<void>;
  /** Ends timers and waits for writes, not for upstream. */
  stop(): Promise<void>;
  /** Every experiment by its own method, in the order of the catalogue. */
  list(): ReadingList;
  /** null when there is no such experiment, goal or reference. */
  find(question: Question): Reading | null;
  curve(question: Question, maxPoints: number): Curve | null;
  /** A heartbeat and the last values at once, then changes. Questions that `find` does not know stay silent. */
  subscribe(questions: readonly Question[], listener: Listener): () => void;
  /**
   * Says that somebody without a stream looks (a page that polls, the shell): the experiments are read at the pace of
   * watched ones for 90 s. Unknown ids do nothing. Not for health checks or crawlers.
   */
  touch(ids: readonly ExperimentId[]): void;
  status(): ResultsStatus;
}

export interface ResultsStatus {
  readonly progress: ReadingProgress;
  /** End of the newest counted data of any experiment, upstream time; null before the first. */
  readonly lastGoodAtMs: number | null;
  /** Why the list, else the last reading, failed; null while all goes well. */
  readonly problem: Problem | null;
  readonly storeProblem: Problem | null;
  readonly budget: BudgetUse;
  /** Open subscriptions, and the experiments they look at. */
  readonly viewers: number;
  readonly watched: number;
  readonly unitProof: UnitProof;
  /** Upstream time of the list of experiments; null before the first. */
  readonly catalogueAsOfMs: number | null;
  /** Rows of the list that could not be read. */
  readonly quarantined: number;
}

export interface ResultsOptions {
  readonly connectionId: ConnectionId;
  readonly client: KameleoonClient;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** Fraction from 0 (included) to 1, for spreading readings. */
  readonly random?: () => number;
  /** Shared with other connections where there are several. */
  readonly cache?: ReportCache;
}

export function createResults(options: ResultsOptions): Results {
  const { connectionId, client, store, clock, log, random = Math.random, cache } = options;
  const writes = createWriteBehind({ log });
  const shelf = createShelf({
    connectionId,
    store,
    remember: writes.remember,
    onStoreFailure: writes.failed,
  });
  const reader = createReader({ connectionId, client, ...(cache && { cache }) });

  const unit = createUnitKeeper({
    connectionId,
    client,
    facts: store.facts,
    log,
    onProof: () => {
      shelf.setProof(unit.proof());
      publishAll();
    },
    onStoreFailure: writes.failed,
  });

  const catalogue = createCatalogueKeeper({
    connectionId,
    client,
    store,
    clock,
    log,
    hasViewers: () => hub.counts().viewers > 0,
    onCatalogue: (read) => writes.remember(() => follow(read)),
    onStoreFailure: writes.failed,
  });

  const one = createReadOne({ client, reader, shelf, log });
  const views = createViews({
    shelf,
    schedule: () => schedule,
    problemOf: one.problemOf,
    client,
    clock,
  });
  const hub = createHub({
    clock,
    toEvent: views.event,
    toHeartbeat: views.heartbeat,
    onWatchedChange: () => {
      pace.renew();
      catalogue.hurry();
      schedule.replan();
      backfill.nudge();
      paceNews.tell();
    },
    onListenerFault: (error) => log.warn({ error: String(error) }, 'listener dropped'),
  });
  const isWatched = (id: ExperimentId): boolean => hub.isWatched(id);

  const pace = createPaceKeeper({
    requestsPerReport: one.requestsPerReport,
    hourLimit: () => client.budget().hour.limit,
    experiments: () => shelf.tracks().map((track) => track.experiment()),
    isWatched,
    hasIdleWork: () => backfill.hasWork() || schedule.hasIdleWork(),
  });
  const idle = createIdleBudget({
    clock,
    budget: () => client.budget(),
    hasViewers: () => hub.counts().viewers > 0,
  });
  const schedule = createSchedule({
    clock,
    random,
    pace: pace.now,
    isWatched,
    idle,
    requestsPerReport: one.requestsPerReport,
    hourLimit: () => client.budget().hour.limit,
    read: one.read,
    onStep(id, step) {
      const track = shelf.find(id);
      const snapshot = track?.latest();
      if (step !== 'good' || !track || !snapshot) return hub.publish(id, 'problem');
      setRhythm(track);
      pace.renew();
      hub.publish(id, 'analysis');
      unit.consider({ experiment: track.experiment(), snapshot }, schedule.isColdStartOver());
      backfill.nudge();
    },
  });
  const backfill = createBackfill({
    clock,
    client,
    idle,
    log,
    tracks: shelf.tracks,
    isWatched,
    mayRun: () => schedule.isColdStartOver() && !schedule.hasIdleWork(),
    requestsPerReport: one.requestsPerReport,
    onLook(look) {
      shelf.addPast(look);
      hub.publish(look.snapshot.experimentId, 'analysis');
    },
  });
  const leases = createLeases({ hub, clock });
  const paceNews = createPaceNews({ hub, clock, tracks: shelf.tracks });
  const watcher = createWatcher({
    hub,
    onCall: (id, call) => log.info({ connectionId, experimentId: id, call }, 'call'),
  });

  const { adopt, setRhythm } = createAdoption({
    shelf,
    schedule,
    watcher,
    pace,
    hub,
    client,
    clock,
  });

  async function follow({ experiments }: Catalogue): Promise<void> {
    await adopt(experiments);
    backfill.nudge();
    const job = { value: client.expectedJobMs(), knownAtMs: client.upstreamNowMs() };
    await store.facts.set(connectionId, 'expected-job-ms', job);
  }

  function publishAll(): void {
    for (const track of shelf.tracks()) hub.publish(track.experiment().id, 'analysis');
  }

  return {
    async start() {
      try {
        await unit.restore();
        shelf.setProof(unit.proof());
        await catalogue.restore();
        const last = catalogue.last();
        if (last) await adopt(last.experiments);
      } catch (error) {
        writes.failed(error);
      }
      catalogue.start();
      schedule.start();
      backfill.nudge();
    },
    async stop() {
      catalogue.stop();
      schedule.stop();
      backfill.stop();
      watcher.stop();
      leases.stop();
      paceNews.stop();
      hub.stop();
      await writes.close();
    },
    list: () => ({
      readings: views.readings(),
      progress: views.progress(),
      nowMs: client.upstreamNowMs(),
      asOfMs: catalogue.last()?.asOfMs ?? null,
      problem: catalogue.problem(),
    }),
    find: views.find,
    curve: views.curve,
    subscribe: (questions, listener) => hub.subscribe(questions, listener),
    touch(ids) {
      for (const id of ids) if (shelf.find(id)) leases.renew(id);
    },
    status: () => ({
      progress: views.progress(),
      lastGoodAtMs: views.lastGoodAtMs(),
      problem: catalogue.problem() ?? one.lastProblem(),
      storeProblem: writes.problem(),
      budget: client.budget(),
      ...hub.counts(),
      unitProof: unit.proof(),
      catalogueAsOfMs: catalogue.last()?.asOfMs ?? null,
      quarantined: catalogue.last()?.quarantined ?? 0,
    }),
  };
}
