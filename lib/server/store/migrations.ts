import 'server-only';
import type { Kysely, Migration } from 'kysely';
import { Migrator } from 'kysely';
import type { StoreDatabase } from '@/lib/server/store/database';
import { memory } from '@/lib/server/store/memory-migration';
import { notes } from '@/lib/server/store/notes-migration';

/** Migrations must not lean on today's `Tables`: they are run against the tables of their own day. */
type AnyDatabase = Kysely<unknown>;

const first: Migration = {
  async up(db: AnyDatabase) {
    await db.schema
      .createTable('looks')
      .addColumn('connection_id', 'text', (column) => column.notNull())
      .addColumn('experiment_id', 'text', (column) => column.notNull())
      .addColumn('as_of_ms', 'integer', (column) => column.notNull())
      .addColumn('source', 'text', (column) => column.notNull())
      .addColumn('unit', 'text', (column) => column.notNull())
      .addColumn('snapshot', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('looks_key', [
        'connection_id',
        'experiment_id',
        'as_of_ms',
        'source',
        'unit',
      ])
      .execute();
    await db.schema
      .createTable('latest_snapshots')
      .addColumn('connection_id', 'text', (column) => column.notNull())
      .addColumn('experiment_id', 'text', (column) => column.notNull())
      .addColumn('as_of_ms', 'integer', (column) => column.notNull())
      .addColumn('snapshot', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('latest_snapshots_key', ['connection_id', 'experiment_id'])
      .execute();
    await db.schema
      .createTable('catalogues')
      .addColumn('connection_id', 'text', (column) => column.primaryKey())
      .addColumn('as_of_ms', 'integer', (column) => column.notNull())
      .addColumn('quarantined', 'integer', (column) => column.notNull())
      .addColumn('experiments', 'text', (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('variation_names')
      .addColumn('connection_id', 'text', (column) => column.notNull())
      .addColumn('variation_id', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('read_at_ms', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('variation_names_key', ['connection_id', 'variation_id'])
      .execute();
    await db.schema
      .createTable('facts')
      .addColumn('connection_id', 'text', (column) => column.notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('value', 'text', (column) => column.notNull())
      .addColumn('known_at_ms', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('facts_key', ['connection_id', 'name'])
      .execute();
    await db.schema
      .createTable('calls')
      .addColumn('connection_id', 'text', (column) => column.notNull())
      .addColumn('experiment_id', 'text', (column) => column.notNull())
      .addColumn('called_at_ms', 'integer', (column) => column.notNull())
      .addColumn('call', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('calls_key', ['connection_id', 'experiment_id'])
      .execute();
    await db.schema
      .createTable('plans')
      .addColumn('connection_id', 'text', (column) => column.notNull())
      .addColumn('experiment_id', 'text', (column) => column.notNull())
      .addColumn('planned_visitors', 'integer', (column) => column.notNull())
      .addColumn('frozen_at_ms', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('plans_key', ['connection_id', 'experiment_id'])
      .execute();
  },
};

/** No key: a 429 stands for many requests of one moment. */
const requests: Migration = {
  async up(db: AnyDatabase) {
    await db.schema
      .createTable('requests')
      .addColumn('connection_id', 'text', (column) => column.notNull())
      .addColumn('at_ms', 'integer', (column) => column.notNull())
      .addColumn('is_background', 'integer', (column) => column.notNull())
      .execute();
    await db.schema
      .createIndex('requests_by_time')
      .on('requests')
      .columns(['connection_id', 'at_ms'])
      .execute();
  },
};

/** Names sort in the order they run; a published one is never edited. */
const MIGRATIONS: Record<string, Migration> = {
  '001-first': first,
  '002-requests': requests,
  '003-memory': memory,
  '004-notes': notes,
};

/** Brings the tables up to date, by all pending migrations or none. Throws what the first failing one threw. */
export async function migrateToLatest(db: StoreDatabase): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(MIGRATIONS) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
