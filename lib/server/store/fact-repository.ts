import 'server-only';
import type { ConnectionId } from '@/lib/core/experiment/ids';
import type { UnitProof } from '@/lib/core/experiment/snapshot';
import type { StoreDatabase } from '@/lib/server/store/database';
import { parseStored } from '@/lib/server/store/parse-stored';

/** What was learnt about a connection and is dear to learn again. */
export interface Facts {
  /** What `converted` of a visitors report counts, shown by a second report (statistics A12.1). */
  'unit-proof': UnitProof;
  /** Whether the API tells first visits, which need no such proof (A12.1). */
  'first-visits': 'told' | 'not-told';
  /** Since when results are read without that proof, upstream time. */
  'unproven-since-ms': number;
  /** Upper estimate of the time from asking for a report to its being ready, milliseconds. */
  'expected-job-ms': number;
  /** Until when the API asked us to be silent, by the wall clock. */
  'held-until-ms': number;
  /** How far the API's clock is ahead of the wall clock, the most it can be. */
  'upstream-ahead-ms': number;
}

export interface Fact<Name extends keyof Facts> {
  readonly value: Facts[Name];
  /** Upstream time at which it was last confirmed. */
  readonly knownAtMs: number;
}

export interface FactRepository {
  set<Name extends keyof Facts>(
    connection: ConnectionId,
    name: Name,
    fact: Fact<Name>,
  ): Promise<void>;
  find<Name extends keyof Facts>(
    connection: ConnectionId,
    name: Name,
  ): Promise<Fact<Name> | undefined>;
}

const isFiniteNumber = (value: unknown): boolean => Number.isFinite(value);

const FITS: Readonly<Record<keyof Facts, (value: unknown) => boolean>> = {
  'unit-proof': (value) => ['visitors', 'visits', 'unproven'].includes(String(value)),
  'first-visits': (value) => value === 'told' || value === 'not-told',
  'unproven-since-ms': isFiniteNumber,
  'expected-job-ms': isFiniteNumber,
  'held-until-ms': isFiniteNumber,
  'upstream-ahead-ms': isFiniteNumber,
};

export const createFactRepository = (db: StoreDatabase): FactRepository => ({
  async set(connection, name, fact) {
    const values = { value: JSON.stringify(fact.value), known_at_ms: fact.knownAtMs };
    await db
      .insertInto('facts')
      .values({ connection_id: connection, name, ...values })
      .onConflict((conflict) => conflict.columns(['connection_id', 'name']).doUpdateSet(values))
      .execute();
  },

  async find<Name extends keyof Facts>(connection: ConnectionId, name: Name) {
    const row = await db
      .selectFrom('facts')
      .select(['value', 'known_at_ms'])
      .where('connection_id', '=', connection)
      .where('name', '=', name)
      .executeTakeFirst();
    const value = row && parseStored<Facts[Name]>(row.value, FITS[name]);
    return row && value !== undefined ? { value, knownAtMs: row.known_at_ms } : undefined;
  },
});
