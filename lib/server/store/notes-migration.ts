import 'server-only';
import type { Kysely, Migration } from 'kysely';

/** What people write: notes at a moment of the run, and what they decided. Times are upstream time. */
export const notes: Migration = {
  async up(db: Kysely<unknown>) {
    const ofExperiment = (table: string, id: string) =>
      db.schema
        .createTable(table)
        .addColumn('connection_id', 'text', (column) => column.notNull())
        .addColumn('experiment_id', 'text', (column) => column.notNull())
        .addColumn(id, 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint(`${table}_key`, ['connection_id', 'experiment_id', id]);
    await ofExperiment('notes', 'note_id')
      .addColumn('at_ms', 'integer', (column) => column.notNull())
      .addColumn('text', 'text', (column) => column.notNull())
      .addColumn('author', 'text', (column) => column.notNull())
      .addColumn('created_at_ms', 'integer', (column) => column.notNull())
      .addColumn('edited_at_ms', 'integer')
      .execute();
    await ofExperiment('decisions', 'decision_id')
      .addColumn('who', 'text', (column) => column.notNull())
      .addColumn('what', 'text', (column) => column.notNull())
      .addColumn('variation_id', 'text')
      .addColumn('why', 'text', (column) => column.notNull())
      .addColumn('decided_at_ms', 'integer', (column) => column.notNull())
      .addColumn('edited_at_ms', 'integer')
      .execute();
  },
};
