import 'server-only';
import type { Call } from '@/lib/core/analysis/call';
import type { ConnectionId, ExperimentId, GoalId } from '@/lib/core/experiment/ids';
import type { StoreDatabase } from '@/lib/server/store/database';
import { parseCall } from '@/lib/server/store/parse-stored';

/** Whose calls: those of one experiment on the goal that was its main one when they were made. */
export interface CallLogOf {
  readonly experiment: ExperimentId;
  readonly goal: GoalId | null;
}

/** The log of calls, by the main method: what was told is never erased (statistics A12.8). */
export interface CallRepository {
  /**
   * Takes the calls as they are now: each is one row, which lives on with it. A call that turned out to have begun
   * earlier (the past was bought) keeps its row, under the earlier moment. Rows of calls not given stay.
   */
  set(connection: ConnectionId, of: CallLogOf, calls: readonly Call[]): Promise<void>;
  /** Oldest first; those of an older version, whose goal nobody wrote down, count as of any. */
  read(connection: ConnectionId, of: CallLogOf): Promise<readonly Call[]>;
}

export const createCallRepository = (db: StoreDatabase): CallRepository => {
  const read = async (
    on: StoreDatabase,
    connection: ConnectionId,
    { experiment, goal }: CallLogOf,
  ) => {
    const rows = await on
      .selectFrom('call_log')
      .select(['goal_id', 'call'])
      .where('connection_id', '=', connection)
      .where('experiment_id', '=', experiment)
      .where('goal_id', 'in', [goal ?? NO_GOAL, NO_GOAL])
      .orderBy('called_at_ms')
      .execute();
    return rows.flatMap(({ goal_id: goalId, call: text }) => {
      const call = parseCall(text);
      return call ? [{ goalId, call }] : [];
    });
  };

  return {
    async set(connection, of, calls) {
      if (calls.length === 0) return;
      await db.transaction().execute(async (on) => {
        for (const { goalId, call } of await read(on, connection, of)) {
          if (!calls.some((now) => isSameCall(call, now))) continue;
          await on
            .deleteFrom('call_log')
            .where('connection_id', '=', connection)
            .where('experiment_id', '=', of.experiment)
            .where('goal_id', '=', goalId)
            .where('variation_id', '=', call.variationId)
            .where('family', '=', toFamilyName(call))
            .where('called_at_ms', '=', call.calledAtMs)
            .execute();
        }
        await on
          .insertInto('call_log')
          .values(calls.map((call) => toRow(connection, of, call)))
          .onConflict((conflict) =>
            conflict
              .columns([
                'connection_id',
                'experiment_id',
                'goal_id',
                'variation_id',
                'family',
                'called_at_ms',
              ])
              .doUpdateSet((row) => ({ call: row.ref('excluded.call') })),
          )
          .execute();
      });
    },

    read: async (connection, of) => (await read(db, connection, of)).map(({ call }) => call),
  };
};

/** Ids are never empty. */
const NO_GOAL = '';

const toFamilyName = ({ unit, sinceMs }: Call): string => `${unit}|${sinceMs ?? ''}`;

const toRow = (connection: ConnectionId, { experiment, goal }: CallLogOf, call: Call) => ({
  connection_id: connection,
  experiment_id: experiment,
  goal_id: goal ?? NO_GOAL,
  variation_id: call.variationId,
  family: toFamilyName(call),
  called_at_ms: call.calledAtMs,
  call: JSON.stringify(call),
});

/** Whether a call as it is now is the one that was kept: it may have begun earlier than was known. */
export const isSameCall = (kept: Call, now: Call): boolean =>
  kept.variationId === now.variationId &&
  kept.state === now.state &&
  toFamilyName(kept) === toFamilyName(now) &&
  now.calledAtMs <= kept.calledAtMs &&
  kept.calledAtMs <= (now.withdrawn?.atMs ?? Number.POSITIVE_INFINITY);

/** The log as it reads when these calls have been taken, oldest first. */
export const withCalls = (kept: readonly Call[], now: readonly Call[]): readonly Call[] =>
  [...kept.filter((call) => !now.some((one) => isSameCall(call, one))), ...now].sort(
    (a, b) => a.calledAtMs - b.calledAtMs,
  );
