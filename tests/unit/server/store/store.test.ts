import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import Database from 'libsql';
import { connectionId, experimentId, goalId, variationId } from '@/lib/core/experiment/ids';
import type { Snapshot } from '@/lib/core/experiment/snapshot';
import { isProblemError } from '@/lib/core/problem/problem';
import type { Store } from '@/lib/server/store/open-store';
import { openStore, STORE_FILE } from '@/lib/server/store/open-store';
import { aCall, aHistory, aPlan, LOG } from '@/tests/builders/stored';

const ONE = connectionId('one');
const OTHER = connectionId('other');
const EXPERIMENT = experimentId(188400);

const aSnapshot = (asOfMs: number, visitors = 10): Snapshot => ({
  experimentId: EXPERIMENT,
  asOfMs,
  unit: 'visitors',
  arms: [{ variationId: variationId(1), visitors, visits: visitors, goals: {} }],
});

let dir: string;
const opened: Store[] = [];
const open = async (at = dir): Promise<Store> => {
  const store = await openStore({ dir: at });
  opened.push(store);
  return store;
};

/** Does to the file what a disk may do to it. */
const spoil = (sql: string): void => {
  const file = new Database(join(dir, STORE_FILE));
  file.exec(sql);
  file.close();
};

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'verdict-store-'));
});
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  rmSync(dir, { recursive: true, force: true });
});

