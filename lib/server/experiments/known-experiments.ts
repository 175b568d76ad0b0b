import 'server-only';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { ExperimentId, VariationId } from '@/lib/core/experiment/ids';

/**
 * All experiments known of a connection. Parts of the list add to it and change it; only what is told to be gone leaves.
 * What did not change stays the same object, so that whoever holds one sees at a glance that there is nothing to do.
 */
export interface KnownExperiments {
  /** In the order of the list as far as it is known, newcomers last. The same array while nothing changes. */
  all(): readonly Experiment[];
  find(id: ExperimentId): Experiment | undefined;
  size(): number;
  /** Answers whether anything differs. */
  put(experiments: readonly Experiment[]): boolean;
  remove(ids: Iterable<ExperimentId>): boolean;
  /** Labels variations by these names. */
  name(names: ReadonlyMap<VariationId, string>): boolean;
  /** The order in which the whole list came. */
  arrange(ids: readonly ExperimentId[]): void;
}

export function createKnownExperiments(): KnownExperiments {
  let byId = new Map<ExperimentId, Experiment>();
  let all: readonly Experiment[] | null = null;

  const put = (experiments: readonly Experiment[]): boolean => {
    let isChanged = false;
    for (const experiment of experiments) {
      const known = byId.get(experiment.id);
      if (known && JSON.stringify(known) === JSON.stringify(experiment)) continue;
      byId.set(experiment.id, experiment);
      isChanged = true;
    }
    if (isChanged) all = null;
    return isChanged;
  };

  return {
    all: () => (all ??= [...byId.values()]),
    find: (id) => byId.get(id),
    size: () => byId.size,
    put,
    remove(ids) {
      let isChanged = false;
      for (const id of ids) isChanged = byId.delete(id) || isChanged;
      if (isChanged) all = null;
      return isChanged;
    },
    name: (names) =>
      put(
        [...byId.values()]
          .filter(({ variations }) => variations.some(({ id }) => names.has(id)))
          .map((experiment) => withNames(experiment, names)),
      ),
    arrange(ids) {
      const order = [...new Set([...ids, ...byId.keys()])];
      byId = new Map(
        order.flatMap((id): [ExperimentId, Experiment][] => {
          const experiment = byId.get(id);
          return experiment ? [[id, experiment]] : [];
        }),
      );
      all = null;
    },
  };
}

/** The original has one id in every experiment, so it has no name of its own to be read. */
export const withNames = (
  experiment: Experiment,
  names: ReadonlyMap<VariationId, string>,
): Experiment => ({
  ...experiment,
  variations: experiment.variations.map((variation) => ({
    ...variation,
    name: variation.isOriginal ? variation.name : (names.get(variation.id) ?? variation.name),
  })),
});

/** Variations that are labelled by their id: their names are not known. */
export const unnamedOf = ({ variations }: Experiment): VariationId[] =>
  variations.filter(({ id, name, isOriginal }) => !isOriginal && name === id).map(({ id }) => id);
