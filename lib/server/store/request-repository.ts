import 'server-only';
import type { ConnectionId } from '@/lib/core/experiment/ids';
import type { StoreDatabase } from '@/lib/server/store/database';

/** A request that went out, by the machine's wall clock. */
export interface KeptRequest {
  readonly atMs: number;
  readonly isBackground: boolean;
}

/** When requests went out upstream: the rate windows of the API outlive our process. */
export interface RequestRepository {
  add(connection: ConnectionId, requests: readonly KeptRequest[]): Promise<void>;
  /** Oldest first, later than `sinceMs`. */
  read(connection: ConnectionId, sinceMs: number): Promise<readonly KeptRequest[]>;
  /** The wall clock was set: all kept times move with it. */
  shift(connection: ConnectionId, byMs: number): Promise<void>;
  /** Drops what no window counts any more. */
  forget(connection: ConnectionId, untilMs: number): Promise<void>;
}

export const createRequestRepository = (db: StoreDatabase): RequestRepository => ({
  async add(connection, requests) {
    if (requests.length === 0) return;
    await db
      .insertInto('requests')
      .values(
        requests.map(({ atMs, isBackground }) => ({
          connection_id: connection,
          at_ms: Math.round(atMs),
          is_background: isBackground ? 1 : 0,
        })),
      )
      .execute();
  },

  async read(connection, sinceMs) {
    const rows = await db
      .selectFrom('requests')
      .select(['at_ms', 'is_background'])
      .where('connection_id', '=', connection)
      .where('at_ms', '>', Math.round(sinceMs))
      .orderBy('at_ms')
      .execute();
    return rows.map((row) => ({ atMs: row.at_ms, isBackground: row.is_background === 1 }));
  },

  async shift(connection, byMs) {
    await db
      .updateTable('requests')
      .set((row) => ({ at_ms: row('at_ms', '+', Math.round(byMs)) }))
      .where('connection_id', '=', connection)
      .execute();
  },

  async forget(connection, untilMs) {
    await db
      .deleteFrom('requests')
      .where('connection_id', '=', connection)
      .where('at_ms', '<=', Math.round(untilMs))
      .execute();
  },
});