describe('the store', () => {
  it('keeps everything across a reopening', async () => {
    const first = await open(join(dir, 'deep', 'down'));
    await first.looks.add(ONE, { snapshot: aSnapshot(2000), source: 'live' });
    await first.looks.add(ONE, { snapshot: aSnapshot(1000), source: 'backfill' });
    await first.looks.setLatest(ONE, aSnapshot(3000));
    await first.catalogues.set(ONE, { experiments: [], asOfMs: 4000, quarantined: 2 });
    await first.names.set(ONE, [{ variationId: variationId(1), name: 'Blu <b>', readAtMs: 7 }]);
    await first.facts.set(ONE, 'unit-proof', { value: 'visitors', knownAtMs: 8 });
    await first.calls.set(ONE, LOG, [aCall(5)]);
    await first.histories.set(ONE, EXPERIMENT, aHistory(6, [aCall(5)]));
    await first.citations.add(ONE, EXPERIMENT, [{ asOfMs: 5, by: 'call' }]);
    await first.plans.freeze(ONE, EXPERIMENT, aPlan(4000));
    await first.close();
    opened.pop();

    const again = await open(join(dir, 'deep', 'down'));
    const looks = await again.looks.read(ONE, EXPERIMENT);
    expect(looks.map(({ snapshot, source }) => [snapshot.asOfMs, source])).toEqual([
      [1000, 'backfill'],
      [2000, 'live'],
    ]);
    expect(await again.looks.readLatest(ONE)).toEqual([aSnapshot(3000)]);
    expect(await again.catalogues.find(ONE)).toEqual({
      experiments: [],
      asOfMs: 4000,
      quarantined: 2,
    });
    expect(await again.names.read(ONE)).toEqual([
      { variationId: variationId(1), name: 'Blu <b>', readAtMs: 7 },
    ]);
    expect(await again.facts.find(ONE, 'unit-proof')).toEqual({ value: 'visitors', knownAtMs: 8 });
    expect(await again.calls.read(ONE, LOG)).toEqual([aCall(5)]);
    expect(await again.histories.find(ONE, EXPERIMENT)).toEqual(aHistory(6, [aCall(5)]));
    expect(await again.citations.read(ONE, EXPERIMENT)).toEqual([5]);
    expect(await again.plans.read(ONE)).toEqual(new Map([[EXPERIMENT, aPlan(4000)]]));
  });

  it('shows nothing of one connection to another', async () => {
    const store = await open(':memory:');
    await store.looks.add(ONE, { snapshot: aSnapshot(1), source: 'live' });
    await store.looks.setLatest(ONE, aSnapshot(1));
    await store.facts.set(ONE, 'expected-job-ms', { value: 900, knownAtMs: 1 });
    await store.catalogues.set(ONE, { experiments: [], asOfMs: 1, quarantined: 0 });
    await store.plans.freeze(ONE, EXPERIMENT, aPlan());
    await store.calls.set(ONE, LOG, [aCall(5)]);
    await store.histories.set(ONE, EXPERIMENT, aHistory(6));
    await store.citations.add(ONE, EXPERIMENT, [{ asOfMs: 5, by: 'call' }]);
    expect(await store.looks.read(OTHER, EXPERIMENT)).toEqual([]);
    expect(await store.looks.readLatest(OTHER)).toEqual([]);
    expect(await store.facts.find(OTHER, 'expected-job-ms')).toBeUndefined();
    expect(await store.catalogues.find(OTHER)).toBeUndefined();
    expect((await store.plans.read(OTHER)).size).toBe(0);
    expect(await store.calls.read(OTHER, LOG)).toEqual([]);
    expect(await store.histories.find(OTHER, EXPERIMENT)).toBeUndefined();
    expect(await store.citations.read(OTHER, EXPERIMENT)).toEqual([]);
  });

  it('keeps a look as it was first kept', async () => {
    const store = await open(':memory:');
    await store.looks.add(ONE, { snapshot: aSnapshot(1, 10), source: 'live' });
    await store.looks.add(ONE, { snapshot: aSnapshot(1, 99), source: 'live' });
    const looks = await store.looks.read(ONE, EXPERIMENT);
    expect(looks.map(({ snapshot }) => snapshot.arms[0]?.visitors)).toEqual([10]);
  });

  it('never replaces the newest snapshot by an older one', async () => {
    const store = await open(':memory:');
    await store.looks.setLatest(ONE, aSnapshot(2000));
    await store.looks.setLatest(ONE, aSnapshot(1000));
    expect(await store.looks.readLatest(ONE)).toEqual([aSnapshot(2000)]);
  });

  it('freezes a plan at the first look: a later one changes nothing', async () => {
    const store = await open(':memory:');
    expect(await store.plans.freeze(ONE, EXPERIMENT, aPlan())).toEqual(aPlan());
    const later = { ...aPlan(50), frozenAtMs: 99 };
    expect(await store.plans.freeze(ONE, EXPERIMENT, later)).toEqual(aPlan());
    expect((await store.plans.read(ONE)).get(EXPERIMENT)).toEqual(aPlan());
  });

  it('gives a plan that is lost with its row a new one, which then stays', async () => {
    const store = await open();
    await store.plans.freeze(ONE, EXPERIMENT, aPlan(40_000));
    spoil('UPDATE frozen_plans SET settings = \'{"plannedEnd":"many"}\'');
    expect((await store.plans.read(ONE)).size).toBe(0);
    expect(await store.plans.freeze(ONE, EXPERIMENT, aPlan())).toEqual(aPlan());
    expect(await store.plans.freeze(ONE, EXPERIMENT, aPlan(7))).toEqual(aPlan());
  });

  it('keeps every call, in its own row, which lives on with it', async () => {
    const store = await open(':memory:');
    const withdrawn = {
      ...aCall(10),
      withdrawn: { atMs: 20, reason: { kind: 'fell-back' as const } },
    };
    await store.calls.set(ONE, LOG, [aCall(10)]);
    await store.calls.set(ONE, LOG, [withdrawn]);
    await store.calls.set(ONE, LOG, [{ ...aCall(30), state: 'loser' }]);
    await store.calls.set(ONE, LOG, [aCall(40)]);
    const log = await store.calls.read(ONE, LOG);
    expect(log).toEqual([withdrawn, { ...aCall(30), state: 'loser' }, aCall(40)]);
  });

  it('moves a call that the past shows to have begun earlier, and leaves those before it', async () => {
    const store = await open(':memory:');
    const before = {
      ...aCall(10),
      withdrawn: { atMs: 20, reason: { kind: 'fell-back' as const } },
    };
    await store.calls.set(ONE, LOG, [before]);
    await store.calls.set(ONE, LOG, [aCall(40)]);
    await store.calls.set(ONE, LOG, [{ ...aCall(30), confirmedAtMs: 40 }]);
    expect(await store.calls.read(ONE, LOG)).toEqual([before, { ...aCall(30), confirmedAtMs: 40 }]);
  });

  it('tells calls on one goal from those on another', async () => {
    const store = await open(':memory:');
    await store.calls.set(ONE, { experiment: EXPERIMENT, goal: goalId(1) }, [aCall(10)]);
    expect(await store.calls.read(ONE, { experiment: EXPERIMENT, goal: goalId(2) })).toEqual([]);
  });

  it('folds anew what another version left behind', async () => {
    const store = await open();
    await store.histories.set(ONE, EXPERIMENT, aHistory(6));
    spoil('UPDATE histories SET version = version + 1');
    expect(await store.histories.find(ONE, EXPERIMENT)).toBeUndefined();
    await store.histories.set(ONE, EXPERIMENT, aHistory(7));
    expect(await store.histories.find(ONE, EXPERIMENT)).toEqual(aHistory(7));
  });

  it('never lets go of a look that is cited, or that was bought', async () => {
    const store = await open(':memory:');
    for (const asOfMs of [1000, 2000, 3000])
      await store.looks.add(ONE, { snapshot: aSnapshot(asOfMs), source: 'live' });
    await store.looks.add(ONE, { snapshot: aSnapshot(4000), source: 'backfill' });
    await store.citations.add(ONE, EXPERIMENT, [{ asOfMs: 2000, by: 'note' }]);
    expect(await store.looks.drop(ONE, EXPERIMENT, [1000, 2000, 4000])).toBe(true);
    const left = (await store.looks.read(ONE, EXPERIMENT)).map(({ snapshot }) => snapshot.asOfMs);
    expect(left).toEqual([2000, 3000, 4000]);
  });

  it('takes more names at once than one statement holds', async () => {
    const store = await open(':memory:');
    const names = Array.from({ length: 2500 }, (_, at) => ({
      variationId: variationId(at),
      name: `name ${at}`,
      readAtMs: at,
    }));
    await store.names.set(ONE, names);
    await store.names.set(ONE, names);
    expect(await store.names.read(ONE)).toHaveLength(2500);
  });

  it('lets a second process write to the same file', async () => {
    const [one, other] = [await open(), await open()];
    await Promise.all(
      Array.from({ length: 100 }, (_, at) =>
        (at % 2 ? one : other).looks.add(ONE, { snapshot: aSnapshot(at), source: 'live' }),
      ),
    );
    expect(await one.looks.read(ONE, EXPERIMENT)).toHaveLength(100);
  });

  it('is closed to other people of the machine', async () => {
    await open(join(dir, 'own'));
    expect(statSync(join(dir, 'own')).mode & 0o077).toBe(0);
  });

  it('skips a damaged row, whatever became of it, and keeps the rest', async () => {
    const store = await open();
    for (const asOfMs of [1000, 2000, 3000, 4000, 5000])
      await store.looks.add(ONE, { snapshot: aSnapshot(asOfMs), source: 'live' });
    await store.looks.setLatest(ONE, aSnapshot(5000));
    await store.calls.set(ONE, LOG, [aCall(5)]);
    await store.histories.set(ONE, EXPERIMENT, aHistory(5));
    await store.facts.set(ONE, 'unit-proof', { value: 'visitors', knownAtMs: 8 });
    await store.catalogues.set(ONE, { experiments: [], asOfMs: 4000, quarantined: 0 });
    const damage = new Database(join(dir, STORE_FILE));
    const damaged = [
      '{}',
      'null',
      '{"experimentId":',
      '{"experimentId":"1","asOfMs":3,"arms":[{}]}',
    ];
    damaged.forEach((text, at) =>
      damage.prepare('UPDATE looks SET snapshot = ? WHERE as_of_ms = ?').run(text, (at + 1) * 1000),
    );
    damage.exec(
      `UPDATE latest_snapshots SET snapshot = '[]'; UPDATE call_log SET call = '"x"';
       UPDATE histories SET history = '{"calls":[{}]}';
       UPDATE facts SET value = '"people"'; UPDATE catalogues SET experiments = '[{"id":"1"}]';`,
    );
    damage.close();
    const looks = await store.looks.read(ONE, EXPERIMENT);
    expect(looks.map(({ snapshot }) => snapshot.asOfMs)).toEqual([5000]);
    expect(await store.looks.readLatest(ONE)).toEqual([]);
    expect(await store.calls.read(ONE, LOG)).toEqual([]);
    expect(await store.histories.find(ONE, EXPERIMENT)).toBeUndefined();
    expect(await store.facts.find(ONE, 'unit-proof')).toBeUndefined();
    expect(await store.catalogues.find(ONE)).toBeUndefined();
  });

  it.each([['a directory that is a file', (at: string) => writeFileSync(at, 'x')]])(
    'says in one line that it cannot be opened: %s',
    async (_, spoil) => {
      const at = join(dir, 'spoilt');
      spoil(at);
      const error: unknown = await open(at).catch((thrown: unknown) => thrown);
      expect(isProblemError(error) && error.problem.code).toBe('store-failed');
      expect(isProblemError(error) && error.problem.detail).toMatch(/^the store .*spoilt.* cannot/);
      expect(isProblemError(error) && error.problem.detail).not.toContain('\n');
    },
  );

  it('says in one line that a file is no database', async () => {
    writeFileSync(
      join(dir, STORE_FILE),
      'this is not a database, however long it may be '.repeat(9),
    );
    const error: unknown = await open().catch((thrown: unknown) => thrown);
    expect(isProblemError(error) && error.problem.code).toBe('store-failed');
  });
});
