import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '@/lib/server/store/open-store';
import { openStore, STORE_FILE } from '@/lib/server/store/open-store';
import { aLook, aSnapshot, ONE } from '@/tests/builders/stored';

const MEGABYTE = 1024 * 1024;

let dir: string;
let store: Store;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'verdict-log-'));
  store = await openStore({ dir });
});
afterAll(async () => {
  await store.close();
  rmSync(dir, { recursive: true, force: true });
});

const write = async (from: number, to: number): Promise<void> => {
  for (let at = from; at < to; at += 1) {
    await store.looks.add(ONE, aLook(at));
    if (at % 50 === 0) await store.looks.readLatest(ONE);
    await store.looks.setLatest(ONE, aSnapshot(at));
  }
};
const logBytes = (): number => statSync(join(dir, `${STORE_FILE}-wal`)).size;

describe('the log of what was written last', () => {
  it('stays short in a long run, and is cut back after somebody read for long', async () => {
    await write(1, 3_000);
    // A thousand pages of 4 KB, and what the last write took.
    expect(logBytes()).toBeLessThan(5 * MEGABYTE);
    const reader = new Database(join(dir, STORE_FILE));
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM looks').get();
    await write(3_000, 6_000);
    expect(logBytes()).toBeGreaterThan(16 * MEGABYTE);
    expect(store.sizeBytes()).toBeGreaterThan(logBytes());
    reader.exec('COMMIT');
    reader.close();
    await write(6_000, 6_100);
    expect(logBytes()).toBeLessThanOrEqual(16 * MEGABYTE);
  }, 120_000);
});
