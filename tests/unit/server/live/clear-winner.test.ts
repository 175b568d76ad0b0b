import { describe, expect, it } from 'vitest';
import { connectionId, experimentId } from '@/lib/core/experiment/ids';
import { toQuestion } from '@/lib/core/experiment/question';
import { openStore } from '@/lib/server/store/open-store';
import { createFakeClock } from '../../../fakes/clock';
import { anExperiment, createFakeClient, DAY_MS, GOAL, HOUR_MS, JOB_MS } from './fake-client';
import { aHouse } from './results-house';

const ONE = toQuestion(experimentId(1));

/** A month old, well ahead, never seen before. */
const aMonthOld = () => {
  const clock = createFakeClock();
  return { clock, experiment: anExperiment(1, { startedAtMs: clock.nowMs() - 30 * DAY_MS }) };
};

describe('a clear winner of a month, met with an empty store', () => {
  it('is called by the first reading once the unit is shown, and confirmed by the first point of its past', async () => {
    const { clock, experiment } = aMonthOld();
    const client = createFakeClient(clock, [experiment]);
    const { results, store } = await aHouse([], { clock, client });
    const find = () => results.find(ONE)?.analysis;
    const advanceUntil = async (isDone: () => boolean): Promise<void> => {
      for (let second = 0; second < 3600 && !isDone(); second += 1) await clock.advance(1_000);
    };
    await advanceUntil(() => find()?.call != null);
    const reading = client.readings(1)[0];
    expect(find()?.verdict).toMatchObject({ state: 'winner', variationId: '11' });
    expect(find()?.call).toMatchObject({ calledAtMs: reading?.atMs, confirmedAtMs: null, day: 30 });
    // One live reading, and the two reports that show the unit; of the past none has come yet.
    expect(client.readings(1)).toHaveLength(1);
    expect(results.find(ONE)?.curveRevision).toBe(0);
    expect(client.asked.length - client.pastPoints(1).length).toBeLessThanOrEqual(3);
    expect(clock.monotonicMs()).toBeLessThan(30_000);

    await advanceUntil(() => find()?.call?.confirmedAtMs != null);
    expect(results.find(ONE)?.curveRevision).toBe(1);
    expect(client.readings(1)).toHaveLength(1);
    const [point] = client.pastPoints(1);
    expect(reading && point?.endMs && reading.atMs - point.endMs).toBeGreaterThanOrEqual(DAY_MS);
    expect(reading && point?.endMs && reading.atMs - point.endMs).toBeLessThan(DAY_MS + HOUR_MS);
    expect(find()?.call).toMatchObject({
      calledAtMs: point?.endMs,
      confirmedAtMs: reading?.atMs,
      day: 29,
      withdrawn: null,
    });
    expect(find()?.call?.events.map(({ kind }) => kind)).toEqual(['called', 'best', 'confirmed']);
    const log = { experiment: experiment.id, goal: GOAL };
    expect(await store.calls.read(connectionId('main'), log)).toEqual(find()?.calls);
  });

  it('is called by its very first reading where the unit was shown before', async () => {
    const { clock, experiment } = aMonthOld();
    const client = createFakeClient(clock, [experiment]);
    const store = await openStore({ dir: ':memory:' });
    const shown = { value: 'visitors', knownAtMs: clock.nowMs() } as const;
    await store.facts.set(connectionId('main'), 'unit-proof', shown);
    const { results } = await aHouse([], { clock, client, store });
    const find = () => results.find(ONE)?.analysis;
    while (!find() && clock.monotonicMs() < 30_000) await clock.advance(100);
    expect([client.readings(1).length, results.find(ONE)?.curveRevision]).toEqual([1, 0]);
    expect(find()?.call).toMatchObject({ state: 'winner', calledAtMs: client.asked[0]?.atMs });
    expect(clock.nowMs() - (client.asked[0]?.atMs ?? 0)).toBeLessThan(JOB_MS + 200);
  });

  it('stays as it was called over a restart, without a report', async () => {
    const { clock, experiment } = aMonthOld();
    const client = createFakeClient(clock, [experiment]);
    const first = await aHouse([], { clock, client });
    await clock.advance(6 * HOUR_MS);
    const before = first.results.find(ONE)?.analysis?.calls;
    expect(before).toHaveLength(1);
    await first.results.stop();
    const silent = createFakeClient(clock, []);
    silent.failing = 'upstream-unreachable';
    silent.catalogueFailing = 'upstream-unreachable';
    const second = await aHouse([], { clock, store: first.store, client: silent });
    expect(second.results.find(ONE)?.analysis?.calls).toEqual(before);
  });
});
