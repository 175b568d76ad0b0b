import { afterEach, describe, expect, it } from 'vitest';
import type { Experiment } from '@/lib/core/experiment/experiment';
import { connectionId, experimentId, variationId } from '@/lib/core/experiment/ids';
import type { CatalogueKeeper } from '@/lib/server/experiments/catalogue-keeper';
import { createCatalogueKeeper } from '@/lib/server/experiments/catalogue-keeper';
import type { CataloguePart, ListPart } from '@/lib/server/kameleoon/client';
import type { Store } from '@/lib/server/store/open-store';
import { openStore } from '@/lib/server/store/open-store';
import type { FakeClock } from '@/tests/fakes/clock';
import { createFakeClock } from '@/tests/fakes/clock';
import { silentLog } from '@/tests/fakes/log';
import type { FakeClient } from '../live/fake-client';
import { anExperiment, createFakeClient } from '../live/fake-client';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const running: CatalogueKeeper[] = [];
afterEach(() => {
  for (const keeper of running.splice(0)) keeper.stop();
});

interface House {
  readonly clock: FakeClock;
  readonly client: FakeClient;
  readonly store: Store;
  readonly keeper: CatalogueKeeper;
  /** How many experiments each list had that was told. */
  readonly told: number[];
}

/** So many running ones, the first of the list, and so many stopped ones behind them. */
const anAccount = (active: number, stopped: number): Experiment[] => [
  ...Array.from({ length: active }, (_, at) => anExperiment(1 + at)),
  ...Array.from({ length: stopped }, (_, at) => anExperiment(10_001 + at, { status: 'stopped' })),
];

async function aHouse(
  experiments: Experiment[],
  more: Partial<Pick<House, 'store' | 'clock'>> & {
    readonly alter?: (part: ListPart, answer: CataloguePart) => CataloguePart;
    readonly isPressed?: () => boolean;
    readonly spareMs?: () => number;
  } = {},
): Promise<House> {
  const clock = more.clock ?? createFakeClock();
  const client = createFakeClient(clock, experiments);
  const store = more.store ?? (await openStore({ dir: ':memory:' }));
  const told: number[] = [];
  const { alter = (_part: ListPart, answer: CataloguePart) => answer } = more;
  const keeper = createCatalogueKeeper({
    connectionId: connectionId('main'),
    client: {
      ...client,
      readCatalogue: async (request) =>
        alter(request.part ?? { kind: 'running' }, await client.readCatalogue(request)),
    },
    store,
    clock,
    log: silentLog,
    hasViewers: () => true,
    isPressed: more.isPressed ?? (() => false),
    spare: more.spareMs ?? (() => 0),
    onCatalogue: (catalogue) => told.push(catalogue.experiments.length),
    onRead: () => undefined,
    onStoreFailure: (error) => {
      throw error;
    },
  });
  running.push(keeper);
  await keeper.restore();
  keeper.start();
  return { clock, client, store, keeper, told };
}

const kinds = ({ lists }: FakeClient): string[] =>
  lists.map((part) => (part.kind === 'page' ? `page ${part.page.offset}` : part.kind));
const idsOf = (keeper: CatalogueKeeper): string[] =>
  (keeper.last()?.experiments ?? []).map(({ id }) => id);

