import 'server-only';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { ConnectionId, VariationId } from '@/lib/core/experiment/ids';
import type { Clock } from '@/lib/core/time/clock';
import { unnamedOf } from '@/lib/server/experiments/known-experiments';
import type { KameleoonClient, Priority } from '@/lib/server/kameleoon/client';
import type {
  ReadName,
  VariationNameRepository,
} from '@/lib/server/store/variation-name-repository';

const HOUR_MS = 60 * 60_000;
const RENEW_AFTER_MS = 24 * HOUR_MS;
/** One filtered list. */
const BATCH = 100;
/** Where the API gives no such list a name is a request: some dozens of new ones at a time, a few of the old. */
const MAX_SINGLES = 40;
const MAX_SINGLES_RENEWED = 3;

export interface NameKeeper {
  restore(): Promise<void>;
  /** Names known so far, to label experiments by. */
  known(): ReadonlyMap<VariationId, string>;
  /** Reads at once, in filtered lists only, what these experiments need for being shown. */
  readFor(experiments: readonly Experiment[], priority: Priority): Promise<void>;
  /** The next names worth reading: of what runs, then of the rest, then those that are a day old; null: none. */
  next(experiments: readonly Experiment[]): NameBatch | null;
  read(batch: NameBatch): Promise<void>;
}

export interface NameBatch {
  readonly ids: readonly VariationId[];
  /** Somebody may be looking at a label that is a number. */
  readonly isPressing: boolean;
  readonly maxSingles: number;
}

export interface NameKeeperOptions {
  readonly connectionId: ConnectionId;
  readonly client: Pick<KameleoonClient, 'readNames' | 'upstreamNowMs'>;
  readonly store: VariationNameRepository;
  readonly clock: Clock;
  readonly onNames: (names: ReadonlyMap<VariationId, string>) => void;
  readonly onStoreFailure: (error: unknown) => void;
}

/** Names of variations: labels, each read once and again every day, and never before what people wait for. */
export function createNameKeeper(options: NameKeeperOptions): NameKeeper {
  const { connectionId, client, store, clock, onNames, onStoreFailure } = options;
  const names = new Map<VariationId, string>();
  const readAtMs = new Map<VariationId, number>();
  /** Names that could not be had, until when they are left alone. */
  const leftAloneUntilMs = new Map<VariationId, number>();

  const put = ({ variationId, name, readAtMs: atMs }: ReadName): void => {
    names.set(variationId, name);
    readAtMs.set(variationId, atMs);
  };

  const read = async (ids: readonly VariationId[], priority: Priority, maxSingles: number) => {
    const found = await client.readNames(ids, { priority, maxSingles });
    const nowMs = client.upstreamNowMs();
    const entries = [...found].map(([id, name]) => ({ variationId: id, name, readAtMs: nowMs }));
    const fresh = new Map([...found].filter(([id, name]) => names.get(id) !== name));
    for (const entry of entries) put(entry);
    if (entries.length > 0) store.set(connectionId, entries).catch(onStoreFailure);
    if (fresh.size > 0) onNames(fresh);
    // As long as some come, the others are yet to be asked for.
    if (found.size === 0)
      for (const id of ids) leftAloneUntilMs.set(id, clock.monotonicMs() + HOUR_MS);
  };

  const isAskable = (id: VariationId): boolean =>
    !names.has(id) && (leftAloneUntilMs.get(id) ?? 0) <= clock.monotonicMs();

  const missing = (experiments: readonly Experiment[]): VariationId[] => [
    ...new Set(experiments.flatMap(unnamedOf).filter(isAskable)),
  ];

  const oldest = (experiments: readonly Experiment[]): VariationId[] => {
    const limitMs = client.upstreamNowMs() - RENEW_AFTER_MS;
    const ids = experiments.flatMap(({ variations }) => variations.map(({ id }) => id));
    const age = (id: VariationId): number => readAtMs.get(id) ?? Number.POSITIVE_INFINITY;
    return ids
      .filter((id) => age(id) < limitMs && (leftAloneUntilMs.get(id) ?? 0) <= clock.monotonicMs())
      .sort((a, b) => age(a) - age(b));
  };

  return {
    async restore() {
      for (const entry of await store.read(connectionId)) put(entry);
    },
    known: () => names,
    async readFor(experiments, priority) {
      const ids = missing(experiments).slice(0, 2 * BATCH);
      if (ids.length > 0) await read(ids, priority, 0);
      // They were asked of the list alone, and may yet be had one by one.
      for (const id of ids) leftAloneUntilMs.delete(id);
    },
    next(experiments) {
      const running = experiments.filter(({ status }) => status === 'active');
      for (const some of [running, experiments]) {
        const ids = missing(some).slice(0, BATCH);
        if (ids.length > 0) return { ids, isPressing: some === running, maxSingles: MAX_SINGLES };
      }
      const ids = oldest(experiments).slice(0, BATCH);
      return ids.length > 0 ? { ids, isPressing: false, maxSingles: MAX_SINGLES_RENEWED } : null;
    },
    read: ({ ids, maxSingles }) => read(ids, 'background', maxSingles),
  };
}
