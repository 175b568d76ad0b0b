import 'server-only';
import Database from 'libsql';
import { Kysely, SqliteDialect } from 'kysely';

/** The tables as rows. Every row belongs to a connection; times are epoch milliseconds; JSON is text. */
export interface Tables {
  looks: {
    connection_id: string;
    experiment_id: string;
    as_of_ms: number;
    source: string;
    unit: string;
    snapshot: string;
  };
  /** The newest snapshot of each experiment, overwritten at every reading (looks are kept more sparsely). */
  latest_snapshots: {
    connection_id: string;
    experiment_id: string;
    as_of_ms: number;
    snapshot: string;
  };
  catalogues: { connection_id: string; as_of_ms: number; quarantined: number; experiments: string };
  variation_names: {
    connection_id: string;
    variation_id: string;
    name: string;
    read_at_ms: number;
  };
  facts: { connection_id: string; name: string; value: string; known_at_ms: number };
  calls: { connection_id: string; experiment_id: string; called_at_ms: number; call: string };
  /** When requests went out upstream, by the wall clock; kept for an hour. */
  requests: { connection_id: string; at_ms: number; is_background: number };
  plans: {
    connection_id: string;
    experiment_id: string;
    planned_visitors: number;
    frozen_at_ms: number;
  };
}

export type StoreDatabase = Kysely<Tables>;

/** `path` is a file or `:memory:`. Throws the driver's own error when the file cannot be opened. */
export function openDatabase(path: string): StoreDatabase {
  const database = new Database(path);
  // The driver's default is not to wait for another process's write at all, which loses writes.
  database.pragma('busy_timeout = 5000');
  database.pragma('journal_mode = WAL');
  // In WAL mode this can lose the last moments in a power cut but never corrupts; every row can be read again upstream.
  database.pragma('synchronous = NORMAL');
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
}
