import 'server-only';
import type { ConnectionId } from '@/lib/core/experiment/ids';
import type { Backlog } from '@/lib/server/store/backlog';
import type { DiskLine } from '@/lib/server/store/disk-line';
import type { Fact, Facts } from '@/lib/server/store/fact-repository';
import { createKeptMemory } from '@/lib/server/store/kept-memory';
import type { Repositories } from '@/lib/server/store/store';

const keyOf = (...parts: readonly (string | number)[]): string => parts.join('\n');

/** The small tables over a disk that may fail: what waits for it is read as if it were there. */
export function createKeptRepositories(
  line: DiskLine,
  backlog: Backlog,
): Omit<Repositories, 'looks' | 'requests' | 'notes' | 'decisions'> {
  const { facts, names, catalogues } = backlog;
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

    ...createKeptMemory(line, backlog),
  };
}