describe('a list of several pages', () => {
  it('begins with what runs, and follows page by page, told as progress', async () => {
    const { clock, client, keeper, told } = await aHouse(anAccount(10, 590));
    await clock.advance(310);
    expect(told).toEqual([10]);
    expect(keeper.isWhole()).toBe(false);
    expect(keeper.listed()).toEqual({ read: 10, total: null });
    await clock.advance(310);
    expect(keeper.listed()).toEqual({ read: 200, total: 600 });
    await clock.advance(2_000);
    expect(kinds(client)).toEqual(['running', 'page 0', 'page 200', 'page 400']);
    expect(told).toEqual([10, 200, 400, 600]);
    expect(keeper.listed()).toEqual({ read: 600, total: 600 });
    expect(keeper.isWhole()).toBe(true);
  });

  it('costs one request every five minutes, and its pages once an hour', async () => {
    const { clock, client } = await aHouse(anAccount(10, 590));
    await clock.advance(10_000);
    client.lists.length = 0;
    await clock.advance(HOUR_MS - 20_000);
    expect(kinds(client)).toEqual(Array.from({ length: 11 }, () => 'running'));
    await clock.advance(MINUTE_MS);
    expect(kinds(client).filter((kind) => kind.startsWith('page'))).toHaveLength(3);
  });

  it('waits with its pages for first verdicts, and the next rounds for spare budget', async () => {
    let isPressed = true;
    let spareMs = 0;
    const { clock, client } = await aHouse(anAccount(10, 590), {
      isPressed: () => isPressed,
      spareMs: () => spareMs,
    });
    await clock.advance(30_000);
    expect(kinds(client)).toEqual(['running']);
    isPressed = false;
    await clock.advance(5_000);
    expect(kinds(client)).toHaveLength(4);
    spareMs = 1_000;
    await clock.advance(2 * HOUR_MS);
    expect(kinds(client).filter((kind) => kind !== 'running')).toHaveLength(3);
    spareMs = 0;
    await clock.advance(5_000);
    expect(kinds(client).filter((kind) => kind !== 'running')).toHaveLength(6);
  });

  it('follows one that stops by its id, at the next look at what runs', async () => {
    const { clock, client, keeper } = await aHouse(anAccount(10, 590));
    await clock.advance(10_000);
    client.experiments = client.experiments.map((one) =>
      one.id === experimentId(3) ? { ...one, status: 'stopped' } : one,
    );
    client.lists.length = 0;
    await clock.advance(5 * MINUTE_MS);
    expect(kinds(client)).toEqual(['running', 'ids']);
    expect(keeper.find(experimentId(3))?.status).toBe('stopped');
    expect(keeper.last()?.experiments).toHaveLength(600);
  });

  it('loses one that was deleted, and only then', async () => {
    const { clock, client, keeper } = await aHouse(anAccount(10, 590));
    await clock.advance(10_000);
    client.experiments = client.experiments.filter(
      ({ id }) => id !== experimentId(3) && id !== experimentId(10_100),
    );
    await clock.advance(5 * MINUTE_MS);
    expect(idsOf(keeper)).not.toContain('3');
    expect(idsOf(keeper)).toContain('10100');
    await clock.advance(HOUR_MS);
    expect(idsOf(keeper)).not.toContain('10100');
    expect(idsOf(keeper)).toHaveLength(598);
  });

  it('never loses what a page merely did not show', async () => {
    const slipped = new Set(['10200', '10201', '10202']);
    let isSlipping = false;
    const { clock, client, keeper } = await aHouse(anAccount(10, 590), {
      alter: (part, answer) =>
        part.kind === 'page' && isSlipping
          ? { ...answer, experiments: answer.experiments.filter(({ id }) => !slipped.has(id)) }
          : answer,
    });
    await clock.advance(10_000);
    isSlipping = true;
    for (let hour = 0; hour < 3; hour += 1) {
      client.lists.length = 0;
      await clock.advance(HOUR_MS);
      expect(kinds(client)).toContain('page 400');
      expect(idsOf(keeper)).toHaveLength(600);
    }
  });

  it('keeps what it knows while a page cannot be had, and goes on from there', async () => {
    const { clock, client, keeper } = await aHouse(anAccount(10, 590));
    await clock.advance(10_000);
    client.catalogueFailing = 'upstream-failed';
    await clock.advance(2 * HOUR_MS);
    expect(idsOf(keeper)).toHaveLength(600);
    expect(keeper.problem()?.code).toBe('upstream-failed');
    client.catalogueFailing = null;
    await clock.advance(2 * MINUTE_MS);
    expect(keeper.problem()).toBeNull();
    expect(idsOf(keeper)).toHaveLength(600);
  });

  it('is there at once in the next process, and is never taken for a whole that was not', async () => {
    const first = await aHouse(anAccount(10, 590));
    await first.clock.advance(400);
    first.keeper.stop();
    const second = await aHouse([], first);
    expect(second.keeper.last()).toBeUndefined();
    second.keeper.stop();

    const third = await aHouse(anAccount(10, 590), first);
    await third.clock.advance(10_000);
    third.keeper.stop();
    const fourth = await aHouse(anAccount(10, 590), first);
    expect(fourth.keeper.last()?.experiments).toHaveLength(600);
    expect(fourth.keeper.isWhole()).toBe(true);
  });
});

describe('a filter that cannot be relied on', () => {
  it('is done without where it is refused: the whole is read instead, at a pace it can bear', async () => {
    const { clock, client, keeper } = await aHouse(anAccount(10, 590));
    client.isFilterRefused = true;
    await clock.advance(10_000);
    expect(idsOf(keeper)).toHaveLength(600);
    client.lists.length = 0;
    await clock.advance(HOUR_MS);
    expect(kinds(client)).not.toContain('running');
    expect(client.lists.length).toBeGreaterThanOrEqual(11 * 3);
    expect(client.lists.length).toBeLessThanOrEqual(13 * 3);
  });

  it('is given up when it lacks what runs, as the whole list or their own addresses show', async () => {
    const { clock, client, keeper } = await aHouse(anAccount(10, 590), {
      alter: (part, answer) => (part.kind === 'running' ? { ...answer, experiments: [] } : answer),
    });
    await clock.advance(10_000);
    expect(idsOf(keeper)).toHaveLength(600);
    client.lists.length = 0;
    await clock.advance(30 * MINUTE_MS);
    expect(kinds(client)).not.toContain('running');
    expect(keeper.last()?.experiments.filter(({ status }) => status === 'active')).toHaveLength(10);
  });
});

describe('a list of one page', () => {
  it('is read as a whole every five minutes, in one request', async () => {
    const { clock, client, keeper } = await aHouse(anAccount(5, 20));
    await clock.advance(10_000);
    expect(kinds(client)).toEqual(['running', 'page 0']);
    client.experiments = [...client.experiments, anExperiment(77, { status: 'paused' })];
    client.lists.length = 0;
    await clock.advance(5 * MINUTE_MS);
    expect(kinds(client)).toEqual(['page 0']);
    expect(keeper.find(experimentId(77))?.status).toBe('paused');
  });
});

describe('names of variations', () => {
  const unnamed = (one: Experiment): Experiment => ({
    ...one,
    variations: one.variations.map((variation) =>
      variation.isOriginal ? variation : { ...variation, name: variation.id },
    ),
  });
  const nameOf = (keeper: CatalogueKeeper, id: number): string | undefined =>
    keeper.find(experimentId(id))?.variations[1]?.name;

  it('of what runs are there with the first list, the others when there is budget to spare', async () => {
    let spareMs = 60_000;
    const { clock, keeper } = await aHouse(anAccount(10, 150).map(unnamed), {
      spareMs: () => spareMs,
    });
    await clock.advance(600);
    expect(nameOf(keeper, 1)).toBe(`Name of ${variationId(11)}`);
    await clock.advance(10 * MINUTE_MS);
    expect(nameOf(keeper, 10_001)).toBe('100011');
    spareMs = 0;
    await clock.advance(5 * MINUTE_MS);
    expect(nameOf(keeper, 10_001)).toBe('Name of 100011');
    expect(nameOf(keeper, 10_150)).toBe('Name of 101501');
  });
});
