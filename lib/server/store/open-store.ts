import 'server-only';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { Clock } from '@/lib/core/time/clock';
import type { CallRepository } from '@/lib/server/store/call-repository';
import { createCallRepository } from '@/lib/server/store/call-repository';
import type { CatalogueRepository } from '@/lib/server/store/catalogue-repository';
import { createCatalogueRepository } from '@/lib/server/store/catalogue-repository';
import type { StoreDatabase } from '@/lib/server/store/database';
import { openDatabase } from '@/lib/server/store/database';
import type { FactRepository } from '@/lib/server/store/fact-repository';
import { createFactRepository } from '@/lib/server/store/fact-repository';
import type { LookRepository } from '@/lib/server/store/look-repository';
import { createLookRepository } from '@/lib/server/store/look-repository';
import { migrateToLatest } from '@/lib/server/store/migrations';
import type { PlanRepository } from '@/lib/server/store/plan-repository';
import { createPlanRepository } from '@/lib/server/store/plan-repository';
import type { RequestRepository } from '@/lib/server/store/request-repository';
import { createRequestRepository } from '@/lib/server/store/request-repository';
import type { VariationNameRepository } from '@/lib/server/store/variation-name-repository';
import { createVariationNameRepository } from '@/lib/server/store/variation-name-repository';

/** What survives a restart. Repositories throw the driver's errors; `toStoreProblem` words them. */
export interface Store {
  readonly looks: LookRepository;
  readonly catalogues: CatalogueRepository;
  readonly names: VariationNameRepository;
  readonly facts: FactRepository;
  readonly plans: PlanRepository;
  readonly calls: CallRepository;
  readonly requests: RequestRepository;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** Directory of the database file, created when absent; `:memory:` keeps nothing. */
  readonly dir: string;
  readonly clock: Clock;
}

export const STORE_FILE = 'verdict.db';

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';

export const toStoreProblem = (doing: string, error: unknown) =>
  toProblem('store-failed', `${doing}: ${firstLine(error)}`);

/** Opens (and if need be creates and migrates) the store. Throws ProblemError `store-failed` in one line. */
export async function openStore({ dir, clock }: StoreOptions): Promise<Store> {
  const isInMemory = dir === ':memory:';
  const path = isInMemory ? dir : join(dir, STORE_FILE);
  let db: StoreDatabase | undefined;
  try {
    // Results are the owner's business: nobody else on the machine needs to read them.
    if (!isInMemory) mkdirSync(dir, { recursive: true, mode: 0o700 });
    db = openDatabase(path);
    await migrateToLatest(db);
  } catch (error) {
    await db?.destroy().catch(() => undefined);
    const { detail } = toStoreProblem(`the store ${path} cannot be opened`, error);
    const fix =
      'Make it writable, move it away to begin anew, or set DATA_DIR to another directory.';
    throw new ProblemError(toProblem('store-failed', `${detail}. ${fix}`), { cause: error });
  }
  const opened = db;
  return {
    looks: createLookRepository(opened),
    catalogues: createCatalogueRepository(opened),
    names: createVariationNameRepository(opened),
    facts: createFactRepository(opened),
    plans: createPlanRepository(opened, () => clock.nowMs()),
    calls: createCallRepository(opened),
    requests: createRequestRepository(opened),
    close: () => opened.destroy(),
  };
}
