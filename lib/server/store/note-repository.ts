import 'server-only';
import type { ConnectionId, ExperimentId } from '@/lib/core/experiment/ids';
import type { Note } from '@/lib/core/notes/note';
import type { StoreDatabase } from '@/lib/server/store/database';

/** Notes of people on an experiment. What somebody removed is gone: nothing of it is kept. */
export interface NoteRepository {
  /** Adds a note, or replaces the one of its id. */
  set(connection: ConnectionId, experiment: ExperimentId, note: Note): Promise<void>;
  remove(connection: ConnectionId, experiment: ExperimentId, id: string): Promise<void>;
  /** In the order of the moments they are about. */
  read(connection: ConnectionId, experiment: ExperimentId): Promise<readonly Note[]>;
}

export const createNoteRepository = (db: StoreDatabase): NoteRepository => ({
  async set(connection, experiment, note) {
    const values = {
      at_ms: Math.round(note.atMs),
      text: note.text,
      author: note.author,
      created_at_ms: Math.round(note.createdAtMs),
      edited_at_ms: note.editedAtMs === null ? null : Math.round(note.editedAtMs),
    };
    await db
      .insertInto('notes')
      .values({
        connection_id: connection,
        experiment_id: experiment,
        note_id: note.id,
        ...values,
      })
      .onConflict((conflict) =>
        conflict.columns(['connection_id', 'experiment_id', 'note_id']).doUpdateSet(values),
      )
      .execute();
  },

  async remove(connection, experiment, id) {
    await db
      .deleteFrom('notes')
      .where('connection_id', '=', connection)
      .where('experiment_id', '=', experiment)
      .where('note_id', '=', id)
      .execute();
  },

  async read(connection, experiment) {
    const rows = await db
      .selectFrom('notes')
      .selectAll()
      .where('connection_id', '=', connection)
      .where('experiment_id', '=', experiment)
      .orderBy('at_ms')
      .orderBy('created_at_ms')
      .execute();
    return rows.map((row) => ({
      id: row.note_id,
      atMs: row.at_ms,
      text: row.text,
      author: row.author,
      createdAtMs: row.created_at_ms,
      editedAtMs: row.edited_at_ms,
    }));
  },
});
