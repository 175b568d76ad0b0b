import 'server-only';
import type { Call } from '@/lib/core/analysis/analysis';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { ConnectionId, ExperimentId } from '@/lib/core/experiment/ids';
import { toQuestion } from '@/lib/core/experiment/question';
import type { Look, Snapshot, UnitProof } from '@/lib/core/experiment/snapshot';
import type { Track } from '@/lib/server/experiments/track';
import { createTrack } from '@/lib/server/experiments/track';
import type { Store } from '@/lib/server/store/open-store';
import { DEFAULT_PLANNED_VISITORS } from '@/lib/server/store/plan-repository';

/** All experiments of one connection in memory, each backed by what the store keeps of it. */
export interface Shelf {
  /** In the order of the catalogue. */
  tracks(): readonly Track[];
  find(id: ExperimentId): Track | undefined;
  /**
   * Takes over the experiments as configured: new ones come with what the store remembers of them, those that are
   * gone leave the shelf (never the store). Gives the ids of which anything differs.
   */
  stock(experiments: readonly Experiment[]): Promise<readonly ExperimentId[]>;
  take(snapshot: Snapshot): void;
  addPast(look: Look): void;
  setProof(proof: UnitProof): void;
}

const MANY_LOOKS = 100;

export interface ShelfOptions {
  readonly connectionId: ConnectionId;
  readonly store: Pick<Store, 'looks' | 'plans' | 'calls'>;
  /** Runs a write without waiting for it; its failure is reported, not thrown. */
  readonly remember: (write: () => Promise<unknown>) => void;
  readonly onStoreFailure: (error: unknown) => void;
}

export function createShelf(options: ShelfOptions): Shelf {
  const { connectionId, store, remember, onStoreFailure } = options;
  let tracks = new Map<ExperimentId, Track>();
  let proof: UnitProof = 'unproven';
  /** Filled at the first stocking; only this process writes for its connection. */
  let latest: Map<ExperimentId, Snapshot> | undefined;
  const plans = new Map<ExperimentId, number>();
  const calls = new Map<ExperimentId, Call>();

  const load = async (): Promise<Map<ExperimentId, Snapshot>> => {
    for (const [id, visitors] of await store.plans.read(connectionId)) plans.set(id, visitors);
    for (const [id, call] of await store.calls.read(connectionId)) calls.set(id, call);
    const snapshots = await store.looks.readLatest(connectionId);
    return new Map(snapshots.map((snapshot) => [snapshot.experimentId, snapshot]));
  };

  /** What cannot be remembered is done without: results can still be read upstream. */
  const recall = <T>(read: Promise<T>, otherwise: T): Promise<T> =>
    read.catch((error: unknown) => {
      onStoreFailure(error);
      return otherwise;
    });

  const freezePlan = (id: ExperimentId): void => {
    if (plans.has(id)) return;
    plans.set(id, DEFAULT_PLANNED_VISITORS);
    remember(async () => {
      const plannedVisitors = await store.plans.freeze(connectionId, id);
      plans.set(id, plannedVisitors);
      tracks.get(id)?.setTerms({ plannedVisitors });
    });
  };

  const keepCall = (track: Track): void => {
    const { id } = track.experiment();
    const call = track.analysis(toQuestion(id))?.call;
    if (!call || JSON.stringify(call) === JSON.stringify(calls.get(id))) return;
    calls.set(id, call);
    remember(() => store.calls.set(connectionId, id, call));
  };

  return {
    tracks: () => [...tracks.values()],
    find: (id) => tracks.get(id),

    async stock(experiments) {
      latest ??= await recall(load(), new Map());
      const next = new Map<ExperimentId, Track>();
      const changed: ExperimentId[] = [];
      for (const experiment of experiments) {
        const { id } = experiment;
        const known = tracks.get(id);
        if (known) {
          if (known.setTerms({ experiment })) changed.push(id);
          next.set(id, known);
          continue;
        }
        const track = createTrack({
          terms: {
            experiment,
            proof,
            plannedVisitors: plans.get(id) ?? DEFAULT_PLANNED_VISITORS,
          },
          keptCall: calls.get(id) ?? null,
          looks: await recall(store.looks.read(connectionId, id), []),
          latest: latest.get(id) ?? null,
        });
        // The proof may have come while the looks were read.
        track.setTerms({ proof });
        track.analysis(toQuestion(id));
        // Months of looks take a while to judge; streams and health checks get their turn in between.
        if (track.looks().length > MANY_LOOKS) await new Promise<void>((go) => setImmediate(go));
        next.set(id, track);
        changed.push(id);
      }
      tracks = next;
      return changed;
    },

    take(snapshot) {
      const track = tracks.get(snapshot.experimentId);
      if (!track) return;
      freezePlan(snapshot.experimentId);
      const look = track.take(snapshot);
      latest?.set(snapshot.experimentId, track.latest() ?? snapshot);
      keepCall(track);
      remember(async () => {
        await store.looks.setLatest(connectionId, snapshot);
        if (look) await store.looks.add(connectionId, look);
      });
    },

    addPast(look) {
      const track = tracks.get(look.snapshot.experimentId);
      track?.addPast(look);
      remember(() => store.looks.add(connectionId, look));
      if (track) keepCall(track);
    },

    setProof(shown) {
      proof = shown;
      for (const track of tracks.values()) if (track.setTerms({ proof })) keepCall(track);
    },
  };
}
