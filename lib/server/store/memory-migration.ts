import 'server-only';
import type { Kysely, Migration } from 'kysely';
import { sql } from 'kysely';

type AnyDatabase = Kysely<unknown>;

/**
 * Frozen settings instead of one planned number, a log of calls instead of the last one, what earlier looks leave
 * behind, and citations. Names and defaults are those of the day it was written, whatever becomes of them in the code.
 */
export const memory: Migration = {
  async up(db: AnyDatabase) {
    const ofExperiment = (table: string) =>
      db.schema
        .createTable(table)
        .addColumn('connection_id', 'text', (column) => column.notNull())
        .addColumn('experiment_id', 'text', (column) => column.notNull());
    await ofExperiment('frozen_plans')
      .addColumn('settings', 'text', (column) => column.notNull())
      .addColumn('set_by', 'text', (column) => column.notNull())
      .addColumn('frozen_at_ms', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('frozen_plans_key', ['connection_id', 'experiment_id'])
      .execute();
    await ofExperiment('call_log')
      .addColumn('goal_id', 'text', (column) => column.notNull())
      .addColumn('variation_id', 'text', (column) => column.notNull())
      .addColumn('family', 'text', (column) => column.notNull())
      .addColumn('called_at_ms', 'integer', (column) => column.notNull())
      .addColumn('call', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('call_log_key', [
        'connection_id',
        'experiment_id',
        'goal_id',
        'variation_id',
        'family',
        'called_at_ms',
      ])
      .execute();
    await ofExperiment('histories')
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('basis', 'text', (column) => column.notNull())
      .addColumn('history', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('histories_key', ['connection_id', 'experiment_id'])
      .execute();
    await ofExperiment('citations')
      .addColumn('as_of_ms', 'integer', (column) => column.notNull())
      .addColumn('cited_by', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('citations_key', [
        'connection_id',
        'experiment_id',
        'as_of_ms',
        'cited_by',
      ])
      .execute();
    await carryPlans(db);
    await carryCalls(db);
    await db.schema.dropTable('plans').execute();
    await db.schema.dropTable('calls').execute();
  },
};

const carryPlans = (db: AnyDatabase) =>
  sql`
    INSERT INTO frozen_plans (connection_id, experiment_id, settings, set_by, frozen_at_ms)
    SELECT connection_id, experiment_id,
      json_object('plannedVisitors', planned_visitors, 'plannedEnd', NULL, 'plannedEffect', NULL,
        'smallestEffect', 0.01, 'neededCounts', 25, 'neededDays', 7, 'splitThreshold', 0.01,
        'goals', json('{}'), 'maxOrderValue', NULL),
      'default', frozen_at_ms
    FROM plans`.execute(db);

/**
 * A call of old was the whole experiment's, and its goal was not written down ('': the main one of its day). What named
 * one variation is carried over, without the figures it was made on; what named none says nothing of any variation.
 */
const carryCalls = (db: AnyDatabase) =>
  sql`
    INSERT INTO call_log
      (connection_id, experiment_id, goal_id, variation_id, family, called_at_ms, call)
    SELECT connection_id, experiment_id, '', good ->> 'variationId', 'visitors|', called_at_ms,
      json_object('variationId', good ->> 'variationId', 'state', good ->> 'state',
        'calledAtMs', called_at_ms, 'day', good ->> 'day', 'unit', 'visitors', 'sinceMs', NULL,
        'isFinal', json('false'), 'heldSinceMs', called_at_ms,
        'confirmedAtMs', good ->> 'confirmedAtMs', 'shakenAtMs', NULL, 'lowSinceMs', NULL,
        'bestSinceMs', CASE good ->> 'state' WHEN 'winner' THEN called_at_ms END,
        'withdrawn', NULL, 'events', json('[]'))
    FROM (SELECT *, CASE WHEN json_valid(call) THEN call ELSE '{}' END AS good FROM calls)
    WHERE good ->> 'state' IN ('winner', 'loser') AND good ->> 'variationId' IS NOT NULL`.execute(
    db,
  );
