import 'server-only';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { ConnectionId } from '@/lib/core/experiment/ids';
import type { KnownExperiments } from '@/lib/server/experiments/known-experiments';
import type { WholeList } from '@/lib/server/experiments/whole-list';
import type { Catalogue } from '@/lib/server/kameleoon/client';
import type { CatalogueRepository } from '@/lib/server/store/catalogue-repository';

/** The list as it was last shown, and as the store has it. */
export interface KeptList {
  restore(): Promise<void>;
  /** undefined before the first experiments are known. */
  last(): Catalogue | undefined;
  /** What an earlier process left, or this one kept last. */
  kept(): readonly Experiment[];
  /** Tells of what is known now, when that differs. */
  show(asOfMs: number): void;
  /** Writes it down, when it differs and is the whole: a part would look like all there is. */
  keep(): void;
}

export interface KeptListOptions {
  readonly connectionId: ConnectionId;
  readonly store: CatalogueRepository;
  readonly known: KnownExperiments;
  readonly whole: WholeList;
  readonly onCatalogue: (catalogue: Catalogue) => void;
  readonly onStoreFailure: (error: unknown) => void;
}

export function createKeptList(options: KeptListOptions): KeptList {
  const { connectionId, store, known, whole, onCatalogue, onStoreFailure } = options;
  let last: Catalogue | undefined;
  let kept: readonly Experiment[] = [];
  let shown: readonly Experiment[] | undefined;

  return {
    async restore() {
      const found = await store.find(connectionId);
      if (!found) return;
      known.put(found.experiments);
      whole.restored();
      kept = shown = known.all();
      last = { ...found, experiments: kept };
    },
    last: () => last,
    kept: () => kept,
    show(asOfMs) {
      const experiments = known.all();
      last = { experiments, asOfMs, quarantined: whole.quarantined() };
      if (shown === experiments) return;
      shown = experiments;
      onCatalogue(last);
    },
    keep() {
      if (!last || !whole.isKnown() || kept === last.experiments) return;
      kept = last.experiments;
      store.set(connectionId, last).catch(onStoreFailure);
    },
  };
}
