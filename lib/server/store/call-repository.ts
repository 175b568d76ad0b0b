import 'server-only';
import type { Call } from '@/lib/core/analysis/call';
import type { ConnectionId, ExperimentId } from '@/lib/core/experiment/ids';
import { experimentId } from '@/lib/core/experiment/ids';
import type { StoreDatabase } from '@/lib/server/store/database';
import { parseCall } from '@/lib/server/store/parse-stored';

export interface CallRepository {
  /** Keeps the present call of an experiment, by its main method; it is shown for ever (statistics A12.8). */
  set(connection: ConnectionId, experiment: ExperimentId, call: Call): Promise<void>;
  read(connection: ConnectionId): Promise<ReadonlyMap<ExperimentId, Call>>;
}

export const createCallRepository = (db: StoreDatabase): CallRepository => ({
  async set(connection, experiment, call) {
    const values = { called_at_ms: call.calledAtMs, call: JSON.stringify(call) };
    await db
      .insertInto('calls')
      .values({ connection_id: connection, experiment_id: experiment, ...values })
      .onConflict((conflict) =>
        conflict.columns(['connection_id', 'experiment_id']).doUpdateSet(values),
      )
      .execute();
  },

  async read(connection) {
    const rows = await db
      .selectFrom('calls')
      .select(['experiment_id', 'call'])
      .where('connection_id', '=', connection)
      .execute();
    return new Map(
      rows.flatMap((row): [ExperimentId, Call][] => {
        const call = parseCall(row.call);
        return call ? [[experimentId(row.experiment_id), call]] : [];
      }),
    );
  },
});
