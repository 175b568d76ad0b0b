import { mkdirSync, mkdtempSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isProblemError } from '@/lib/core/problem/problem';
import { openLastingStore } from '@/lib/server/store/lasting-store';
import { openStore, STORE_FILE } from '@/lib/server/store/open-store';
import type { Store } from '@/lib/server/store/store';
import { aLook, aSnapshot, EXPERIMENT, ONE } from '@/tests/builders/stored';
import { createFakeClock } from '@/tests/fakes/clock';
import { createKeptLog } from '@/tests/fakes/kept-log';
import { mountSmallDisk } from './small-disk';

let home: string;
const undo: (() => unknown)[] = [];
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'verdict-lasting-'));
});
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
  rmSync(home, { recursive: true, force: true });
});

const open = async (dir: string) => {
  const clock = createFakeClock();
  const log = createKeptLog();
  const store = await openLastingStore({ dir, clock, log, temporaryDir: join(home, 'tmp') });
  undo.push(() => store.close());
  return { clock, log, store };
};

const detailOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no refusal',
    (error: unknown) => (isProblemError(error) ? error.problem.detail : String(error)),
  );

const timesOf = async (store: Store): Promise<readonly number[]> =>
  (await store.looks.read(ONE, EXPERIMENT)).map(({ snapshot }) => snapshot.asOfMs);

interface Place {
  readonly dir: string;
  /** Where an earlier process saw the same files: it may not have let go of them yet. */
  readonly earlierDir?: string;
  begin(): void;
  end(): void;
}

/** A file that another program writes to without ever being done: any machine can do that. */
const lockedFile = (): Place => {
  const dir = join(home, 'locked');
  let other: Database.Database | undefined;
  return {
    dir,
    begin() {
      other = new Database(join(dir, STORE_FILE));
      other.exec('BEGIN IMMEDIATE');
    },
    end() {
      other?.exec('ROLLBACK');
      other?.close();
    },
  };
};

/** A file that cannot be opened: its log cannot be made. */
const spoiltLog = (): Place => {
  const dir = join(home, 'spoilt');
  const log = join(dir, `${STORE_FILE}-wal`);
  return {
    dir,
    begin() {
      rmSync(log, { force: true });
      mkdirSync(log, { recursive: true });
    },
    end: () => rmdirSync(log),
  };
};

const smallDisk = (what: 'full' | 'read-only') => (): Place => {
  const disk = mountSmallDisk();
  if (!disk) throw new Error('mounting worked a moment ago');
  undo.push(() => disk.remove());
  if (what === 'full') return { dir: join(disk.dir, 'data'), begin: disk.fill, end: disk.free };
  return {
    dir: join(disk.readOnlyDir, 'data'),
    earlierDir: join(disk.dir, 'data'),
    begin: () => undefined,
    end: disk.openDoor,
  };
};

const tried = mountSmallDisk();
const canMount = tried !== null;
tried?.remove();

/** What this machine can do to a store; the first of each list can be done on any. */
const WHILE_RUNNING: [string, () => Place][] = [
  ['another program that writes without end', lockedFile],
  ...(canMount ? [['a full disk', smallDisk('full')] as [string, () => Place]] : []),
];
const AT_START: [string, () => Place][] = [
  ['a file that cannot be opened', spoiltLog],
  ...(canMount
    ? ([
        ['a full disk', smallDisk('full')],
        ['a read-only disk', smallDisk('read-only')],
      ] as [string, () => Place][])
    : []),
];

/** An earlier process left a look, and its log put in place. */
const leaveALook = async (dir: string): Promise<void> => {
  const before = await openStore({ dir });
  await before.looks.add(ONE, aLook(1));
  await before.close();
};

