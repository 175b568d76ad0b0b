import 'server-only';
import type { Call } from '@/lib/core/analysis/call';
import type { ConnectionId, ExperimentId } from '@/lib/core/experiment/ids';
import { toQuestion } from '@/lib/core/experiment/question';
import type { Look, Snapshot } from '@/lib/core/experiment/snapshot';
import type { Track } from '@/lib/server/experiments/track';
import type { Store } from '@/lib/server/store/open-store';
import { DEFAULT_PLANNED_VISITORS } from '@/lib/server/store/plan-repository';

/** What the store remembers of the experiments of one connection, and what of it changes. */
export interface ShelfMemory {
  /** All that an earlier process left of one experiment. Never rejects: without it results are read upstream. */
  recall(id: ExperimentId): Promise<Remembered>;
  /** What was recalled so far may lack what could not be read then: the next who recalls asks the store anew. */
  forget(): void;
  /** Freezes the plan at the first look; `onOther` is told when the store holds another one than the usual. */
  freezePlan(id: ExperimentId, onOther: (plannedVisitors: number) => Promise<void>): void;
  /** Keeps the call a track shows by its main method, when it is new. */
  keepCall(track: Track): void;
  /** Keeps a snapshot, and the look it became where it did. */
  keep(snapshot: Snapshot, look: Look | null): void;
  keepPast(look: Look): void;
}

export interface Remembered {
  readonly plannedVisitors: number;
  readonly keptCall: Call | null;
  readonly latest: Snapshot | null;
  readonly looks: readonly Look[];
}

export interface ShelfMemoryOptions {
  readonly connectionId: ConnectionId;
  readonly store: Pick<Store, 'looks' | 'plans' | 'calls'>;
  /** Runs a write without waiting for it; its failure is reported, not thrown. */
  readonly remember: (write: () => Promise<unknown>) => void;
  readonly onStoreFailure: (error: unknown) => void;
}

export function createShelfMemory(options: ShelfMemoryOptions): ShelfMemory {
  const { connectionId, store, remember, onStoreFailure } = options;
  /** Filled by the first who asks; only this process writes for its connection. */
  let latest: Promise<Map<ExperimentId, Snapshot>> | undefined;
  const plans = new Map<ExperimentId, number>();
  const calls = new Map<ExperimentId, Call>();

  const load = async (): Promise<Map<ExperimentId, Snapshot>> => {
    for (const [id, visitors] of await store.plans.read(connectionId)) plans.set(id, visitors);
    for (const [id, call] of await store.calls.read(connectionId)) calls.set(id, call);
    const snapshots = await store.looks.readLatest(connectionId);
    return new Map(snapshots.map((snapshot) => [snapshot.experimentId, snapshot]));
  };

  const orElse = <T>(read: Promise<T>, otherwise: T): Promise<T> =>
    read.catch((error: unknown) => {
      onStoreFailure(error);
      return otherwise;
    });

  return {
    async recall(id) {
      latest ??= orElse(load(), new Map());
      const snapshot = (await latest).get(id) ?? null;
      const looks = await orElse(store.looks.read(connectionId, id), []);
      return {
        plannedVisitors: plans.get(id) ?? DEFAULT_PLANNED_VISITORS,
        keptCall: calls.get(id) ?? null,
        latest: snapshot,
        looks,
      };
    },

    forget() {
      latest = undefined;
    },

    freezePlan(id, onOther) {
      if (plans.has(id)) return;
      plans.set(id, DEFAULT_PLANNED_VISITORS);
      remember(async () => {
        const plannedVisitors = await store.plans.freeze(connectionId, id);
        plans.set(id, plannedVisitors);
        await onOther(plannedVisitors);
      });
    },

    keepCall(track) {
      const { id } = track.experiment();
      const call = track.analysis(toQuestion(id))?.call;
      if (!call || JSON.stringify(call) === JSON.stringify(calls.get(id))) return;
      calls.set(id, call);
      remember(() => store.calls.set(connectionId, id, call));
    },

    keep(snapshot, look) {
      // For the case that it leaves the list and comes back.
      void latest?.then((known) => known.set(snapshot.experimentId, snapshot));
      // Each by itself: what the disk refuses now is kept by the store for later, if only it is told.
      if (look) remember(() => store.looks.add(connectionId, look));
      remember(() => store.looks.setLatest(connectionId, snapshot));
    },

    keepPast: (look) => remember(() => store.looks.add(connectionId, look)),
  };
}
