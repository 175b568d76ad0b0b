import 'server-only';
import type { Call } from '@/lib/core/analysis/call';
import type { ConnectionId, ExperimentId } from '@/lib/core/experiment/ids';
import type { Backlog } from '@/lib/server/store/backlog';
import type { DiskLine } from '@/lib/server/store/disk-line';
import type { Fact, Facts } from '@/lib/server/store/fact-repository';
import { DEFAULT_PLANNED_VISITORS } from '@/lib/server/store/plan-repository';
import type { Repositories } from '@/lib/server/store/store';

const NO_PLANS: ReadonlyMap<ExperimentId, number> = new Map();
const NO_CALLS: ReadonlyMap<ExperimentId, Call> = new Map();

const keyOf = (...parts: readonly (string | number)[]): string => parts.join('\n');

/** The small tables over a disk that may fail: what waits for it is read as if it were there. */
export function createKeptRepositories(
  line: DiskLine,
  backlog: Backlog,
): Omit<Repositories, 'looks' | 'requests'> {
  const { calls, plans, facts, names, catalogues } = backlog;
  const own = <T extends { readonly connection: ConnectionId }>(
    items: readonly T[],
    connection: ConnectionId,
  ): readonly T[] => items.filter((item) => item.connection === connection);

  return {
    catalogues: {
      set: (connection, catalogue) =>
        line.write(
          (store) => store.catalogues.set(connection, catalogue),
          () => catalogues.put(connection, { connection, catalogue }),
        ),
      async find(connection) {
        const waits = catalogues.get(connection)?.catalogue;
        return waits ?? (await line.read((store) => store.catalogues.find(connection), undefined));
      },
    },

    names: {
      set: (connection, read) =>
        line.write(
          (store) => store.names.set(connection, read),
          () => {
            for (const name of read)
              names.put(keyOf(connection, name.variationId), { connection, name });
          },
        ),
      async read(connection) {
        const waiting = own(names.values(), connection).map(({ name }) => name);
        const kept = await line.read((store) => store.names.read(connection), []);
        const all = [...kept, ...waiting];
        return [...new Map(all.map((name) => [name.variationId, name])).values()];
      },
    },

    facts: {
      set: (connection, name, fact) =>
        line.write(
          (store) => store.facts.set(connection, name, fact),
          () => facts.put(keyOf(connection, name), { connection, name, fact }),
        ),
      async find<Name extends keyof Facts>(connection: ConnectionId, name: Name) {
        // Under a name only facts of that name are put.
        const waits = facts.get(keyOf(connection, name))?.fact as Fact<Name> | undefined;
        return waits ?? (await line.read((store) => store.facts.find(connection, name), undefined));
      },
    },

    plans: {
      async freeze(connection, experiment, plan) {
        const key = keyOf(connection, experiment);
        const visitors = plan?.plannedVisitors ?? DEFAULT_PLANNED_VISITORS;
        const frozen = await line.write(
          (store) => store.plans.freeze(connection, experiment, plan),
          () => {
            if (!plans.get(key)) plans.put(key, { connection, experiment, visitors });
          },
        );
        return frozen ?? visitors;
      },
      async read(connection) {
        const waiting = own(plans.values(), connection).map(
          ({ experiment, visitors }) => [experiment, visitors] as const,
        );
        const kept = await line.read((store) => store.plans.read(connection), NO_PLANS);
        return new Map([...waiting, ...kept]);
      },
    },

    calls: {
      set: (connection, experiment, call) =>
        line.write(
          (store) => store.calls.set(connection, experiment, call),
          () => {
            const yields = line.isBlind();
            calls.put(keyOf(connection, experiment), { connection, experiment, call, yields });
          },
        ),
      async read(connection) {
        const waiting = own(calls.values(), connection).map(
          ({ experiment, call }) => [experiment, call] as const,
        );
        const kept = await line.read((store) => store.calls.read(connection), NO_CALLS);
        return new Map([...kept, ...waiting]);
      },
    },
  };
}
