import 'server-only';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import { createCatalogueKeeper } from '@/lib/server/experiments/catalogue-keeper';
import { createReader } from '@/lib/server/experiments/reader';
import { createShelf } from '@/lib/server/experiments/shelf';
import { createUnitKeeper } from '@/lib/server/experiments/unit-keeper';
import type { Catalogue } from '@/lib/server/kameleoon/client';
import { createAdoption } from '@/lib/server/live/adoption';
import { createBackfill } from '@/lib/server/live/backfill';
import { createHub } from '@/lib/server/live/hub';
import { createIdleBudget } from '@/lib/server/live/idle-budget';
import { createLeases } from '@/lib/server/live/leases';
import { createPaceKeeper } from '@/lib/server/live/pace-keeper';
import { createPaceNews } from '@/lib/server/live/pace-news';
import { createReadOne } from '@/lib/server/live/read-one';
import type { Results, ResultsOptions } from '@/lib/server/live/results';
import { createSchedule } from '@/lib/server/live/schedule';
import { createViews } from '@/lib/server/live/views';
import { createWatcher } from '@/lib/server/live/watcher';
import { createWriteBehind } from '@/lib/server/live/write-behind';

/** Wires the rooms of one connection together; what each of them does is written there. */
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
    lastAsOfMs: (id) => reader.last(id)?.asOfMs ?? null,
    client,
    clock,
    storeProblem: writes.problem,
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

  let isListed = false;
  let tellListed: () => void = () => undefined;
  const listed = new Promise<void>((resolve) => {
    tellListed = () => {
      isListed = true;
      resolve();
    };
  });
  /** A list that is still being put on the shelf is not known yet: it would look empty. */
  const listAsOfMs = (): number | null => (isListed ? (catalogue.last()?.asOfMs ?? null) : null);

  async function follow({ experiments }: Catalogue): Promise<void> {
    unit.anticipate(experiments);
    await adopt(experiments);
    tellListed();
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
        if (last) {
          await adopt(last.experiments);
          tellListed();
        }
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
      asOfMs: listAsOfMs(),
      problem: catalogue.problem(),
      storeProblem: writes.problem(),
    }),
    find: views.find,
    findLack: views.findLack,
    whenListed: () => listed,
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
      catalogueAsOfMs: listAsOfMs(),
      quarantined: catalogue.last()?.quarantined ?? 0,
    }),
  };
}
