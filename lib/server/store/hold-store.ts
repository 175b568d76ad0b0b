import 'server-only';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { Clock } from '@/lib/core/time/clock';
import { sleep } from '@/lib/core/time/clock';
import { toStoreProblem } from '@/lib/server/store/open-store';

export const LOCK_FILE = 'verdict.lock';

/** As long as a process takes to leave, and a bit. */
const PATIENCE_MS = 8_000;
const RETRY_MS = 200;

export interface Hold {
  release(): void;
}

/**
 * One process a store: two would each spend the whole budget of the one credential. The operating system lets go of
 * the lock when its process ends, however it ends. A process that is just leaving is waited for.
 * Throws ProblemError `store-failed` in one line.
 */
export async function holdStore(dir: string, clock: Clock): Promise<Hold> {
  const startMs = clock.monotonicMs();
  const path = join(dir, LOCK_FILE);
  const cannotOpen = (error: unknown): never => {
    const { detail } = toStoreProblem(`DATA_DIR (${dir}) cannot be used`, error);
    const fix = 'Set it to a directory that this process may write to.';
    throw new ProblemError(toProblem('store-failed', `${detail}. ${fix}`), { cause: error });
  };
  const open = (): Database.Database => {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const opened = new Database(path);
    opened.pragma('busy_timeout = 0');
    return opened;
  };

  let lock: Database.Database;
  try {
    lock = open();
  } catch (error) {
    return cannotOpen(error);
  }
  for (;;) {
    try {
      lock.exec('BEGIN EXCLUSIVE');
      break;
    } catch (error) {
      if (!isBusy(error)) return cannotOpen(error);
    }
    if (clock.monotonicMs() - startMs >= PATIENCE_MS) {
      lock.close();
      const detail = `another process uses DATA_DIR (${dir}). Stop it, or set DATA_DIR to another directory.`;
      throw new ProblemError(toProblem('store-failed', detail));
    }
    await sleep(clock, RETRY_MS);
  }
  return {
    release() {
      // The driver closes a file some time later; whoever waits need not.
      lock.exec('ROLLBACK');
      lock.close();
    },
  };
}

const isBusy = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';
