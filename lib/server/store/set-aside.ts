import 'server-only';
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { STORE_FILE } from '@/lib/server/store/open-store';

/** A disk that damages everything must not fill itself with the remains. */
const MAX_ASIDE = 5;

/**
 * Moves a damaged store out of the way, with the log that belongs to it, so that somebody may look what can be saved.
 * Gives the new path. Throws when it cannot, or when too many lie there already.
 */
export function setAside(dir: string, nowMs: number): string {
  const path = join(dir, STORE_FILE);
  const mark = `${STORE_FILE}.corrupt-`;
  const before = readdirSync(dir).filter((name) => name.startsWith(mark) && !name.endsWith('-wal'));
  if (before.length >= MAX_ASIDE) {
    const text = `${MAX_ASIDE} damaged stores lie in ${dir} already. Check the disk, then remove them.`;
    throw Object.assign(new Error(text), { code: 'SQLITE_CORRUPT' });
  }
  const aside = join(dir, `${mark}${new Date(nowMs).toISOString().replaceAll(/[:.]/g, '-')}`);
  // The log first: without it the rest is still a store, but the log beside a new store would spoil that.
  if (existsSync(`${path}-wal`)) renameSync(`${path}-wal`, `${aside}-wal`);
  renameSync(path, aside);
  rmSync(`${path}-shm`, { force: true });
  return aside;
}
