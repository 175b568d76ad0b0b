import 'server-only';
import type { Call } from '@/lib/core/analysis/call';
import { startHistory } from '@/lib/core/analysis/history';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { ConnectionId, ExperimentId } from '@/lib/core/experiment/ids';
import type { Look, Snapshot } from '@/lib/core/experiment/snapshot';
import { citedLooks } from '@/lib/server/experiments/cited-looks';
import type { Track } from '@/lib/server/experiments/track';
import type { KeptHistory } from '@/lib/server/store/history-repository';
import type { Store } from '@/lib/server/store/open-store';

/** What the store remembers of the experiments of one connection, and what of it changes. */
export interface ShelfMemory {
  /** All that an earlier process left of one experiment. Never rejects: without it results are read upstream. */
  recall(experiment: Experiment): Promise<Remembered>;
  /** What was recalled so far may lack what could not be read then: the next who recalls asks the store anew. */
  forget(): void;
  /** Keeps what the looks of a track have decided, where that is new. */
  keepDecisions(track: Track): void;
  /** Keeps a snapshot, and the look it became where it did. */
  keep(snapshot: Snapshot, look: Look | null): void;
  keepPast(look: Look): void;
}

export interface Remembered {
  readonly kept: KeptHistory | null;
  readonly latest: Snapshot | null;
  readonly looks: readonly Look[];
}

export interface ShelfMemoryOptions {
  readonly connectionId: ConnectionId;
  readonly store: Pick<Store, 'looks' | 'calls' | 'histories' | 'citations'>;
  /** Runs a write without waiting for it; its failure is reported, not thrown. */
  readonly remember: (write: () => Promise<unknown>) => void;
  readonly onStoreFailure: (error: unknown) => void;
}

export function createShelfMemory(options: ShelfMemoryOptions): ShelfMemory {
  const { connectionId, store, remember, onStoreFailure } = options;
  /** Filled by the first who asks; only this process writes for its connection. */
  let latest: Promise<Map<ExperimentId, Snapshot>> | undefined;
  /** As it lies in the store. What was not recalled yet is not written over. */
  const known = new Map<ExperimentId, KeptHistory | null>();

  const load = async (): Promise<Map<ExperimentId, Snapshot>> => {
    const snapshots = await store.looks.readLatest(connectionId);
    return new Map(snapshots.map((snapshot) => [snapshot.experimentId, snapshot]));
  };

  const orElse = <T>(read: Promise<T>, otherwise: T): Promise<T> =>
    read.catch((error: unknown) => {
      onStoreFailure(error);
      return otherwise;
    });

  /** Where the history is lost, or was of another main goal, the log of calls still tells what was called. */
  const recallHistory = async ({ id, mainGoalId }: Experiment): Promise<KeptHistory | null> => {
    const kept = await store.histories.find(connectionId, id);
    const method = kept?.history.method ?? null;
    if (kept && (method === null || method.goalId === mainGoalId)) return kept;
    const calls = await store.calls.read(connectionId, { experiment: id, goal: mainGoalId });
    if (calls.length === 0) return null;
    const lastAtMs = Math.max(...calls.map(lastEventMs));
    return { history: { ...startHistory({ calls }), lastAtMs }, basis: '' };
  };

  return {
    async recall(experiment) {
      const { id } = experiment;
      latest ??= orElse(load(), new Map());
      const snapshot = (await latest).get(id) ?? null;
      const looks = await orElse(store.looks.read(connectionId, id), []);
      const kept = await orElse(recallHistory(experiment), null);
      known.set(id, kept);
      return { kept, latest: snapshot, looks };
    },

    forget() {
      latest = undefined;
      known.clear();
    },

    keepDecisions(track) {
      const { id, mainGoalId } = track.experiment();
      const before = known.get(id);
      const now = track.history();
      // Nothing was recalled, or nothing was decided yet.
      if (before === undefined || (before === null && now.history.lastAtMs === null)) return;
      if (before?.history === now.history && before.basis === now.basis) return;
      known.set(id, now);
      const { calls, finals, method } = now.history;
      const told = before?.history.calls ?? [];
      const changed = calls.filter((call) => !told.includes(call));
      const of = { experiment: id, goal: method?.goalId ?? mainGoalId };
      if (changed.length > 0) remember(() => store.calls.set(connectionId, of, changed));
      if (changed.length > 0 || finals !== before?.history.finals) {
        const cited = citedLooks(now.history, track.looks());
        const citations = cited.map((asOfMs) => ({ asOfMs, by: 'call' as const }));
        remember(() => store.citations.add(connectionId, id, citations));
      }
      // Last: what it says was told is in the log by then.
      remember(() => store.histories.set(connectionId, id, now));
    },

    keep(snapshot, look) {
      // For the case that it leaves the list and comes back.
      void latest?.then((snapshots) => snapshots.set(snapshot.experimentId, snapshot));
      // Each by itself: what the disk refuses now is kept by the store for later, if only it is told.
      if (look) remember(() => store.looks.add(connectionId, look));
      remember(() => store.looks.setLatest(connectionId, snapshot));
    },

    keepPast: (look) => remember(() => store.looks.add(connectionId, look)),
  };
}

const lastEventMs = ({ calledAtMs, confirmedAtMs, withdrawn, events }: Call): number =>
  Math.max(
    calledAtMs,
    confirmedAtMs ?? calledAtMs,
    withdrawn?.atMs ?? calledAtMs,
    ...events.map(({ atMs }) => atMs),
  );
