import 'server-only';
import { FIRST_ASK } from '@/lib/core/live/list-ask';
import { atMost } from '@/lib/core/time/at-most';
import { ofKind } from '@/lib/server/experiments/one-kind';
import { toFigures } from '@/lib/server/live/figures';
import type { Results, ResultsOptions } from '@/lib/server/live/results';
import { createRooms } from '@/lib/server/live/rooms';

/** Months of looks of a hundred experiments take seconds to judge; the process answers meanwhile. */
const START_PATIENCE_MS = 2_000;

/** Live results of one connection, as pages and streams know them. */
export function createResults(options: ResultsOptions): Results {
  const { client, clock } = options;
  const rooms = createRooms(options);
  const { catalogue, counting, hub, leases, line, listing, one, shelf, views, writes } = rooms;

  return {
    async start() {
      try {
        await counting.restore();
        await shelf.setProof(counting.proof(), rooms.publish);
        await catalogue.restore();
        const last = catalogue.last();
        if (last) {
          listing.follow(last);
          await atMost(clock, listing.whenListed(), START_PATIENCE_MS);
        }
      } catch (error) {
        writes.failed(error);
      }
      catalogue.start();
      line.schedule.start();
      line.backfill.nudge();
    },
    async stop() {
      rooms.stopRecalling();
      shelf.close();
      catalogue.stop();
      line.schedule.stop();
      line.backfill.stop();
      rooms.watcher.stop();
      leases.stop();
      rooms.paceNews.stop();
      hub.stop();
      await listing.settled();
      await writes.close();
    },
    list: (ask = FIRST_ASK) => ({
      ...views.list(ask),
      listing: { isWhole: listing.isWhole(), ...listing.progress() },
      progress: views.progress(),
      nowMs: client.upstreamNowMs(),
      asOfMs: listing.asOfMs(),
      problem: catalogue.problem(),
      storeProblem: writes.problem(),
    }),
    find: views.find,
    findLack: views.findLack,
    whenListed: listing.whenListed,
    prepare: ({ subject }) => rooms.wake(subject.experimentId),
    curve: views.curve,
    goals: views.goals,
    subscribe: (questions, listener) => hub.subscribe(questions, listener),
    touch(ids) {
      for (const id of ids) if (shelf.find(id)) leases.renew(id);
    },
    noteRevision: rooms.noteRevisions.of,
    noteChanged(id) {
      rooms.noteRevisions.raise(id);
      rooms.publish(id);
    },
    moments(id) {
      const track = shelf.find(id);
      return ofKind(track?.looks() ?? [], track?.latest() ?? null).map(({ snapshot, source }) => ({
        atMs: snapshot.asOfMs,
        source,
      }));
    },
    lookAt: (id, atMs) =>
      shelf
        .find(id)
        ?.looks()
        .findLast(({ snapshot }) => snapshot.asOfMs <= atMs)?.snapshot.asOfMs ?? null,
    figures: () =>
      toFigures({
        tracks: shelf.tracks(),
        freshnessOf: views.freshness,
        nowMs: client.upstreamNowMs(),
        readings: one.outcomes(),
        pastPointsLeft: line.backfill.pointsLeft(),
      }),
    status: () => ({
      progress: views.progress(),
      lastGoodAtMs: views.lastGoodAtMs(),
      problem: catalogue.problem() ?? one.lastProblem(),
      storeProblem: writes.problem(),
      budget: client.budget(),
      ...hub.counts(),
      unitProof: counting.proof(),
      catalogueAsOfMs: listing.asOfMs(),
      listed: listing.progress(),
      isListWhole: listing.isWhole(),
      quarantined: catalogue.last()?.quarantined ?? 0,
    }),
  };
}
