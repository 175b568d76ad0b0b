import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { experimentId, variationId } from '@/lib/core/experiment/ids';
import { isProblemError } from '@/lib/core/problem/problem';
import { createKeptStore } from '@/lib/server/store/kept-store';
import { openStore } from '@/lib/server/store/open-store';
import type { Store } from '@/lib/server/store/store';
import {
  aCall,
  aHistory,
  aLook,
  aPlan,
  aSnapshot,
  EXPERIMENT,
  LOG,
  ONE,
} from '@/tests/builders/stored';
import { createFakeClock } from '@/tests/fakes/clock';
import { createKeptLog } from '@/tests/fakes/kept-log';
import { createFailingStore } from './failing-store';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const aHouse = async ({ maxLooks = 1_000, isBlind = false } = {}) => {
  const clock = createFakeClock();
  const log = createKeptLog();
  const plain = await openStore({ dir: ':memory:' });
  // The same file may be opened again and again, so that closing it once closes nothing.
  const disk = { ...createFailingStore(plain), close: () => Promise.resolve() };
  let openings = 0;
  let canOpen = !isBlind;
  const store = createKeptStore({
    first: isBlind ? new Error('disk full') : disk,
    open() {
      openings += 1;
      return canOpen ? Promise.resolve(disk) : Promise.reject(new Error('still full'));
    },
    clock,
    log,
    maxLooks,
  });
  closing.push(() => store.close(), plain.close);
  return {
    clock,
    log,
    plain,
    disk,
    store,
    openings: () => openings,
    letOpen: () => {
      canOpen = true;
    },
  };
};

const refusal = (write: Promise<unknown>): Promise<unknown> =>
  write.then(
    () => 'written',
    (error: unknown) => (isProblemError(error) ? error.problem.code : error),
  );

/** Much is written in turns, between which others get theirs. */
const letCatchUp = async (store: Store): Promise<void> => {
  for (let turn = 0; turn < 500 && store.problem(); turn += 1)
    await new Promise<void>((go) => setImmediate(go));
};

const IDS = [1, 2].map(experimentId);

const decisions = async (store: Store) => ({
  calls: await Promise.all(
    IDS.map((experiment) => store.calls.read(ONE, { experiment, goal: null })),
  ),
  histories: await Promise.all(IDS.map((id) => store.histories.find(ONE, id))),
  citations: await Promise.all(IDS.map((id) => store.citations.read(ONE, id))),
});

/** All that a store says of the one connection. */
const contents = async (store: Store, nowMs: number) => ({
  looks: await Promise.all(IDS.map((id) => store.looks.read(ONE, id))),
  latest: (await store.looks.readLatest(ONE)).toSorted((a, b) =>
    a.experimentId.localeCompare(b.experimentId),
  ),
  ...(await decisions(store)),
  plans: [...(await store.plans.read(ONE))].sort(),
  fact: await store.facts.find(ONE, 'expected-job-ms'),
  names: (await store.names.read(ONE)).toSorted((a, b) => a.name.localeCompare(b.name)),
  catalogue: await store.catalogues.find(ONE),
  requests: (await store.requests.read(ONE, nowMs - 3_600_000)).toSorted(
    (a, b) => a.atMs - b.atMs || Number(a.isBackground) - Number(b.isBackground),
  ),
});

