import 'server-only';
import type { ConnectionId, VariationId } from '@/lib/core/experiment/ids';
import { variationId } from '@/lib/core/experiment/ids';
import type { StoreDatabase } from '@/lib/server/store/database';

export interface ReadName {
  readonly variationId: VariationId;
  readonly name: string;
  /** Upstream time at which the name was last read. */
  readonly readAtMs: number;
}

export interface VariationNameRepository {
  /** Adds names, or replaces those known. */
  set(connection: ConnectionId, names: readonly ReadName[]): Promise<void>;
  read(connection: ConnectionId): Promise<readonly ReadName[]>;
}

/** SQLite allows 32,766 bound values in one statement; a row has four. */
const ROWS_PER_STATEMENT = 1000;

export const createVariationNameRepository = (db: StoreDatabase): VariationNameRepository => ({
  async set(connection, names) {
    for (let at = 0; at < names.length; at += ROWS_PER_STATEMENT)
      await db
        .insertInto('variation_names')
        .values(
          names.slice(at, at + ROWS_PER_STATEMENT).map((entry) => ({
            connection_id: connection,
            variation_id: entry.variationId,
            name: entry.name,
            read_at_ms: entry.readAtMs,
          })),
        )
        .onConflict((conflict) =>
          conflict.columns(['connection_id', 'variation_id']).doUpdateSet((set) => ({
            name: set.ref('excluded.name'),
            read_at_ms: set.ref('excluded.read_at_ms'),
          })),
        )
        .execute();
  },

  async read(connection) {
    const rows = await db
      .selectFrom('variation_names')
      .select(['variation_id', 'name', 'read_at_ms'])
      .where('connection_id', '=', connection)
      .execute();
    return rows.map((row) => ({
      variationId: variationId(row.variation_id),
      name: row.name,
      readAtMs: row.read_at_ms,
    }));
  },
});
