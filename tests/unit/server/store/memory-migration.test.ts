import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '@/lib/core/analysis/settings';
import { connectionId, experimentId, goalId } from '@/lib/core/experiment/ids';
import type { Store } from '@/lib/server/store/open-store';
import { openStore, STORE_FILE } from '@/lib/server/store/open-store';

const VERSION_1 = readFileSync(
  new URL('../../../fixtures/store/version-1.sql', import.meta.url),
  'utf8',
);
const STORM = connectionId('storm');
const ID = experimentId(1);

let dir: string;
let store: Store | null;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'verdict-migration-'));
});
afterEach(async () => {
  await store?.close();
  rmSync(dir, { recursive: true, force: true });
});

const openOld = async (more = ''): Promise<Store> => {
  const old = new Database(join(dir, STORE_FILE));
  old.exec(`PRAGMA journal_mode = WAL; ${VERSION_1}; ${more}`);
  old.close();
  return (store = await openStore({ dir }));
};

describe('a store of an older version', () => {
  it('keeps what was planned of its experiments, as the defaults of that day', async () => {
    const opened = await openOld(`UPDATE plans SET planned_visitors = 4000`);
    expect((await opened.plans.read(STORM)).get(ID)).toEqual({
      settings: { ...DEFAULT_SETTINGS, plannedVisitors: 4000 },
      setBy: 'default',
      frozenAtMs: 1_750_000_000_000,
    });
  });

  it('keeps what it had called, whatever the main goal was called', async () => {
    const opened = await openOld();
    for (const goal of [null, goalId(7)])
      expect(await opened.calls.read(STORM, { experiment: ID, goal })).toMatchObject([
        {
          variationId: '7',
          state: 'winner',
          calledAtMs: 4000,
          day: 8,
          unit: 'visitors',
          sinceMs: null,
          isFinal: false,
          confirmedAtMs: null,
          bestSinceMs: 4000,
          withdrawn: null,
          events: [],
        },
      ]);
  });

  it('takes a call over into the log of the goal it is told of', async () => {
    const opened = await openOld();
    const of = { experiment: ID, goal: goalId(7) };
    const [call] = await opened.calls.read(STORM, of);
    if (!call) expect.fail('it had called nothing');
    await opened.calls.set(STORM, of, [{ ...call, confirmedAtMs: 9000 }]);
    expect(await opened.calls.read(STORM, of)).toEqual([{ ...call, confirmedAtMs: 9000 }]);
  });

  it('opens although a call was damaged, or named no variation', async () => {
    const opened = await openOld(`
      INSERT INTO calls VALUES ('storm', '2', 1, '{bad');
      INSERT INTO calls VALUES ('storm', '3', 1, '{"state":"no-difference","variationId":null,"calledAtMs":1}');`);
    for (const id of [2, 3])
      expect(await opened.calls.read(STORM, { experiment: experimentId(id), goal: null })).toEqual(
        [],
      );
    expect(await opened.calls.read(STORM, { experiment: ID, goal: null })).toHaveLength(1);
  });
});
