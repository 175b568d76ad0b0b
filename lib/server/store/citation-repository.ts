import 'server-only';
import type { ConnectionId, ExperimentId } from '@/lib/core/experiment/ids';
import type { StoreDatabase } from '@/lib/server/store/database';

/** Who points at a look. */
export type CitedBy = 'call' | 'note' | 'link';

export interface Citation {
  /** Moment of the look's data. */
  readonly asOfMs: number;
  readonly by: CitedBy;
}

/** Looks that something points at: they stay when others are thinned with age. */
export interface CitationRepository {
  /** One that is known already changes nothing. */
  add(
    connection: ConnectionId,
    experiment: ExperimentId,
    citations: readonly Citation[],
  ): Promise<void>;
  /** The moments cited by anybody, in order. */
  read(connection: ConnectionId, experiment: ExperimentId): Promise<readonly number[]>;
}

export const createCitationRepository = (db: StoreDatabase): CitationRepository => ({
  async add(connection, experiment, citations) {
    if (citations.length === 0) return;
    await db
      .insertInto('citations')
      .values(
        citations.map(({ asOfMs, by }) => ({
          connection_id: connection,
          experiment_id: experiment,
          as_of_ms: asOfMs,
          cited_by: by,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  },

  async read(connection, experiment) {
    const rows = await db
      .selectFrom('citations')
      .select('as_of_ms')
      .distinct()
      .where('connection_id', '=', connection)
      .where('experiment_id', '=', experiment)
      .orderBy('as_of_ms')
      .execute();
    return rows.map((row) => row.as_of_ms);
  },
});
