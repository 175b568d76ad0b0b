import 'server-only';
import type { History } from '@/lib/core/analysis/history';
import type { ConnectionId, ExperimentId } from '@/lib/core/experiment/ids';
import type { StoreDatabase } from '@/lib/server/store/database';
import { parseHistory } from '@/lib/server/store/parse-stored';

/** Raised whenever `History` changes its meaning: what an older program folded is then folded anew from the looks. */
export const HISTORY_VERSION = 1;

/** What the looks up to `history.lastAtMs` left behind, by the main method. */
export interface KeptHistory {
  readonly history: History;
  /** What it was folded by besides the looks; only under the same may it be gone on with. */
  readonly basis: string;
}

export interface HistoryRepository {
  set(connection: ConnectionId, experiment: ExperimentId, kept: KeptHistory): Promise<void>;
  /** Undefined before the first, and for a damaged one or one of another version: the looks tell it again. */
  find(connection: ConnectionId, experiment: ExperimentId): Promise<KeptHistory | undefined>;
}

export const createHistoryRepository = (db: StoreDatabase): HistoryRepository => ({
  async set(connection, experiment, { history, basis }) {
    const values = { version: HISTORY_VERSION, basis, history: JSON.stringify(history) };
    await db
      .insertInto('histories')
      .values({ connection_id: connection, experiment_id: experiment, ...values })
      .onConflict((conflict) =>
        conflict.columns(['connection_id', 'experiment_id']).doUpdateSet(values),
      )
      .execute();
  },

  async find(connection, experiment) {
    const row = await db
      .selectFrom('histories')
      .select(['version', 'basis', 'history'])
      .where('connection_id', '=', connection)
      .where('experiment_id', '=', experiment)
      .executeTakeFirst();
    const history = row?.version === HISTORY_VERSION ? parseHistory(row.history) : undefined;
    return row && history ? { history, basis: row.basis } : undefined;
  },
});
