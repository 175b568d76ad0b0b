import 'server-only';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import type { CatalogueKeeper } from '@/lib/server/experiments/catalogue-keeper';
import type { ListProgress } from '@/lib/server/experiments/whole-list';
import type { Catalogue } from '@/lib/server/kameleoon/client';
import type { Log } from '@/lib/server/log/create-log';

/** The list of experiments on its way from the keeper to those who show and read them. */
export interface Listing {
  /** A list was remembered or read: what runs is taken over first, and known from then on. */
  follow(catalogue: Catalogue): void;
  /** Resolves with the first experiments. */
  whenListed(): Promise<void>;
  /** Upstream time of the list; null while none is on the shelf: it would look empty. */
  asOfMs(): number | null;
  /** Of all experiments, how many are there to be shown. */
  progress(): ListProgress;
  /** Whether what is not there does not exist. */
  isWhole(): boolean;
  /** The experiment as last listed, on the shelf already or not. */
  find(id: ExperimentId): Experiment | undefined;
  /** When nothing is being taken over any more. */
  settled(): Promise<void>;
}

export interface ListingOptions {
  readonly catalogue: () => Pick<CatalogueKeeper, 'last' | 'listed' | 'isWhole' | 'find'>;
  readonly adopt: (experiments: readonly Experiment[]) => Promise<void>;
  readonly shown: () => number;
  readonly onListed: () => void;
  readonly log: Log;
}

export function createListing(options: ListingOptions): Listing {
  const { catalogue, adopt, shown, onListed, log } = options;
  let isListed = false;
  let tell: () => void = () => undefined;
  const listed = new Promise<void>((resolve) => {
    tell = resolve;
  });
  let latest: readonly Experiment[] = [];
  let adopted: readonly Experiment[] | null = null;
  let work: Promise<void> = Promise.resolve();

  const takeOver = async (experiments: readonly Experiment[]): Promise<void> => {
    // Overtaken while it waited for its turn.
    if (experiments !== latest || experiments === adopted) return;
    if (!isListed) await adopt(experiments.filter(({ status }) => status === 'active'));
    isListed = true;
    tell();
    onListed();
    await adopt(experiments);
    adopted = experiments;
    onListed();
  };

  const isTakenOver = (): boolean => adopted === latest;

  return {
    follow({ experiments }) {
      latest = experiments;
      work = work.then(() =>
        takeOver(experiments).catch((error: unknown) =>
          log.error({ error: String(error) }, 'the list of experiments cannot be taken over'),
        ),
      );
    },
    whenListed: () => listed,
    asOfMs: () => (isListed ? (catalogue().last()?.asOfMs ?? null) : null),
    progress() {
      const { read, total } = catalogue().listed();
      return { read: Math.min(read, shown()), total };
    },
    isWhole: () => isListed && isTakenOver() && catalogue().isWhole(),
    find: (id) => catalogue().find(id),
    settled: () => work,
  };
}
