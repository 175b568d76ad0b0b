import 'server-only';
import type { ConnectionId, ExperimentId } from '@/lib/core/experiment/ids';
import { experimentId } from '@/lib/core/experiment/ids';
import type { StoreDatabase } from '@/lib/server/store/database';

/** statistics A12.2: what a comparison is tuned to when nobody planned a size before the first look. */
export const DEFAULT_PLANNED_VISITORS = 10_000;

export interface PlanRepository {
  /**
   * Freezes the plan of an experiment at its first look and gives what is frozen: a second call, with whatever
   * number, changes nothing, because a plan that follows the results would void the promise of the intervals.
   */
  freeze(
    connection: ConnectionId,
    experiment: ExperimentId,
    plan?: { readonly plannedVisitors: number },
  ): Promise<number>;
  read(connection: ConnectionId): Promise<ReadonlyMap<ExperimentId, number>>;
}

export const createPlanRepository = (db: StoreDatabase, nowMs: () => number): PlanRepository => ({
  async freeze(connection, experiment, plan = { plannedVisitors: DEFAULT_PLANNED_VISITORS }) {
    await db
      .insertInto('plans')
      .values({
        connection_id: connection,
        experiment_id: experiment,
        planned_visitors: plan.plannedVisitors,
        frozen_at_ms: nowMs(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const row = await db
      .selectFrom('plans')
      .select('planned_visitors')
      .where('connection_id', '=', connection)
      .where('experiment_id', '=', experiment)
      .executeTakeFirstOrThrow();
    return row.planned_visitors;
  },

  async read(connection) {
    const rows = await db
      .selectFrom('plans')
      .select(['experiment_id', 'planned_visitors'])
      .where('connection_id', '=', connection)
      .execute();
    return new Map(rows.map((row) => [experimentId(row.experiment_id), row.planned_visitors]));
  },
});
