import { describe, expect, it } from 'vitest';
import type { Settings } from '@/lib/core/analysis/settings';
import type { Experiment } from '@/lib/core/experiment/experiment';
import type { ExperimentId } from '@/lib/core/experiment/ids';
import { connectionId } from '@/lib/core/experiment/ids';
import { toQuestion } from '@/lib/core/experiment/question';
import type { Snapshot } from '@/lib/core/experiment/snapshot';
import type { Shelf } from '@/lib/server/experiments/shelf';
import { createShelf } from '@/lib/server/experiments/shelf';
import type { Store } from '@/lib/server/store/open-store';
import { openStore } from '@/lib/server/store/open-store';
import { anExperiment, countsAt, DAY_MS, GOAL, HOUR_MS, STARTED_MS } from '../live/fake-client';

const MAIN = connectionId('main');
const experiment = anExperiment(1);
const LOG = { experiment: experiment.id, goal: GOAL };
const QUESTION = toQuestion(experiment.id);

interface Process {
  readonly shelf: Shelf;
  readonly refused: readonly ExperimentId[];
  /** Takes counts, oldest first, and waits for what is written. */
  take(snapshots: readonly Snapshot[]): Promise<void>;
  settle(): Promise<void>;
}

/** One life of the process on a store. */
async function aProcess(
  store: Store,
  { one = experiment, plan }: { one?: Experiment; plan?: Partial<Settings> } = {},
): Promise<Process> {
  const writes: Promise<unknown>[] = [];
  const refused: ExperimentId[] = [];
  const shelf = createShelf({
    connectionId: MAIN,
    store,
    isOpen: () => true,
    remember: (write) => void writes.push(write()),
    onStoreFailure: (error) => {
      throw error;
    },
    ...(plan && { wishes: new Map([[one.id, plan]]) }),
    onPlanRefused: (id) => refused.push(id),
  });
  const settle = async (): Promise<void> => {
    for (let next = writes.shift(); next; next = writes.shift()) await next;
  };
  await shelf.setProof('visitors', () => undefined);
  await shelf.stock([one], () => undefined);
  const take = async (snapshots: readonly Snapshot[]): Promise<void> => {
    for (const snapshot of snapshots) {
      await shelf.take(snapshot);
      await settle();
    }
  };
  return { shelf, refused, take, settle };
}

const aStore = (): Promise<Store> => openStore({ dir: ':memory:' });

const trackOf = ({ shelf }: Process) => {
  const track = shelf.find(experiment.id);
  if (!track) throw new Error('it is not on the shelf');
  return track;
};
const analysisOf = (one: Process) => {
  const analysis = trackOf(one).analysis(QUESTION);
  if (!analysis) throw new Error('nothing was read');
  return analysis;
};
const historyOf = (one: Process) => trackOf(one).history().history;

/** Counts whose difference rises and falls, so that a call is made, shaken, and stands. */
const swinging = (atMs: number): Snapshot => {
  const days = (atMs - STARTED_MS) / DAY_MS;
  const better = 0.05 * (1 + 0.16 * Math.exp(-days / 30) * (1 + 0.2 * Math.sin(days / 3)));
  return countsAt(experiment, atMs, 'visitors', {
    visitorsPerHour: 200,
    rates: [0.05, better],
    repeats: 0,
  });
};
const hourly = (fromDay: number, toDay: number): Snapshot[] =>
  Array.from({ length: Math.round((toDay - fromDay) * 24) }, (_, hour) =>
    swinging(STARTED_MS + fromDay * DAY_MS + (hour + 1) * HOUR_MS),
  );

