import 'server-only';
import type { ConnectionId, ExperimentId } from '@/lib/core/experiment/ids';
import { variationId } from '@/lib/core/experiment/ids';
import type { DecisionRecord } from '@/lib/core/notes/note';
import { DECISIONS } from '@/lib/core/notes/note';
import type { StoreDatabase } from '@/lib/server/store/database';

/** What people decided on an experiment. What somebody removed is gone: nothing of it is kept. */
export interface DecisionRepository {
  /** Adds a record, or replaces the one of its id. */
  set(connection: ConnectionId, experiment: ExperimentId, decision: DecisionRecord): Promise<void>;
  remove(connection: ConnectionId, experiment: ExperimentId, id: string): Promise<void>;
  /** Oldest first. */
  read(connection: ConnectionId, experiment: ExperimentId): Promise<readonly DecisionRecord[]>;
}

export const createDecisionRepository = (db: StoreDatabase): DecisionRepository => ({
  async set(connection, experiment, decision) {
    const values = {
      who: decision.who,
      what: decision.what,
      variation_id: decision.variationId,
      why: decision.why,
      decided_at_ms: Math.round(decision.decidedAtMs),
      edited_at_ms: decision.editedAtMs === null ? null : Math.round(decision.editedAtMs),
    };
    await db
      .insertInto('decisions')
      .values({
        connection_id: connection,
        experiment_id: experiment,
        decision_id: decision.id,
        ...values,
      })
      .onConflict((conflict) =>
        conflict.columns(['connection_id', 'experiment_id', 'decision_id']).doUpdateSet(values),
      )
      .execute();
  },

  async remove(connection, experiment, id) {
    await db
      .deleteFrom('decisions')
      .where('connection_id', '=', connection)
      .where('experiment_id', '=', experiment)
      .where('decision_id', '=', id)
      .execute();
  },

  async read(connection, experiment) {
    const rows = await db
      .selectFrom('decisions')
      .selectAll()
      .where('connection_id', '=', connection)
      .where('experiment_id', '=', experiment)
      .orderBy('decided_at_ms')
      .execute();
    return rows.map((row) => ({
      id: row.decision_id,
      who: row.who,
      // A kind that a later version wrote is read as the one that says least.
      what: DECISIONS.find((kind) => kind === row.what) ?? 'other',
      variationId: row.variation_id === null ? null : variationId(row.variation_id),
      why: row.why,
      decidedAtMs: row.decided_at_ms,
      editedAtMs: row.edited_at_ms,
    }));
  },
});
