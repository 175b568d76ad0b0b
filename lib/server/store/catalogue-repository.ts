import 'server-only';
import type { ConnectionId } from '@/lib/core/experiment/ids';
import type { Catalogue } from '@/lib/server/kameleoon/client';
import type { StoreDatabase } from '@/lib/server/store/database';
import { parseExperiments } from '@/lib/server/store/parse-stored';

export interface CatalogueRepository {
  /** Replaces the last good catalogue. */
  set(connection: ConnectionId, catalogue: Catalogue): Promise<void>;
  /** The last good catalogue, undefined before the first. */
  find(connection: ConnectionId): Promise<Catalogue | undefined>;
}

export const createCatalogueRepository = (db: StoreDatabase): CatalogueRepository => ({
  async set(connection, catalogue) {
    const values = {
      as_of_ms: catalogue.asOfMs,
      quarantined: catalogue.quarantined,
      experiments: JSON.stringify(catalogue.experiments),
    };
    await db
      .insertInto('catalogues')
      .values({ connection_id: connection, ...values })
      .onConflict((conflict) => conflict.column('connection_id').doUpdateSet(values))
      .execute();
  },

  async find(connection) {
    const row = await db
      .selectFrom('catalogues')
      .selectAll()
      .where('connection_id', '=', connection)
      .executeTakeFirst();
    const experiments = row && parseExperiments(row.experiments);
    if (!row || !experiments) return undefined;
    return { experiments, asOfMs: row.as_of_ms, quarantined: row.quarantined };
  },
});