describe('an experiment after a restart', () => {
  it('goes on where it was: the same calls, verdict and smallest p, judged from nothing but what is new', async () => {
    const store = await aStore();
    const before = await aProcess(store);
    await before.take(hourly(0, 20));
    expect(analysisOf(before).calls.length).toBeGreaterThan(0);
    // What was decided does not hang on looks that are gone.
    const looks = trackOf(before).looks();
    const old = looks.slice(1, -1).map(({ snapshot }) => snapshot.asOfMs);
    await store.looks.drop(MAIN, experiment.id, old);
    const after = await aProcess(store);
    expect(trackOf(after).looks().length).toBeLessThan(looks.length);
    expect(historyOf(after)).toEqual(historyOf(before));
    expect(analysisOf(after)).toEqual(analysisOf(before));
    for (const one of [before, after]) await one.take(hourly(20, 22));
    expect(analysisOf(after).calls).toEqual(analysisOf(before).calls);
  });

  it('has its calls in the log, one row each, with the numbers they were made on', async () => {
    const store = await aStore();
    const one = await aProcess(store);
    await one.take(hourly(0, 20));
    const log = await store.calls.read(MAIN, LOG);
    expect(log).toEqual(historyOf(one).calls);
    const made = log[0]?.events[0];
    const look = trackOf(one)
      .looks()
      .find(({ snapshot }) => snapshot.asOfMs === made?.atMs);
    expect(made).toMatchObject({
      kind: 'called',
      figures: {
        variation: {
          n: look?.snapshot.arms[1]?.visitors,
          x: look?.snapshot.arms[1]?.goals[GOAL]?.converted,
        },
      },
    });
    expect(await store.citations.read(MAIN, experiment.id)).toContain(made?.atMs);
  });

  it('is judged anew from its looks where what they left behind is damaged, and keeps its calls', async () => {
    const store = await aStore();
    const before = await aProcess(store);
    await before.take(hourly(0, 20));
    const lost: Store = {
      ...store,
      histories: { ...store.histories, find: () => Promise.resolve(undefined) },
    };
    const after = await aProcess(lost);
    expect(analysisOf(after).calls).toEqual(analysisOf(before).calls);
    expect(analysisOf(after).verdict).toEqual(analysisOf(before).verdict);
    expect(historyOf(after).splitP).toBe(historyOf(before).splitP);
  });

  it('keeps its calls even where its looks are lost as well', async () => {
    const store = await aStore();
    const before = await aProcess(store);
    await before.take(hourly(0, 20));
    const lost: Store = {
      ...store,
      histories: { ...store.histories, find: () => Promise.resolve(undefined) },
      looks: { ...store.looks, read: () => Promise.resolve([]) },
    };
    expect(analysisOf(await aProcess(lost)).calls).toEqual(analysisOf(before).calls);
  });

  it('is judged anew when a look of the past was bought that its history does not know', async () => {
    const store = await aStore();
    const before = await aProcess(store);
    await before.take([countsAt(experiment, STARTED_MS + 30 * DAY_MS)]);
    expect(analysisOf(before).call).toMatchObject({ confirmedAtMs: null });
    // As if the process had died between the two writes.
    const snapshot = countsAt(experiment, STARTED_MS + 29 * DAY_MS);
    await store.looks.add(MAIN, { snapshot, source: 'backfill' });
    const after = await aProcess(store);
    expect(analysisOf(after).call).toMatchObject({
      calledAtMs: snapshot.asOfMs,
      confirmedAtMs: STARTED_MS + 30 * DAY_MS,
    });
    expect(await store.calls.read(MAIN, LOG)).toEqual(analysisOf(after).calls);
  });
});

