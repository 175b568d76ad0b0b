import 'server-only';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import type { Look, Snapshot, UnitProof } from '@/lib/core/experiment/snapshot';
import type { PlanFact } from '@/lib/core/live/reading';
import { createBedroom } from '@/lib/server/experiments/bedroom';
import { createBringer } from '@/lib/server/experiments/bringer';
import { createTrack } from '@/lib/server/experiments/create-track';
import type { ShelfMemoryOptions } from '@/lib/server/experiments/shelf-memory';
import { createShelfMemory } from '@/lib/server/experiments/shelf-memory';
import type { ShelfPlansOptions } from '@/lib/server/experiments/shelf-plans';
import { createShelfPlans } from '@/lib/server/experiments/shelf-plans';
import { createThinner } from '@/lib/server/experiments/thinner';
import type { Track } from '@/lib/server/experiments/track';
import { createTurns } from '@/lib/server/experiments/turns';

/** All experiments of one connection in memory, each backed by what the store keeps of it. */
export interface Shelf {
  /** In the order of the catalogue. */
  tracks(): readonly Track[];
  find(id: ExperimentId): Track | undefined;
  /** Who set what an experiment is judged by; null before its first look. */
  planOf(id: ExperimentId): PlanFact | null;
  /**
   * Takes over the experiments as configured: new ones come with what the store remembers of them, those that are
   * gone leave the shelf (never the store). What runs comes first. `onChange` is told of each of which anything differs.
   */
  stock(experiments: readonly Experiment[], onChange: (id: ExperimentId) => void): Promise<void>;
  /** Brings one experiment forward, looks and all: somebody opens it. */
  wake(experiment: Experiment): Promise<void>;
  take(snapshot: Snapshot): Promise<void>;
  addPast(look: Look): Promise<void>;
  /** The store can be read again: what it remembers of each comes in, beside what was read since. */
  recall(onChange: (id: ExperimentId) => void): Promise<void>;
  /** Judges everything anew, one after another; `onChange` is told of each. */
  setProof(proof: UnitProof, onChange: (id: ExperimentId) => void): Promise<void>;
  /** What is being stocked or judged stops at the next experiment. */
  close(): void;
}

export interface ShelfOptions extends ShelfMemoryOptions, ShelfPlansOptions {
  readonly store: ShelfMemoryOptions['store'] & ShelfPlansOptions['store'];
  /** Somebody has its page open: its looks stay in memory. */
  readonly isOpen: (id: ExperimentId) => boolean;
}

export function createShelf(options: ShelfOptions): Shelf {
  const { connectionId, store, onStoreFailure, isOpen } = options;
  const memory = createShelfMemory(options);
  const plans = createShelfPlans(options);
  const thinner = createThinner(options);
  const bedroom = createBedroom({
    readLooks: (id) => store.looks.read(connectionId, id),
    isOpen,
    onStoreFailure,
  });
  let tracks = new Map<ExperimentId, Track>();
  let listed: readonly Track[] | null = null;
  let proof: UnitProof = 'unproven';
  let isClosed = false;

  const bringer = createBringer({
    memory,
    plans,
    proof: () => proof,
    onCome(track) {
      tracks.set(track.experiment().id, track);
      listed = null;
      bedroom.letRest(track);
    },
  });

  const setTerms = async (
    track: Track,
    terms: Parameters<Track['setTerms']>[0],
  ): Promise<boolean> => {
    if (!(await bedroom.wake(track)) || !track.setTerms(terms)) return false;
    memory.keepDecisions(track);
    await bringer.draw(track);
    bedroom.letRest(track);
    return true;
  };

  return {
    tracks: () => (listed ??= [...tracks.values()]),
    find: (id) => tracks.get(id),
    planOf: plans.factOf,

    async stock(experiments, onChange) {
      const turns = createTurns();
      const wanted = new Set(experiments.map(({ id }) => id));
      const isGone = [...tracks.keys()].filter((id) => !wanted.has(id));
      for (const id of isGone) tracks.delete(id);
      for (const id of isGone) onChange(id);
      const runningFirst = [
        ...experiments.filter(({ status }) => status === 'active'),
        ...experiments.filter(({ status }) => status !== 'active'),
      ];
      for (const experiment of runningFirst) {
        if (isClosed) return;
        const known = tracks.get(experiment.id);
        if (known?.experiment() === experiment) continue;
        const track = known ?? (await bringer.bring(experiment));
        const isChanged = known ? await setTerms(known, { experiment }) : true;
        if (isChanged) onChange(experiment.id);
        await turns.after(track.looks().length);
      }
      tracks = new Map(
        experiments.flatMap(({ id }): [ExperimentId, Track][] => {
          const track = tracks.get(id);
          return track ? [[id, track]] : [];
        }),
      );
      listed = null;
    },

    async wake(experiment) {
      const track = tracks.get(experiment.id) ?? (await bringer.bring(experiment));
      await bedroom.wake(track);
      bedroom.letRest(track);
    },

    async take(snapshot) {
      const track = tracks.get(snapshot.experimentId);
      if (!track || !(await bedroom.wake(track))) return;
      plans.freeze(snapshot.experimentId, snapshot.asOfMs, async (settings) => {
        if (await bedroom.wake(track)) track.setTerms({ settings });
      });
      const look = track.take(snapshot);
      memory.keep(snapshot, look);
      memory.keepDecisions(track);
      if (look) thinner.consider(track);
      bedroom.letRest(track);
    },

    async addPast(look) {
      memory.keepPast(look);
      const track = tracks.get(look.snapshot.experimentId);
      if (!track || !(await bedroom.wake(track))) return;
      track.addPast(look);
      memory.keepDecisions(track);
      bedroom.letRest(track);
    },

    async recall(onChange) {
      memory.forget();
      plans.forget();
      const turns = createTurns();
      for (const before of [...tracks.values()]) {
        const { id } = before.experiment();
        const { terms, ...remembered } = await bringer.recall(before.experiment());
        // To read months of looks and to judge them takes some tens of milliseconds each.
        await createTurns().after(remembered.looks.length);
        // It may have left the list meanwhile, or have been read.
        if (tracks.get(id) !== before) continue;
        const experiment = before.experiment();
        const track = createTrack({ terms: { ...terms, experiment, proof }, ...remembered });
        const newest = before.latest();
        if (newest && newest.asOfMs > (track.latest()?.asOfMs ?? 0))
          memory.keep(newest, track.take(newest));
        tracks.set(id, track);
        listed = null;
        memory.keepDecisions(track);
        bedroom.letRest(track);
        onChange(id);
        await turns.after(track.looks().length);
      }
    },

    async setProof(shown, onChange) {
      proof = shown;
      const turns = createTurns();
      const runningFirst = [...tracks.values()].sort(
        (a, b) => Number(isAtRest(a)) - Number(isAtRest(b)),
      );
      for (const track of runningFirst) {
        // Another proof has come meanwhile, and judges all.
        if (proof !== shown || isClosed) return;
        const { id } = track.experiment();
        if ((await setTerms(track, { proof })) && tracks.get(id) === track) onChange(id);
        await turns.after(track.looks().length);
      }
    },

    close() {
      isClosed = true;
    },
  };
}

const isAtRest = (track: Track): boolean => track.experiment().status !== 'active';
