import 'server-only';
import type { Look } from '@/lib/core/experiment/snapshot';
import type { Backlog } from '@/lib/server/store/backlog';
import type { DiskLine } from '@/lib/server/store/disk-line';
import type { LookRepository } from '@/lib/server/store/look-repository';

const keyOf = ({ snapshot, source }: Look): string =>
  [snapshot.experimentId, snapshot.asOfMs, source, snapshot.unit, snapshot.sinceMs].join('\n');

/** Looks over a disk that may fail: those that wait for it are read as if they were there. */
export function createKeptLooks(
  line: DiskLine,
  { looks, latest }: Pick<Backlog, 'looks' | 'latest'>,
): LookRepository {
  return {
    add(connection, look) {
      const key = `${connection}\n${keyOf(look)}`;
      return line.write(
        (store) => store.looks.add(connection, look),
        () => {
          if (!looks.get(key)) looks.put(key, { connection, look });
        },
      );
    },

    async read(connection, experiment) {
      const waiting = looks
        .values()
        .filter((item) => item.connection === connection)
        .map(({ look }) => look)
        .filter(({ snapshot }) => snapshot.experimentId === experiment);
      const kept = await line.read((store) => store.looks.read(connection, experiment), []);
      if (waiting.length === 0) return kept;
      const all = new Map([...waiting, ...kept].map((look) => [keyOf(look), look]));
      return [...all.values()].sort((a, b) => a.snapshot.asOfMs - b.snapshot.asOfMs);
    },

    async drop(connection, experiment, asOfMs) {
      // What the disk refuses now is not worth remembering: whoever thins comes again.
      const drop = (store: Pick<LookRepository, 'drop'>) =>
        store.drop(connection, experiment, asOfMs);
      return (
        (await line.write(
          ({ looks: stored }) => drop(stored),
          () => undefined,
        )) ?? false
      );
    },

    setLatest(connection, snapshot) {
      const key = `${connection}\n${snapshot.experimentId}`;
      return line.write(
        (store) => store.looks.setLatest(connection, snapshot),
        () => {
          const waits = latest.get(key)?.snapshot;
          if (!waits || waits.asOfMs <= snapshot.asOfMs) latest.put(key, { connection, snapshot });
        },
      );
    },

    async readLatest(connection) {
      const waiting = latest
        .values()
        .filter((item) => item.connection === connection)
        .map(({ snapshot }) => snapshot);
      const kept = await line.read((store) => store.looks.readLatest(connection), []);
      const newest = new Map(kept.map((snapshot) => [snapshot.experimentId, snapshot]));
      for (const snapshot of waiting) {
        const known = newest.get(snapshot.experimentId);
        if (!known || known.asOfMs <= snapshot.asOfMs) newest.set(snapshot.experimentId, snapshot);
      }
      return [...newest.values()];
    },
  };
}
