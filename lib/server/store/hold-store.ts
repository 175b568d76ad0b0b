import 'server-only';
import { join } from 'node:path';
import Database from 'libsql';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { Clock } from '@/lib/core/time/clock';
import { sleep } from '@/lib/core/time/clock';
import { checkFile, prepareDirectory } from '@/lib/server/store/data-directory';
import { toStoreProblem } from '@/lib/server/store/open-store';
import { toStorageFault } from '@/lib/server/store/storage-faults';

export const LOCK_FILE = 'verdict.lock';

/** As long as a process takes to leave, and a bit. */
const PATIENCE_MS = 8_000;
const RETRY_MS = 200;

export interface Hold {
  release(): void;
}

export interface HoldOptions {
  readonly clock: Clock;
  /** How long a process that is just leaving is waited for. */
  readonly patienceMs?: number;
  /** What is held, for the message; the lock itself may lie elsewhere. */
  readonly heldDir?: string;
}

/**
 * One process a store: two would each spend the whole budget of the one credential. The operating system lets go of
 * the lock when its process ends, however it ends.
 * Throws ProblemError `store-failed` in one line; a disk that is full, read-only or failing is its cause's doing.
 */
export async function holdStore(dir: string, options: HoldOptions): Promise<Hold> {
  const { clock, patienceMs = PATIENCE_MS, heldDir = dir } = options;
  const startMs = clock.monotonicMs();
  const path = join(dir, LOCK_FILE);

  let lock: Database.Database | undefined;
  for (;;) {
    try {
      lock ??= openLock(dir, path);
      takeLock(lock);
      break;
    } catch (error) {
      if (toStorageFault(error) !== 'busy') {
        lock?.close();
        const { detail } = toStoreProblem(`DATA_DIR (${heldDir}) cannot be used`, error);
        const fix = 'Set it to a directory that this process may write to.';
        throw new ProblemError(toProblem('store-failed', `${detail}. ${fix}`), { cause: error });
      }
    }
    if (clock.monotonicMs() - startMs >= patienceMs) {
      lock?.close();
      const detail = `another process uses DATA_DIR (${heldDir}). Stop it, or set DATA_DIR to another directory.`;
      throw new ProblemError(toProblem('store-failed', detail));
    }
    await sleep(clock, RETRY_MS);
  }
  const held = lock;
  return {
    release() {
      // The driver closes a file some time later; whoever waits need not.
      held.exec('ROLLBACK');
      held.close();
    },
  };
}

function openLock(dir: string, path: string): Database.Database {
  // On a read-only disk SQLite would grant what it calls exclusive to everybody.
  prepareDirectory(dir);
  checkFile(path);
  const opened = new Database(path);
  opened.pragma('busy_timeout = 0');
  return opened;
}

/** To lock an empty file takes space; with something in it, it can be locked on a full disk too. */
function takeLock(lock: Database.Database): void {
  lock.exec('BEGIN EXCLUSIVE');
  if (JSON.stringify(lock.pragma('user_version')).includes('"user_version":1')) return;
  lock.exec('PRAGMA user_version = 1');
  lock.exec('COMMIT');
  lock.exec('BEGIN EXCLUSIVE');
}