describe('looks thinned with age', () => {
  it('change no call, no final look and no p: not in the process, not after a restart', async () => {
    const store = await aStore();
    const thin = await aProcess(store, { plan: { plannedEnd: 300_000 } });
    const never = await aStore();
    const unthinned = await aProcess(
      { ...never, looks: { ...never.looks, drop: () => Promise.resolve(false) } },
      { plan: { plannedEnd: 300_000 } },
    );
    const snapshots = hourly(0, 90);
    await thin.take(snapshots);
    await unthinned.take(snapshots);
    const kept = trackOf(thin).looks();
    expect(kept.length).toBeLessThan(0.7 * trackOf(unthinned).looks().length);
    expect(await store.looks.read(MAIN, experiment.id)).toEqual(kept);
    expect(historyOf(thin)).toEqual(historyOf(unthinned));
    expect(Object.keys(historyOf(thin).finals)).toHaveLength(1);
    expect(analysisOf(thin)).toEqual(analysisOf(unthinned));
    const again = await aProcess(store);
    expect(historyOf(again)).toEqual(historyOf(unthinned));
    expect(analysisOf(again)).toEqual(analysisOf(unthinned));
    // Judged anew from the thinned looks, as by another proof and back.
    for (const proof of ['unproven', 'visitors'] as const)
      await again.shelf.setProof(proof, () => undefined);
    expect(analysisOf(again).calls).toEqual(analysisOf(unthinned).calls);
    expect(historyOf(again).finals).toEqual(historyOf(unthinned).finals);
    expect(historyOf(again).splitP).toBe(historyOf(unthinned).splitP);
    expect(analysisOf(again).verdict).toEqual(analysisOf(unthinned).verdict);
  });
});

describe('a plan', () => {
  it('is what was planned before the first look, and is never changed after it', async () => {
    const store = await aStore();
    const planned = { plannedEnd: 40_000, plannedEffect: 0.1 };
    const first = await aProcess(store, { plan: planned });
    expect(first.shelf.planOf(experiment.id)).toBeNull();
    const [snapshot] = hourly(10, 11);
    if (!snapshot) expect.fail('there are no counts');
    await first.take([snapshot]);
    const plan = { setBy: 'file', frozenAtMs: snapshot.asOfMs, isWishRefused: false };
    expect(first.shelf.planOf(experiment.id)).toEqual(plan);

    const second = await aProcess(store, { plan: { plannedEnd: 400_000 } });
    await second.take(hourly(11, 12));
    expect(second.refused).toEqual([experiment.id]);
    expect(second.shelf.planOf(experiment.id)).toEqual({ ...plan, isWishRefused: true });
    expect(analysisOf(second).method).toMatchObject(planned);

    const third = await aProcess(store);
    expect([third.refused, analysisOf(third).method.plannedEnd]).toEqual([[], 40_000]);
  });

  it('that comes after the first look is refused: the defaults are frozen', async () => {
    const store = await aStore();
    await (await aProcess(store)).take(hourly(1, 2));
    const after = await aProcess(store, { plan: { smallestEffect: 0.05 } });
    expect(after.refused).toEqual([experiment.id]);
    expect(after.shelf.planOf(experiment.id)).toMatchObject({ setBy: 'default' });
    expect(analysisOf(after).method.smallestEffect).toBe(0.01);
  });

  it('with an end has one final look, frozen over restarts and points of the past bought later', async () => {
    const store = await aStore();
    const plan = { plannedEnd: 60_000 };
    const before = await aProcess(store, { plan });
    // Met long after its end: the first look is the final one.
    await before.take([swinging(STARTED_MS + 12 * DAY_MS), swinging(STARTED_MS + 13 * DAY_MS)]);
    const finals = historyOf(before).finals;
    expect(Object.values(finals).map(({ atMs }) => atMs)).toEqual([STARTED_MS + 12 * DAY_MS]);
    const isFinal = (one: Process) => analysisOf(one).arms[1]?.comparison?.basis;
    expect(isFinal(before)).toBe('final');
    const snapshot = swinging(STARTED_MS + 8 * DAY_MS);
    await before.shelf.addPast({ snapshot, source: 'backfill' });
    await before.settle();
    expect(historyOf(before).finals).toEqual(finals);
    const after = await aProcess(store, { plan });
    await after.take([swinging(STARTED_MS + 14 * DAY_MS)]);
    expect(historyOf(after).finals).toEqual(finals);
    expect(isFinal(after)).toBe('final');
  });
});
