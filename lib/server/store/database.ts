import 'server-only';
import Database from 'libsql';
import { Kysely } from 'kysely';
import { AtomicDialect, writeAtomically } from '@/lib/server/store/atomic-dialect';

/** The tables as rows. Every row belongs to a connection; times are epoch milliseconds; JSON is text. */
export interface Tables {
  looks: {
    connection_id: string;
    experiment_id: string;
    as_of_ms: number;
    source: string;
    /** What is counted, and since when if that is not the launch. */
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
  /** One row a call, never deleted; `family` is what was counted and since when (`toFamilyName`). */
  call_log: {
    connection_id: string;
    experiment_id: string;
    goal_id: string;
    variation_id: string;
    family: string;
    called_at_ms: number;
    call: string;
  };
  /** What earlier looks leave behind for the next one, by the main method. */
  histories: {
    connection_id: string;
    experiment_id: string;
    version: number;
    basis: string;
    history: string;
  };
  /** Looks that something points at: they are never thinned. */
  citations: {
    connection_id: string;
    experiment_id: string;
    as_of_ms: number;
    cited_by: string;
  };
  /** When requests went out upstream, by the wall clock; kept for an hour. */
  requests: { connection_id: string; at_ms: number; is_background: number };
  frozen_plans: {
    connection_id: string;
    experiment_id: string;
    settings: string;
    set_by: string;
    frozen_at_ms: number;
  };
  notes: {
    connection_id: string;
    experiment_id: string;
    note_id: string;
    at_ms: number;
    text: string;
    author: string;
    created_at_ms: number;
    edited_at_ms: number | null;
  };
  decisions: {
    connection_id: string;
    experiment_id: string;
    decision_id: string;
    who: string;
    what: string;
    variation_id: string | null;
    why: string;
    decided_at_ms: number;
    edited_at_ms: number | null;
  };
}

export type StoreDatabase = Kysely<Tables>;

export interface OpenedDatabase {
  readonly db: StoreDatabase;
  /** Runs a pragma and gives its rows. Throws the driver's error. */
  pragma(source: string): unknown;
  /** Writes what is there already. Throws the driver's error while nothing can be written. */
  proveWritable(): void;
  close(): Promise<void>;
}

/** While a store is opened, its last holder may still be leaving. */
const OPENING_PATIENCE_MS = 5_000;
/** Four times what is written between two checkpoints. */
const LOG_LIMIT_BYTES = 16 * 1024 * 1024;

/** `path` is a file or `:memory:`. Throws the driver's own error when the file cannot be opened. */
export function openDatabase(path: string): OpenedDatabase {
  const database = new Database(path);
  const pragma = (source: string): unknown => database.pragma(source);
  try {
    // The driver's default is not to wait for another process's write at all, which loses writes.
    pragma(`busy_timeout = ${OPENING_PATIENCE_MS}`);
    pragma('journal_mode = WAL');
    // In WAL mode this can lose the last moments in a power cut but never corrupts; every row can be read again upstream.
    pragma('synchronous = NORMAL');
    // A log that somebody's long reading let grow is cut back at the next checkpoint.
    pragma(`journal_size_limit = ${LOG_LIMIT_BYTES}`);
  } catch (error) {
    database.close();
    throw error;
  }
  const db = new Kysely<Tables>({ dialect: new AtomicDialect(database) });
  const touch = (): void => void database.exec('PRAGMA user_version = 0');
  const proveWritable = (): void => writeAtomically(database, touch);
  return { db, pragma, proveWritable, close: () => db.destroy() };
}
