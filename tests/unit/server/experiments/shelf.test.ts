import { describe, expect, it } from 'vitest';
import { connectionId } from '@/lib/core/experiment/ids';
import { toQuestion } from '@/lib/core/experiment/question';
import { createShelf } from '@/lib/server/experiments/shelf';
import { openStore } from '@/lib/server/store/open-store';
import { anExperiment, countsAt, DAY_MS, STARTED_MS } from '../live/fake-client';

const MAIN = connectionId('main');
const RUNNING = 6;
const AT_REST = 120;
const MANY_LOOKS = 150;
const FEW_LOOKS = 5;

const experiments = [
  ...Array.from({ length: AT_REST }, (_, at) =>
    anExperiment(1001 + at, { status: 'stopped', endedAtMs: STARTED_MS + 30 * DAY_MS }),
  ),
  ...Array.from({ length: RUNNING }, (_, at) => anExperiment(1 + at)),
];

/** A store in which the running experiments have many looks, those at rest a few. */
async function aShelf(isOpen: (id: string) => boolean = () => false) {
  const store = await openStore({ dir: ':memory:' });
  for (const experiment of experiments) {
    const count = experiment.status === 'active' ? MANY_LOOKS : FEW_LOOKS;
    for (let at = 1; at <= count; at += 1) {
      const snapshot = countsAt(experiment, STARTED_MS + (30 * DAY_MS * at) / count);
      await store.looks.add(MAIN, { snapshot, source: 'live' });
      if (at === count) await store.looks.setLatest(MAIN, snapshot);
    }
  }
  const writes: Promise<unknown>[] = [];
  const shelf = createShelf({
    connectionId: MAIN,
    store,
    isOpen,
    remember: (write) => void writes.push(write()),
    onStoreFailure: (error) => {
      throw error;
    },
  });
  return { store, shelf };
}

/** Turns of the event loop that others get while the work goes on. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let turns = 0;
  let isDone = false;
  const count = (): void => {
    turns += 1;
    if (!isDone) setImmediate(count);
  };
  setImmediate(count);
  await work;
  isDone = true;
  return turns;
}

describe('thousands of experiments', () => {
  it('come onto the shelf with those that run first, and others get their turns in between', async () => {
    const { shelf } = await aShelf();
    const came: string[] = [];
    const turns = await turnsDuring(shelf.stock(experiments, (id) => came.push(id)));
    expect(came).toHaveLength(RUNNING + AT_REST);
    expect(came.slice(0, RUNNING).every((id) => Number(id) <= RUNNING)).toBe(true);
    // Between reading, judging and drawing each of the long ones.
    expect(turns).toBeGreaterThanOrEqual(3 * RUNNING);
    expect(shelf.tracks().map((track) => track.experiment().id)).toEqual(
      experiments.map(({ id }) => id),
    );
  });

  it('sleep when they are at rest and nobody has them open, and say the same as before', async () => {
    const { shelf, store } = await aShelf((id) => id === '1001');
    await shelf.stock(experiments, () => undefined);
    await shelf.setProof('visitors', () => undefined);
    const isAwake = (id: number): boolean => shelf.find(anExperiment(id).id)?.isAsleep() === false;
    const held = shelf
      .tracks()
      .filter((track) => track.experiment().status !== 'active')
      .reduce((sum, track) => sum + track.looks().length, 0);
    expect(held).toBeLessThanOrEqual((AT_REST / 2) * FEW_LOOKS);
    expect(isAwake(1)).toBe(true);
    expect(isAwake(1001)).toBe(true);
    expect(isAwake(1002)).toBe(false);

    const sleeper = experiments[1];
    if (!sleeper) expect.fail('there is nobody');
    const question = toQuestion(sleeper.id);
    const before = shelf.find(sleeper.id)?.analysis(question);
    expect(before?.verdict.state).toBe('winner');
    await shelf.wake(sleeper);
    expect(shelf.find(sleeper.id)?.analysis(question)).toEqual(before);
    expect(shelf.find(sleeper.id)?.curve(question, 100)).toHaveLength(FEW_LOOKS);
    await store.close();
  });

  it('are judged anew by a new proof, asleep or not, one after another', async () => {
    const { shelf } = await aShelf();
    await shelf.stock(experiments, () => undefined);
    const changed: string[] = [];
    const turns = await turnsDuring(shelf.setProof('visitors', (id) => changed.push(id)));
    expect(changed).toHaveLength(RUNNING + AT_REST);
    expect(turns).toBeGreaterThanOrEqual(2 * RUNNING);
    for (const track of shelf.tracks())
      expect(track.analysis(toQuestion(track.experiment().id))?.verdict.state).toBe('winner');
  });

  it('take a new reading asleep as they would awake', async () => {
    const { shelf, store } = await aShelf();
    await shelf.setProof('visitors', () => undefined);
    await shelf.stock(experiments, () => undefined);
    const experiment = experiments[0];
    if (!experiment) expect.fail('there is nobody');
    expect(shelf.find(experiment.id)?.isAsleep()).toBe(true);
    const snapshot = countsAt(experiment, STARTED_MS + 31 * DAY_MS);
    await shelf.take(snapshot);
    expect(shelf.find(experiment.id)?.latest()).toBe(snapshot);
    expect(await store.looks.read(MAIN, experiment.id)).toHaveLength(FEW_LOOKS + 1);
  });
});
