import 'server-only';
import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '@/lib/server/log/create-log';
import type { Hold, HoldOptions } from '@/lib/server/store/hold-store';
import { holdStore } from '@/lib/server/store/hold-store';
import { toStorageFault } from '@/lib/server/store/storage-faults';

/** Where the lock lies while DATA_DIR itself cannot hold one. */
const fallbackDirOf = (dir: string, within: string): string => {
  let real = dir;
  try {
    real = realpathSync(dir);
  } catch {
    // It does not exist yet: its name must do.
  }
  const name = createHash('sha256').update(real).digest('hex').slice(0, 16);
  return join(within, `verdict-${name}`);
};

export interface AnyHold extends Hold {
  /** Whether the lock lies in DATA_DIR, where every machine and container that shares it sees it. */
  readonly isOwn: boolean;
}

export interface AnyHoldOptions extends HoldOptions {
  readonly log: Log;
  readonly temporaryDir?: string;
}

/**
 * Holds the store also where DATA_DIR is full or read-only: by a lock in the temporary directory, which keeps apart the
 * processes of this machine, else not at all, which is said loudly.
 * Throws as `holdStore`: another process holds it, or DATA_DIR is no directory of ours.
 */
export async function holdAnyhow(dir: string, options: AnyHoldOptions): Promise<AnyHold> {
  const { log, temporaryDir = tmpdir(), ...rest } = options;
  try {
    return { ...(await holdStore(dir, rest)), isOwn: true };
  } catch (error) {
    if (toStorageFault(error) === null) throw error;
  }
  const fallback = fallbackDirOf(dir, temporaryDir);
  try {
    const hold = await holdStore(fallback, { ...rest, heldDir: dir });
    log.warn({ dir, lockDir: fallback }, 'the store is held by a lock outside of DATA_DIR');
    return { ...hold, isOwn: false };
  } catch (error) {
    // Without a cause it is not the disk: somebody holds it.
    if (!(error instanceof Error) || error.cause === undefined) throw error;
    log.error({ dir, error: error.message }, 'a second process on DATA_DIR would not be noticed');
    return { release: () => undefined, isOwn: false };
  }
}
