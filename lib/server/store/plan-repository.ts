import 'server-only';
import type { Settings } from '@/lib/core/analysis/settings';
import { DEFAULT_SETTINGS } from '@/lib/core/analysis/settings';
import type { ConnectionId, ExperimentId } from '@/lib/core/experiment/ids';
import { experimentId } from '@/lib/core/experiment/ids';
import type { StoreDatabase } from '@/lib/server/store/database';
import { parseSettings } from '@/lib/server/store/parse-stored';

/** `default`: nobody planned anything; `file`: PLANS_FILE did. */
export type PlanSetter = 'default' | 'file';

/** What an experiment is to be judged by. */
export interface Plan {
  readonly settings: Settings;
  readonly setBy: PlanSetter;
}

export interface FrozenPlan extends Plan {
  /** Moment of the first look's data. */
  readonly frozenAtMs: number;
}

export const DEFAULT_PLAN: Plan = { settings: DEFAULT_SETTINGS, setBy: 'default' };

export interface PlanRepository {
  /**
   * Freezes the plan of an experiment at its first look and gives what is frozen: a second call, with whatever plan,
   * changes nothing, because a plan that follows the results would void the promise of the intervals.
   */
  freeze(connection: ConnectionId, experiment: ExperimentId, plan: FrozenPlan): Promise<FrozenPlan>;
  read(connection: ConnectionId): Promise<ReadonlyMap<ExperimentId, FrozenPlan>>;
}

export const createPlanRepository = (db: StoreDatabase): PlanRepository => {
  const read = async (connection: ConnectionId, experiment: ExperimentId | null) => {
    const all = db.selectFrom('frozen_plans').selectAll().where('connection_id', '=', connection);
    const rows = await (
      experiment === null ? all : all.where('experiment_id', '=', experiment)
    ).execute();
    return rows.flatMap((row): [ExperimentId, FrozenPlan][] => {
      const settings = parseSettings(row.settings);
      const setBy = row.set_by === 'file' ? 'file' : 'default';
      const frozen = settings && ({ settings, setBy, frozenAtMs: row.frozen_at_ms } as const);
      return frozen ? [[experimentId(row.experiment_id), frozen]] : [];
    });
  };

  return {
    async freeze(connection, experiment, plan) {
      const values = {
        settings: JSON.stringify(plan.settings),
        set_by: plan.setBy,
        frozen_at_ms: Math.round(plan.frozenAtMs),
      };
      const insert = db
        .insertInto('frozen_plans')
        .values({ connection_id: connection, experiment_id: experiment, ...values });
      await insert.onConflict((conflict) => conflict.doNothing()).execute();
      const [known] = await read(connection, experiment);
      if (known) return known[1];
      // The row is damaged: what it held is lost, and what holds from now on must be written somewhere.
      await insert
        .onConflict((conflict) =>
          conflict.columns(['connection_id', 'experiment_id']).doUpdateSet(values),
        )
        .execute();
      return plan;
    },

    read: async (connection) => new Map(await read(connection, null)),
  };
};
