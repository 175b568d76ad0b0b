import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProblemError, toProblem } from '@/lib/core/problem/problem';
import { createCallRepository } from '@/lib/server/store/call-repository';
import { openDatabase } from '@/lib/server/store/database';
import { createLookRepository } from '@/lib/server/store/look-repository';
import { migrateToLatest } from '@/lib/server/store/migrations';
import { toStorageFault } from '@/lib/server/store/storage-faults';
import { aCall, aLook, EXPERIMENT, LOG, ONE } from '@/tests/builders/stored';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'verdict-faults-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const faultOf = async (doing: () => Promise<unknown>): Promise<unknown> => {
  try {
    await doing();
    return 'no fault';
  } catch (error) {
    return toStorageFault(error);
  }
};

const aDatabase = async () => {
  const opened = openDatabase(join(dir, 'one.db'));
  await migrateToLatest(opened.db);
  return { ...opened, looks: createLookRepository(opened.db) };
};

describe('what a disk does, by what the driver says', () => {
  it('is full where the file may grow no more, and keeps what it has', async () => {
    const { looks, pragma, close } = await aDatabase();
    await looks.add(ONE, aLook(1));
    pragma('max_page_count = 40');
    const fill = async (): Promise<void> => {
      for (let at = 2; at < 5_000; at += 1) await looks.add(ONE, aLook(at));
    };
    expect(await faultOf(fill)).toBe('full');
    expect((await looks.read(ONE, EXPERIMENT)).length).toBeGreaterThan(10);
    pragma('max_page_count = 10000');
    expect(await faultOf(() => looks.add(ONE, aLook(9_999)))).toBe('no fault');
    await close();
  });

  it('leaves the old tables, and says that it is full, where a migration does not fit', async () => {
    const opened = openDatabase(join(dir, 'one.db'));
    opened.pragma('max_page_count = 8');
    expect(await faultOf(() => migrateToLatest(opened.db))).toBe('full');
    opened.pragma('max_page_count = 10000');
    expect(await faultOf(() => migrateToLatest(opened.db))).toBe('no fault');
    expect(await createLookRepository(opened.db).readLatest(ONE)).toEqual([]);
    await opened.close();
  });

  it('is read-only where only reading is allowed', async () => {
    const { db, looks, pragma, close } = await aDatabase();
    pragma('query_only = 1');
    expect(await faultOf(() => looks.add(ONE, aLook(1)))).toBe('read-only');
    expect(await faultOf(() => createCallRepository(db).set(ONE, LOG, [aCall(1)]))).toBe(
      'read-only',
    );
    await close();
  });

  it('is busy where another process writes', async () => {
    const one = await aDatabase();
    const other = new Database(join(dir, 'one.db'));
    other.exec('BEGIN IMMEDIATE');
    one.pragma('busy_timeout = 0');
    expect(await faultOf(() => one.looks.add(ONE, aLook(1)))).toBe('busy');
    other.exec('ROLLBACK');
    expect(await faultOf(() => one.looks.add(ONE, aLook(1)))).toBe('no fault');
    other.close();
    await one.close();
  });

  it('is corrupt where a file is no database, failing where it cannot be opened', async () => {
    writeFileSync(join(dir, 'text.db'), 'no database at all '.repeat(100));
    expect(await faultOf(async () => openDatabase(join(dir, 'text.db')))).toBe('corrupt');
    expect(await faultOf(async () => openDatabase(join(dir, 'none', 'x.db')))).toBe('failing');
    mkdirSync(join(dir, 'log.db-wal'));
    expect(await faultOf(async () => openDatabase(join(dir, 'log.db')))).toBe('failing');
  });

  it.each([
    ['ENOSPC', 'full'],
    ['EDQUOT', 'full'],
    ['EROFS', 'read-only'],
    ['EIO', 'failing'],
    ['SQLITE_IOERR_SHMSIZE', 'failing'],
    ['EACCES', null],
    ['ENOTDIR', null],
    ['SQLITE_CONSTRAINT', null],
    ['SQLITE_ERROR', null],
  ])('%s is %s, also as the cause of a problem', (code, fault) => {
    const error = Object.assign(new Error('no'), { code });
    expect(toStorageFault(error)).toBe(fault);
    const problem = new ProblemError(toProblem('store-failed', 'x'), { cause: error });
    expect(toStorageFault(problem)).toBe(fault);
  });
});