describe('the store of a process', () => {
  it.each(WHILE_RUNNING)('goes on without a restart after %s', async (_, place) => {
    const { dir, begin, end } = place();
    const { clock, log, store } = await open(dir);
    await store.looks.add(ONE, aLook(1));
    begin();
    const refused: string[] = [];
    // Enough to need new pages, so that a full disk is met.
    for (let at = 2; at <= 60; at += 1)
      await store.looks.add(ONE, aLook(at)).catch(() => refused.push(`look ${at}`));
    expect(refused.length).toBeGreaterThan(0);
    expect(store.problem()?.code).toBe('store-failed');
    expect(await timesOf(store)).toHaveLength(60);
    expect(log.count('error')).toBe(1);
    end();
    for (let tries = 0; tries < 5 && store.problem(); tries += 1) {
      await clock.advance(60_000);
      await new Promise((go) => setTimeout(go, 20));
    }
    expect(store.problem()).toBeNull();
    await store.close();
    const next = await open(dir);
    expect(await timesOf(next.store)).toHaveLength(60);
    expect(next.store.sizeBytes()).toBeGreaterThan(4_096);
  });

  it.each(AT_START)(
    'begins with nothing on %s, and finds all when that is over',
    async (_, place) => {
      const { dir, earlierDir = dir, begin, end } = place();
      await leaveALook(earlierDir);
      begin();
      const { clock, log, store } = await open(dir);
      // A full disk can still be read where all files are there.
      if (!store.problem()) await store.looks.add(ONE, aLook(2)).catch(() => undefined);
      else {
        expect(await timesOf(store)).toEqual([]);
        expect(await detailOf(store.looks.add(ONE, aLook(2)))).toMatch(
          /^what was read cannot be remembered: the store .* cannot be opened: /,
        );
      }
      await detailOf(store.looks.setLatest(ONE, aSnapshot(2)));
      expect(store.problem()?.code).toBe('store-failed');
      expect(log.count('error')).toBe(1);
      end();
      await clock.advance(30_000);
      expect(store.problem()).toBeNull();
      expect(await timesOf(store)).toEqual([1, 2]);
      await store.close();
      expect(await timesOf((await open(dir)).store)).toEqual([1, 2]);
    },
  );

  it.each(AT_START)('is refused to a second process on %s too', async (_, place) => {
    const { dir, earlierDir = dir, begin, end } = place();
    await leaveALook(earlierDir);
    begin();
    await open(dir);
    const clock = createFakeClock();
    const second = detailOf(
      openLastingStore({ dir, clock, log: createKeptLog(), temporaryDir: join(home, 'tmp') }),
    );
    await clock.advance(10_000);
    expect(await second).toContain(`another process uses DATA_DIR (${dir})`);
    end();
  });

  it('begins anew where its file was taken away, and says so', async () => {
    const dir = join(home, 'data');
    const { clock, log, store } = await open(dir);
    await store.looks.add(ONE, aLook(1));
    rmSync(dir, { recursive: true });
    await clock.advance(30_000);
    expect(store.problem()?.detail).toContain('taken away');
    await detailOf(store.looks.add(ONE, aLook(2)));
    await clock.advance(5_000);
    expect([store.problem(), log.count('error')]).toEqual([null, 1]);
    expect(await timesOf(store)).toEqual([2]);
    expect(readdirSync(dir)).toContain(STORE_FILE);
  });

  it('sets a damaged file aside, says so loudly, and begins anew', async () => {
    const dir = join(home, 'data');
    mkdirSync(dir);
    writeFileSync(join(dir, STORE_FILE), 'this is not a database, however long it is '.repeat(99));
    const { log, store } = await open(dir);
    expect(log.lines).toEqual([
      {
        level: 'error',
        message: 'the store is damaged; it was moved aside and a new one is begun',
      },
    ]);
    await store.looks.add(ONE, aLook(1));
    expect(await timesOf(store)).toEqual([1]);
    expect(readdirSync(dir)).toContain('verdict.db.corrupt-2026-05-20T10-00-00-000Z');
  });

  it('fills no disk with damaged files', async () => {
    const dir = join(home, 'data');
    mkdirSync(dir);
    for (let at = 1; at <= 5; at += 1)
      writeFileSync(join(dir, `${STORE_FILE}.corrupt-${at}`), 'not again');
    writeFileSync(join(dir, STORE_FILE), 'this is not a database, however long it is '.repeat(99));
    const { clock, store } = await open(dir);
    await clock.advance(120_000);
    expect(store.problem()?.detail).toContain('5 damaged stores lie in');
    expect(readdirSync(dir).filter((name) => name.includes('corrupt'))).toHaveLength(5);
  });

  it.each([
    ['a file in the way', (dir: string) => writeFileSync(dir, 'x'), 'is not a directory'],
    [
      'a directory where the file should be',
      (dir: string) => mkdirSync(join(dir, STORE_FILE), { recursive: true }),
      'is not a file',
    ],
  ])('refuses to begin on %s, in one line', async (_, spoil, why) => {
    const dir = join(home, 'data');
    spoil(dir);
    const detail = await detailOf(open(dir));
    expect(detail).toContain(why);
    expect(detail).not.toContain('\n');
    expect(readdirSync(home)).not.toContain('tmp');
  });
});
