import 'server-only';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import type { Clock } from '@/lib/core/time/clock';
import type { Log } from '@/lib/server/log/create-log';
import type { AnyHold } from '@/lib/server/store/hold-anyhow';
import { holdAnyhow } from '@/lib/server/store/hold-anyhow';
import { holdStore } from '@/lib/server/store/hold-store';
import { createKeptStore } from '@/lib/server/store/kept-store';
import type { FileStore } from '@/lib/server/store/open-store';
import { openStore } from '@/lib/server/store/open-store';
import { setAside } from '@/lib/server/store/set-aside';
import { toStorageFault } from '@/lib/server/store/storage-faults';
import type { Store } from '@/lib/server/store/store';

export interface LastingStoreOptions {
  /** Directory of the store; created when absent. */
  readonly dir: string;
  readonly clock: Clock;
  readonly log: Log;
  /** Where the lock lies while `dir` takes none; the system's own by default. */
  readonly temporaryDir?: string;
}

/**
 * The store of this process, which holds it against any other. A disk that is full, read-only or failing, now or later,
 * costs memory but no picture: what cannot be written waits (at most 5,000 looks, 2,000 requests, and the newest
 * snapshot, plan, calls and decisions of each experiment) and is written when the disk is back. A damaged file is set aside.
 * Throws ProblemError `store-failed` in one line: another process holds it, or DATA_DIR is no directory of ours.
 */
export async function openLastingStore(options: LastingStoreOptions): Promise<Store> {
  const { dir, clock, log } = options;
  let hold: AnyHold = await holdAnyhow(dir, options);

  const openFile = async (isUnsound: boolean): Promise<FileStore> => {
    try {
      const opened = await openStore({ dir });
      if (!isUnsound || opened.isSound()) return opened;
      await opened.close();
    } catch (error) {
      if (toStorageFault(error) !== 'corrupt') throw error;
    }
    const aside = setAside(dir, clock.nowMs());
    log.error({ dir, aside }, 'the store is damaged; it was moved aside and a new one is begun');
    return openStore({ dir });
  };

  const open = async (isUnsound: boolean): Promise<FileStore> => {
    if (!hold.isOwn) {
      const own = await holdStore(dir, { clock, patienceMs: 0 });
      const before = hold;
      hold = { ...own, isOwn: true };
      before.release();
    }
    return openFile(isUnsound);
  };

  let first: FileStore | Error;
  try {
    first = await openFile(false);
  } catch (error) {
    if (toStorageFault(error) === null) {
      hold.release();
      throw error;
    }
    first =
      error instanceof Error ? error : new ProblemError(toProblem('store-failed', String(error)));
  }

  const store = createKeptStore({ first, open, clock, log });
  let closing: Promise<void> | undefined;
  return {
    ...store,
    close: () => (closing ??= store.close().finally(() => hold.release())),
  };
}
