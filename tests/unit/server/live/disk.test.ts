import { afterEach, describe, expect, it } from 'vitest';
import { connectionId, experimentId } from '@/lib/core/experiment/ids';
import { toQuestion } from '@/lib/core/experiment/question';
import { createResults } from '@/lib/server/live/create-results';
import type { Call } from '@/lib/core/analysis/call';
import type { Results } from '@/lib/server/live/results';
import { createKeptStore } from '@/lib/server/store/kept-store';
import type { FileStore } from '@/lib/server/store/open-store';
import { openStore } from '@/lib/server/store/open-store';
import type { FakeClock } from '@/tests/fakes/clock';
import { createFakeClock } from '@/tests/fakes/clock';
import { silentLog } from '@/tests/fakes/log';
import type { FailingStore } from '../store/failing-store';
import { createFailingStore } from '../store/failing-store';
import { anExperiment, createFakeClient, GOAL, HOUR_MS } from './fake-client';

const MAIN = connectionId('main');
const ONE = toQuestion(experimentId(1));

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const aDisk = async (): Promise<FailingStore> => {
  const file = await openStore({ dir: ':memory:' });
  closing.push(() => file.close());
  return { ...createFailingStore(file), close: () => Promise.resolve() };
};

interface Options {
  readonly clock: FakeClock;
  readonly first: FileStore | Error;
  readonly open: () => Promise<FileStore>;
}

/** One life of the process; upstream goes on through all of them. */
const live = async ({ clock, first, open }: Options): Promise<Results> => {
  const store = createKeptStore({ first, open, clock, log: silentLog });
  const client = createFakeClient(clock, [anExperiment(1), anExperiment(2)]);
  const results = createResults({
    connectionId: MAIN,
    client,
    store,
    clock,
    log: silentLog,
    random: () => 0.5,
  });
  closing.push(async () => {
    await results.stop();
    await store.close();
  });
  await results.start();
  return results;
};

const lookTimes = async (disk: FileStore): Promise<readonly number[]> =>
  (await disk.looks.read(MAIN, experimentId(1))).map(({ snapshot }) => snapshot.asOfMs);

describe('live results on a disk that fails', () => {
  it('go on, say that nothing is remembered, and are all kept when the disk is back', async () => {
    const clock = createFakeClock();
    const disk = await aDisk();
    const results = await live({ clock, first: disk, open: () => Promise.resolve(disk) });
    await clock.advance(60_000);
    const before = await lookTimes(disk);
    disk.fail('SQLITE_FULL');
    await clock.advance(6 * HOUR_MS);
    expect(results.status().storeProblem?.code).toBe('store-failed');
    expect(results.list().storeProblem?.code).toBe('store-failed');
    const reading = results.find(ONE);
    expect(reading?.freshness.state).toBe('live');
    expect(reading?.freshness.asOfMs).toBeGreaterThan(clock.nowMs() - HOUR_MS);
    disk.fail(null);
    await clock.advance(60_000);
    expect(results.status().storeProblem).toBeNull();
    const after = await lookTimes(disk);
    expect(after.length).toBeGreaterThan(before.length);
    const shown = results.curve(ONE, 300)?.points.map(({ atMs }) => atMs) ?? [];
    expect(shown).toEqual(expect.arrayContaining([...after]));
  });

  it('begin with nothing where nothing can be opened, and show what was remembered when it can', async () => {
    const clock = createFakeClock();
    const disk = await aDisk();
    const earlier = await live({ clock, first: disk, open: () => Promise.resolve(disk) });
    await clock.advance(8 * HOUR_MS);
    await earlier.stop();
    const remembered = await lookTimes(disk);
    const kept = await disk.calls.read(MAIN, { experiment: experimentId(1), goal: GOAL });
    expect(remembered.length).toBeGreaterThan(2);

    let isBack = false;
    const full = Object.assign(new Error('no space left'), { code: 'ENOSPC' });
    const results = await live({
      clock,
      first: full,
      open: () => (isBack ? Promise.resolve(disk) : Promise.reject(full)),
    });
    await clock.advance(10_000);
    const shownTimes = (): readonly number[] =>
      results.curve(ONE, 300)?.points.map(({ atMs }) => atMs) ?? [];
    expect(results.find(ONE)?.analysis).not.toBeNull();
    expect(results.status().storeProblem?.detail).toContain('no space left');
    expect(shownTimes()).not.toEqual(expect.arrayContaining([...remembered]));

    const told: number[] = [];
    results.subscribe([ONE], ({ event }) => {
      if (event.type === 'analysis') told.push(results.curve(ONE, 300)?.points.length ?? 0);
    });
    isBack = true;
    await clock.advance(30_000);
    expect(results.status().storeProblem).toBeNull();
    expect(shownTimes()).toEqual(expect.arrayContaining([...remembered]));
    expect(told.at(-1)).toBeGreaterThanOrEqual(remembered.length);
    expect(kept).toHaveLength(1);
    // Since when it holds is told by more looks than before; what was told of it stays.
    const toldOf = ({ heldSinceMs: _, ...call }: Call): Omit<Call, 'heldSinceMs'> => call;
    expect(results.find(ONE)?.analysis?.calls.map(toldOf)).toEqual(kept.map(toldOf));
    expect(await lookTimes(disk)).toEqual(expect.arrayContaining([...remembered]));
  });
});
