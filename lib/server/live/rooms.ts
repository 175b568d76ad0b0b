import 'server-only';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import { experimentId } from '@/lib/core/experiment/ids';
import { createCatalogueKeeper } from '@/lib/server/experiments/catalogue-keeper';
import { createCounting } from '@/lib/server/experiments/counting';
import { createReader } from '@/lib/server/experiments/reader';
import { createShelf } from '@/lib/server/experiments/shelf';
import { createAdoption } from '@/lib/server/live/adoption';
import { createHub } from '@/lib/server/live/hub';
import { createLeases } from '@/lib/server/live/leases';
import { createListing } from '@/lib/server/live/listing';
import { createNoteRevisions } from '@/lib/server/live/note-revisions';
import { createPaceNews } from '@/lib/server/live/pace-news';
import { createReadOne } from '@/lib/server/live/read-one';
import { createReadingLine } from '@/lib/server/live/reading-line';
import type { ResultsOptions } from '@/lib/server/live/results';
import { createViews } from '@/lib/server/live/views';
import { createWatcher } from '@/lib/server/live/watcher';
import { createWriteBehind } from '@/lib/server/live/write-behind';

/** Wires the rooms of one connection together; what each of them does is written there. */
export function createRooms(options: ResultsOptions) {
  const { connectionId, client, store, clock, log, random = Math.random, cache, plans } = options;
  const writes = createWriteBehind({ store, log });
  const shelf = createShelf({
    connectionId,
    store,
    isOpen: (id) => hub.isFocused(id),
    remember: writes.remember,
    onStoreFailure: writes.failed,
    ...(plans && { wishes: plans }),
    onPlanRefused: (id, { setBy, frozenAtMs }) =>
      log.warn({ connectionId, experimentId: id, setBy, frozenAtMs }, 'plan is frozen already'),
  });
  const reader = createReader({ connectionId, client, ...(cache && { cache }) });
  const publish = (id: ExperimentId): void => hub.publish(id, 'analysis');
  const counting = createCounting({
    connectionId,
    client,
    facts: store.facts,
    log,
    onProof: () => void shelf.setProof(counting.proof(), publish),
    onForm() {
      // What rests may have to be read once more.
      for (const track of shelf.tracks()) setRhythm(track.experiment().id);
    },
    onStoreFailure: writes.failed,
  });
  const one = createReadOne({ client, reader, shelf, forms: counting, log });

  const noteRevisions = createNoteRevisions(clock);
  const views = createViews({
    shelf,
    schedule: () => line.schedule,
    problemOf: one.problemOf,
    lastAsOfMs: (id) => reader.last(id)?.asOfMs ?? null,
    client,
    clock,
    storeProblem: writes.problem,
    noteRevision: noteRevisions.of,
  });
  let wasHeld = false;
  const hub = createHub({
    clock,
    toEvent: views.event,
    toHeartbeat() {
      // A pause that the API asks for is nobody's reading: it is told with the beats, to all who wait.
      const isHeld = client.budget().heldMs > 0;
      if (isHeld !== wasHeld) paceNews.tell();
      wasHeld = isHeld;
      return views.heartbeat();
    },
    onWatchedChange(subjects) {
      const ids = subjects.map(experimentId);
      line.interest.looked(ids);
      for (const id of ids) {
        setRhythm(id);
        line.schedule.raise(id);
        if (hub.isFocused(id)) void wake(id);
      }
      line.pace.renew();
      catalogue.hurry();
      line.schedule.replan();
      line.backfill.nudge();
      paceNews.tell();
    },
    onListenerFault: (error) => log.warn({ error: String(error) }, 'listener dropped'),
  });

  const line = createReadingLine({
    clock,
    random,
    client,
    shelf,
    hub,
    one,
    log,
    onStep(id, step) {
      const track = shelf.find(id);
      const snapshot = track?.latest();
      if (step !== 'good' || !track || !snapshot) return hub.publish(id, 'problem');
      setRhythm(id);
      line.pace.renew();
      publish(id);
      const candidate = { experiment: track.experiment(), snapshot };
      counting.consider(candidate, line.schedule.isColdStartOver());
      line.backfill.nudge();
    },
    async onPast(look) {
      await shelf.addPast(look);
      publish(look.snapshot.experimentId);
    },
  });
  const leases = createLeases({ hub, clock });
  const paceNews = createPaceNews({ hub, clock, tracks: shelf.tracks });
  const watcher = createWatcher({
    hub,
    onCall: (id, { variationId, state }, event) =>
      log.info({ connectionId, experimentId: id, variationId, state, event }, 'call'),
  });

  const { interest, pace, schedule } = line;
  const given = { shelf, schedule, watcher, pace, hub, interest, client, clock };
  const { adopt, setRhythm } = createAdoption({ ...given, forms: counting });
  const listing = createListing({
    catalogue: () => catalogue,
    adopt,
    shown: () => shelf.tracks().length,
    onListed: () => line.backfill.nudge(),
    log,
  });
  const catalogue = createCatalogueKeeper({
    connectionId,
    client,
    store,
    clock,
    log,
    hasViewers: () => hub.counts().viewers > 0,
    isPressed: () => !schedule.isColdStartOver(),
    spare: (requests) => line.idle.trySpend(requests, 'patient'),
    onCatalogue(read) {
      counting.anticipate(read.experiments);
      listing.follow(read);
    },
    onRead: () =>
      writes.remember(() =>
        store.facts.set(connectionId, 'expected-job-ms', {
          value: client.expectedJobMs(),
          knownAtMs: client.upstreamNowMs(),
        }),
      ),
    onStoreFailure: writes.failed,
  });

  /** The disk is back, and with it what an earlier process left. */
  async function recall(): Promise<void> {
    await counting.restore();
    await shelf.recall(publish);
    await shelf.setProof(counting.proof(), publish);
    if (catalogue.last()) return;
    await catalogue.restore();
    const last = catalogue.last();
    if (last) listing.follow(last);
  }
  const stopRecalling = store.onReturn(() => writes.remember(recall));

  /** Its looks come into memory; what they show goes to those who look already. */
  async function wake(id: ExperimentId): Promise<void> {
    const experiment = listing.find(id);
    const track = shelf.find(id);
    if (!experiment || (track && !track.isAsleep())) return;
    await shelf.wake(experiment);
    setRhythm(id);
    publish(id);
    line.backfill.nudge();
  }

  return {
    catalogue,
    counting,
    hub,
    leases,
    line,
    listing,
    noteRevisions,
    one,
    paceNews,
    publish,
    shelf,
    stopRecalling,
    views,
    wake,
    watcher,
    writes,
  };
}
