import 'server-only';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { isProblemError, ProblemError, toProblem } from '@/lib/core/problem/problem';
import { createCallRepository } from '@/lib/server/store/call-repository';
import { createCatalogueRepository } from '@/lib/server/store/catalogue-repository';
import { createCitationRepository } from '@/lib/server/store/citation-repository';
import { checkFile, prepareDirectory } from '@/lib/server/store/data-directory';
import type { OpenedDatabase } from '@/lib/server/store/database';
import { openDatabase } from '@/lib/server/store/database';
import { createDecisionRepository } from '@/lib/server/store/decision-repository';
import { createFactRepository } from '@/lib/server/store/fact-repository';
import { createHistoryRepository } from '@/lib/server/store/history-repository';
import { createLookRepository } from '@/lib/server/store/look-repository';
import { migrateToLatest } from '@/lib/server/store/migrations';
import { createNoteRepository } from '@/lib/server/store/note-repository';
import { createPlanRepository } from '@/lib/server/store/plan-repository';
import { createRequestRepository } from '@/lib/server/store/request-repository';
import type { Store } from '@/lib/server/store/store';
import { createVariationNameRepository } from '@/lib/server/store/variation-name-repository';

export type { Store } from '@/lib/server/store/store';

/** The store on its file: a write that resolved is there after the process was killed (not after a power cut). */
export interface FileStore extends Store {
  /** Writes for the sake of it. Throws the driver's error while nothing can be written. */
  proveWritable(): void;
  /** Puts what lies in the log in its place, which gives the log's room back where that can be done. Never throws. */
  makeRoom(): void;
  /** Whether the file was taken away or put another in its place: what is written then goes nowhere. */
  isGone(): boolean;
  /** Reads everything. Takes about a second for 300 MB, in which the process does nothing else. */
  isSound(): boolean;
}

export interface StoreOptions {
  /** Directory of the database file, created when absent; `:memory:` keeps nothing. */
  readonly dir: string;
}

export const STORE_FILE = 'verdict.db';

/** The driver halts the whole process while it waits for a lock; what cannot be written now is written later. */
const PATIENCE_MS = 250;

const firstLine = (error: unknown): string => {
  const text = error instanceof Error ? error.message : String(error);
  return (isProblemError(error) ? error.problem.detail : text).split('\n', 1)[0] ?? '';
};

export const toStoreProblem = (doing: string, error: unknown) =>
  toProblem('store-failed', `${doing}: ${firstLine(error)}`);

/** Opens (and if need be creates and migrates) the store. Throws ProblemError `store-failed` in one line. */
export async function openStore({ dir }: StoreOptions): Promise<FileStore> {
  const isInMemory = dir === ':memory:';
  const path = isInMemory ? dir : join(dir, STORE_FILE);
  let opened: OpenedDatabase | undefined;
  try {
    if (!isInMemory) {
      prepareDirectory(dir);
      checkFile(path);
    }
    opened = openDatabase(path);
    await migrateToLatest(opened.db);
    opened.pragma(`busy_timeout = ${PATIENCE_MS}`);
  } catch (error) {
    await opened?.close().catch(() => undefined);
    const { detail } = toStoreProblem(`the store ${path} cannot be opened`, error);
    const fix =
      'Make it writable, move it away to begin anew, or set DATA_DIR to another directory.';
    throw new ProblemError(toProblem('store-failed', `${detail}. ${fix}`), { cause: error });
  }
  const { db, pragma, proveWritable, close } = opened;
  const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const identity = (): string => {
    const stats = isInMemory ? undefined : statSync(path, { throwIfNoEntry: false });
    return `${stats?.dev}:${stats?.ino}`;
  };
  const ownIdentity = identity();
  const makeRoom = (): void => {
    try {
      pragma('wal_checkpoint(TRUNCATE)');
    } catch {
      // What lies in the log is as safe there.
    }
  };
  return {
    looks: createLookRepository(db),
    catalogues: createCatalogueRepository(db),
    names: createVariationNameRepository(db),
    facts: createFactRepository(db),
    plans: createPlanRepository(db),
    calls: createCallRepository(db),
    histories: createHistoryRepository(db),
    citations: createCitationRepository(db),
    requests: createRequestRepository(db),
    notes: createNoteRepository(db),
    decisions: createDecisionRepository(db),
    problem: () => null,
    onReturn: () => () => undefined,
    sizeBytes: () => (isInMemory ? 0 : sizeOf(path) + sizeOf(`${path}-wal`)),
    proveWritable,
    isGone: () => identity() !== ownIdentity,
    isSound: () => JSON.stringify(pragma('integrity_check(1)')).includes('"ok"'),
    makeRoom,
    async close() {
      // The driver lets go of the file only some time later.
      makeRoom();
      await close();
    },
  };
}