describe('a store on a disk that fails', () => {
  it.each(['SQLITE_FULL', 'SQLITE_READONLY', 'SQLITE_IOERR_WRITE', 'SQLITE_BUSY'])(
    'refuses what it cannot keep (%s), reads it all the same, and keeps it when the disk is back',
    async (code) => {
      const { clock, disk, plain, store } = await aHouse();
      await store.looks.add(ONE, aLook(1));
      disk.fail(code);
      expect(await refusal(store.looks.add(ONE, aLook(2)))).toBe('store-failed');
      expect(await refusal(store.looks.setLatest(ONE, aSnapshot(2)))).toBe('store-failed');
      expect(await refusal(store.calls.set(ONE, LOG, [aCall(2)]))).toBe('store-failed');
      expect(store.problem()?.detail).toBe('what was read cannot be remembered: the disk says no');
      expect(await plain.looks.read(ONE, EXPERIMENT)).toEqual([aLook(1)]);
      expect(await store.looks.read(ONE, EXPERIMENT)).toEqual([aLook(1), aLook(2)]);
      expect(await store.looks.readLatest(ONE)).toEqual([aSnapshot(2)]);
      expect(await store.calls.read(ONE, LOG)).toEqual([aCall(2)]);
      disk.fail(null);
      await clock.advance(5_000);
      expect(store.problem()).toBeNull();
      expect(await plain.looks.read(ONE, EXPERIMENT)).toEqual([aLook(1), aLook(2)]);
      expect(await plain.looks.readLatest(ONE)).toEqual([aSnapshot(2)]);
      expect(await plain.calls.read(ONE, LOG)).toEqual([aCall(2)]);
    },
  );

  it('says once that it fails and once that it works again, however much was tried', async () => {
    const { clock, disk, log, store } = await aHouse();
    disk.fail('SQLITE_FULL');
    for (let at = 1; at <= 200; at += 1) {
      await refusal(store.looks.add(ONE, aLook(at)));
      await clock.advance(1_000);
    }
    expect([log.count('error'), log.count('info')]).toEqual([1, 0]);
    disk.fail(null);
    await clock.advance(60_000);
    await letCatchUp(store);
    expect([log.count('error'), log.count('info')]).toEqual([1, 1]);
    expect(await store.looks.read(ONE, EXPERIMENT)).toHaveLength(200);
  });

  it('asks a failing disk rarely: after 5 s at first, then up to a minute apart', async () => {
    const { clock, disk, store } = await aHouse();
    disk.fail('SQLITE_FULL');
    await refusal(store.looks.add(ONE, aLook(1)));
    const tries: number[] = [];
    const startMs = clock.monotonicMs();
    for (let before = disk.writes(); tries.length < 6; before = disk.writes()) {
      await clock.advance(1_000);
      if (disk.writes() > before) tries.push((clock.monotonicMs() - startMs) / 1_000);
    }
    expect(tries).toEqual([5, 15, 35, 75, 135, 195]);
  });

  it('takes the next write for a reason to look again', async () => {
    const { clock, disk, plain, store } = await aHouse();
    disk.fail('SQLITE_FULL');
    await refusal(store.looks.add(ONE, aLook(1)));
    await clock.advance(80_000);
    disk.fail(null);
    expect(await refusal(store.looks.add(ONE, aLook(2)))).toBe('written');
    expect(await plain.looks.read(ONE, EXPERIMENT)).toEqual([aLook(1), aLook(2)]);
  });

  it('is whole only when all that waited is through', async () => {
    const { clock, disk, plain, store } = await aHouse();
    disk.fail('SQLITE_FULL');
    for (let at = 1; at <= 300; at += 1) await refusal(store.looks.add(ONE, aLook(at)));
    disk.fail(null);
    const late: Promise<unknown>[] = [];
    clock.setTimer(() => {
      // The disk fails again half way through.
      const until = disk.writes() + 150;
      const watch = (): void => {
        if (disk.writes() < until) setImmediate(watch);
        else disk.fail('SQLITE_FULL');
      };
      setImmediate(watch);
      late.push(refusal(store.looks.add(ONE, aLook(301))));
    }, 5_000);
    await clock.advance(5_000);
    await Promise.all(late);
    expect(store.problem()?.code).toBe('store-failed');
    const written = (await plain.looks.read(ONE, EXPERIMENT)).length;
    expect(written).toBeGreaterThan(100);
    expect(written).toBeLessThan(300);
    disk.fail(null);
    await clock.advance(60_000);
    await letCatchUp(store);
    expect(store.problem()).toBeNull();
    expect(await plain.looks.read(ONE, EXPERIMENT)).toHaveLength(301);
  });

  it('holds no more looks than it may, the newest', async () => {
    const { clock, disk, plain, store } = await aHouse({ maxLooks: 10 });
    disk.fail('SQLITE_FULL');
    for (let at = 1; at <= 25; at += 1) await refusal(store.looks.add(ONE, aLook(at)));
    disk.fail(null);
    await clock.advance(5_000);
    const kept = await plain.looks.read(ONE, EXPERIMENT);
    expect(kept.map(({ snapshot }) => snapshot.asOfMs)).toEqual([
      16, 17, 18, 19, 20, 21, 22, 23, 24, 25,
    ]);
  });

  it('lets go of no look while it fails, and of those asked for once it works', async () => {
    const { clock, disk, plain, store } = await aHouse();
    for (const at of [1, 2, 3]) await store.looks.add(ONE, aLook(at));
    disk.fail('SQLITE_FULL');
    expect(await refusal(store.looks.drop(ONE, EXPERIMENT, [1]))).toBe('store-failed');
    expect(await refusal(store.looks.drop(ONE, EXPERIMENT, [1]))).toBe('store-failed');
    disk.fail(null);
    await clock.advance(60_000);
    expect(await plain.looks.read(ONE, EXPERIMENT)).toEqual([aLook(1), aLook(2), aLook(3)]);
    expect(await store.looks.drop(ONE, EXPERIMENT, [1])).toBe(true);
    expect(await store.looks.read(ONE, EXPERIMENT)).toEqual([aLook(2), aLook(3)]);
  });

  it('writes what waits when it is closed, if the disk is back by then', async () => {
    const { disk, plain, store } = await aHouse();
    disk.fail('SQLITE_FULL');
    await refusal(store.looks.add(ONE, aLook(1)));
    disk.fail(null);
    await store.close();
    expect(await plain.looks.read(ONE, EXPERIMENT)).toEqual([aLook(1)]);
  });

  it('tells when what could not be read can be', async () => {
    const { clock, disk, store } = await aHouse();
    await store.looks.add(ONE, aLook(1));
    let returns = 0;
    store.onReturn(() => (returns += 1));
    disk.fail('SQLITE_FULL');
    await refusal(store.looks.add(ONE, aLook(2)));
    disk.fail(null);
    await clock.advance(5_000);
    expect(returns).toBe(0);
    disk.fail('SQLITE_IOERR_READ', 'everything');
    expect(await refusal(store.looks.read(ONE, EXPERIMENT))).toBe('store-failed');
    disk.fail(null);
    await clock.advance(5_000);
    expect([returns, store.problem()]).toEqual([1, null]);
  });

  it('begins with nothing where nothing can be opened, and moves over when it can: what was kept stands', async () => {
    const { clock, letOpen, openings, plain, store } = await aHouse({ isBlind: true });
    await plain.looks.add(ONE, aLook(1));
    await plain.calls.set(ONE, LOG, [aCall(1)]);
    await plain.histories.set(ONE, EXPERIMENT, aHistory(1));
    await plain.plans.freeze(ONE, EXPERIMENT, aPlan(4_000));
    let returns = 0;
    store.onReturn(() => (returns += 1));
    expect(await store.looks.read(ONE, EXPERIMENT)).toEqual([]);
    await expect(store.requests.read(ONE, 0)).rejects.toThrow('not known');
    await refusal(store.looks.add(ONE, aLook(2)));
    await refusal(store.calls.set(ONE, LOG, [aCall(2)]));
    await refusal(store.histories.set(ONE, EXPERIMENT, aHistory(2)));
    await refusal(store.histories.set(ONE, experimentId(2), aHistory(2)));
    await refusal(store.plans.freeze(ONE, EXPERIMENT, aPlan()));
    await refusal(store.requests.add(ONE, [{ atMs: 5, isBackground: false }]));
    await clock.advance(300_000);
    expect(openings()).toBe(10);
    expect([returns, store.problem()?.code]).toEqual([0, 'store-failed']);
    letOpen();
    await clock.advance(30_000);
    expect([returns, store.problem()]).toEqual([1, null]);
    expect(await store.looks.read(ONE, EXPERIMENT)).toEqual([aLook(1), aLook(2)]);
    expect(await store.calls.read(ONE, LOG)).toEqual([aCall(1)]);
    expect(await store.histories.find(ONE, EXPERIMENT)).toEqual(aHistory(1));
    expect(await store.histories.find(ONE, experimentId(2))).toEqual(aHistory(2));
    expect((await store.plans.read(ONE)).get(EXPERIMENT)).toEqual(aPlan(4_000));
    expect(await store.requests.read(ONE, 0)).toEqual([{ atMs: 5, isBackground: false }]);
  });

  it('ends up, whatever fails and when, as a store that never failed, and reads like it at any time', async () => {
    const id = fc.constantFrom(experimentId(1), experimentId(2));
    const time = fc.integer({ min: 1, max: 30 });
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ do: fc.constant('look' as const), id, time }) },
      { weight: 2, arbitrary: fc.record({ do: fc.constant('latest' as const), id, time }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('call' as const), id, time }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('plan' as const), id, time }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('history' as const), id, time }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('cite' as const), id, time }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('fact' as const), time }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('name' as const), time }) },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('catalogue' as const), time }) },
      { weight: 4, arbitrary: fc.record({ do: fc.constant('request' as const), time }) },
      {
        weight: 1,
        arbitrary: fc.record({
          do: fc.constant('shift' as const),
          byMs: fc.constantFrom(-90_000, 120_000),
        }),
      },
      { weight: 1, arbitrary: fc.record({ do: fc.constant('forget' as const), time }) },
      {
        weight: 3,
        arbitrary: fc.record({
          do: fc.constant('fail' as const),
          code: fc.constantFrom('SQLITE_FULL', 'SQLITE_READONLY', 'SQLITE_BUSY', null),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          do: fc.constant('wait' as const),
          seconds: fc.constantFrom(1, 6, 70),
        }),
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
        const { clock, disk, plain, store } = await aHouse();
        const model = await openStore({ dir: ':memory:' });
        const baseMs = clock.nowMs();
        for (const one of steps) {
          const act = async (on: Store): Promise<unknown> => {
            if (one.do === 'look') return on.looks.add(ONE, aLook(one.time, one.id));
            if (one.do === 'latest') return on.looks.setLatest(ONE, aSnapshot(one.time, one.id));
            if (one.do === 'call')
              return on.calls.set(ONE, { experiment: one.id, goal: null }, [aCall(one.time)]);
            if (one.do === 'history') return on.histories.set(ONE, one.id, aHistory(one.time));
            if (one.do === 'cite')
              return on.citations.add(ONE, one.id, [{ asOfMs: one.time, by: 'call' }]);
            if (one.do === 'plan') return on.plans.freeze(ONE, one.id, aPlan(one.time));
            if (one.do === 'fact')
              return on.facts.set(ONE, 'expected-job-ms', { value: one.time, knownAtMs: 1 });
            if (one.do === 'name') {
              const name = { name: `n${one.time}`, readAtMs: one.time };
              return on.names.set(ONE, [{ variationId: variationId(one.time % 3), ...name }]);
            }
            if (one.do === 'catalogue')
              return on.catalogues.set(ONE, { experiments: [], asOfMs: one.time, quarantined: 0 });
            if (one.do === 'request')
              return on.requests.add(ONE, [
                { atMs: baseMs - one.time * 1_000, isBackground: one.time % 2 > 0 },
              ]);
            if (one.do === 'shift') return on.requests.shift(ONE, one.byMs);
            if (one.do === 'forget') return on.requests.forget(ONE, baseMs - one.time * 1_000);
            return undefined;
          };
          if (one.do === 'fail') disk.fail(one.code);
          else if (one.do === 'wait') await clock.advance(one.seconds * 1_000);
          else {
            await act(model);
            await act(store).catch(() => undefined);
          }
          expect(await contents(store, baseMs)).toEqual(await contents(model, baseMs));
        }
        disk.fail(null);
        await clock.advance(120_000);
        expect(store.problem()).toBeNull();
        expect(await contents(plain, baseMs)).toEqual(await contents(model, baseMs));
        await model.close();
      }),
      { numRuns: 40 },
    );
  });
});
