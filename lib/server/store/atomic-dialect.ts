import 'server-only';
import type Database from 'libsql';
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import { SqliteAdapter, SqliteDialect, SqliteDriver } from 'kysely';

/**
 * Kysely takes SQLite's tables to be made outside of transactions, so that a process killed within a migration would
 * leave half of it behind, which the next start refuses. SQLite can do better: all pending migrations or none.
 */
class AtomicAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/**
 * Writes within a transaction of its own, begun and ended by `exec`. A statement that meets another program's lock is
 * left half done by the driver until its garbage is collected, and whatever is written meanwhile over the same
 * connection is written only then: it would be lost with the process. `exec` leaves nothing behind.
 * Throws the driver's error; then nothing is written.
 */
export function writeAtomically<T>(database: Database.Database, write: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = write();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // A full disk ends a transaction by itself; rolling back once more would hide why.
    if (database.inTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

const READING = ['SelectQueryNode', 'RawNode'];

class AtomicConnection implements DatabaseConnection {
  constructor(
    private readonly database: Database.Database,
    readonly inner: DatabaseConnection,
  ) {}

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.database.inTransaction || READING.includes(query.query.kind))
      return this.inner.executeQuery<R>(query);
    // Kysely's connection has run the statement by the time it returns.
    return writeAtomically(this.database, () => this.inner.executeQuery<R>(query));
  }

  streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    return this.inner.streamQuery<R>(query, chunkSize);
  }
}

class AtomicDriver extends SqliteDriver {
  constructor(private readonly database: Database.Database) {
    super({ database });
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    return new AtomicConnection(this.database, await super.acquireConnection());
  }

  override async beginTransaction(): Promise<void> {
    this.database.exec('BEGIN IMMEDIATE');
  }

  override async commitTransaction(): Promise<void> {
    this.database.exec('COMMIT');
  }

  override async rollbackTransaction(): Promise<void> {
    if (this.database.inTransaction) this.database.exec('ROLLBACK');
  }
}

export class AtomicDialect extends SqliteDialect {
  constructor(private readonly database: Database.Database) {
    super({ database });
  }

  override createAdapter(): SqliteAdapter {
    return new AtomicAdapter();
  }

  override createDriver(): SqliteDriver {
    return new AtomicDriver(this.database);
  }
}
