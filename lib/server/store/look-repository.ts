import 'server-only';
import type { ConnectionId, ExperimentId } from '@/lib/core/experiment/ids';
import type { Look, LookSource, Snapshot } from '@/lib/core/experiment/snapshot';
import type { StoreDatabase } from '@/lib/server/store/database';
import { parseSnapshot } from '@/lib/server/store/parse-stored';

export interface LookRepository {
  /** Keeps a look. One that is kept already (same moment, source, unit and beginning) stays as it is. */
  add(connection: ConnectionId, look: Look): Promise<void>;
  /** All kept looks of an experiment, oldest first. */
  read(connection: ConnectionId, experiment: ExperimentId): Promise<readonly Look[]>;
  /**
   * Lets go of a few live looks of an experiment, by the moments of their data; never of one that is cited or was
   * bought. Answers whether that was done: while the disk fails it is not, and waits for whoever asks next.
   */
  drop(
    connection: ConnectionId,
    experiment: ExperimentId,
    asOfMs: readonly number[],
  ): Promise<boolean>;
  /** Remembers the newest snapshot, so that a restart shows what was last known; an older one changes nothing. */
  setLatest(connection: ConnectionId, snapshot: Snapshot): Promise<void>;
  readLatest(connection: ConnectionId): Promise<readonly Snapshot[]>;
}

/** Counts of two beginnings are two looks. */
const toKind = ({ unit, sinceMs }: Snapshot): string =>
  sinceMs === undefined ? unit : `${unit}|${sinceMs}`;

export const createLookRepository = (db: StoreDatabase): LookRepository => ({
  async add(connection, { snapshot, source }) {
    await db
      .insertInto('looks')
      .values({
        connection_id: connection,
        experiment_id: snapshot.experimentId,
        as_of_ms: snapshot.asOfMs,
        source,
        unit: toKind(snapshot),
        snapshot: JSON.stringify(snapshot),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  },

  async read(connection, experiment) {
    const rows = await db
      .selectFrom('looks')
      .select(['source', 'snapshot'])
      .where('connection_id', '=', connection)
      .where('experiment_id', '=', experiment)
      .orderBy('as_of_ms')
      .execute();
    return rows.flatMap((row): Look[] => {
      const snapshot = parseSnapshot(row.snapshot);
      // The column only ever receives a `LookSource`.
      return snapshot ? [{ snapshot, source: row.source as LookSource }] : [];
    });
  },

  async drop(connection, experiment, asOfMs) {
    await db
      .deleteFrom('looks')
      .where('connection_id', '=', connection)
      .where('experiment_id', '=', experiment)
      .where('source', '=', 'live')
      .where('as_of_ms', 'in', asOfMs)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('citations')
              .select('citations.as_of_ms')
              .whereRef('citations.connection_id', '=', 'looks.connection_id')
              .whereRef('citations.experiment_id', '=', 'looks.experiment_id')
              .whereRef('citations.as_of_ms', '=', 'looks.as_of_ms'),
          ),
        ),
      )
      .execute();
    return true;
  },

  async setLatest(connection, snapshot) {
    await db
      .insertInto('latest_snapshots')
      .values({
        connection_id: connection,
        experiment_id: snapshot.experimentId,
        as_of_ms: snapshot.asOfMs,
        snapshot: JSON.stringify(snapshot),
      })
      .onConflict((conflict) =>
        conflict
          .columns(['connection_id', 'experiment_id'])
          .doUpdateSet((set) => ({
            as_of_ms: set.ref('excluded.as_of_ms'),
            snapshot: set.ref('excluded.snapshot'),
          }))
          .whereRef('latest_snapshots.as_of_ms', '<=', 'excluded.as_of_ms'),
      )
      .execute();
  },

  async readLatest(connection) {
    const rows = await db
      .selectFrom('latest_snapshots')
      .select('snapshot')
      .where('connection_id', '=', connection)
      .execute();
    return rows.flatMap((row) => parseSnapshot(row.snapshot) ?? []);
  },
});
