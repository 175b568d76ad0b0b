import { describe, expect, it } from 'vitest';
import { experimentId } from '@/lib/core/experiment/ids';
import { toQuestion } from '@/lib/core/experiment/question';
import { HOUR_MS } from './fake-client';
import { aHouse, fourteen, MINUTE_MS, type House } from './results-house';

/** The ages (ms) of an experiment's data, sampled every second. */
async function agesOf({ clock, results }: House, id: number, forMs: number): Promise<number[]> {
  const ages: number[] = [];
  for (let at = 0; at < forMs; at += 1000) {
    await clock.advance(1000);
    const asOfMs = results.find(toQuestion(experimentId(id)))?.freshness.asOfMs ?? 0;
    ages.push(clock.nowMs() - asOfMs);
  }
  return ages.sort((a, b) => a - b);
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;

describe('how fresh results are', () => {
  it('costs upstream for 300 viewers exactly what it costs for one', async () => {
    const asked: number[] = [];
    for (const viewers of [1, 300]) {
      const { clock, client, results } = await aHouse(fourteen());
      for (let at = 0; at < viewers; at += 1)
        results.subscribe([toQuestion(experimentId(3))], () => undefined);
      await clock.advance(30 * MINUTE_MS);
      asked.push(client.asked.length);
      await results.stop();
    }
    expect(asked[1]).toBe(asked[0]);
  });

  it('keeps one experiment watched alone among fourteen at most 20 s old', async () => {
    const house = await aHouse(fourteen());
    house.results.subscribe([toQuestion(experimentId(3))], () => undefined);
    await house.clock.advance(5 * MINUTE_MS);
    const early = await agesOf(house, 3, 20 * MINUTE_MS);
    expect(quantile(early, 0.95)).toBeLessThanOrEqual(20_000);
    await house.clock.advance(6 * HOUR_MS);
    const late = await agesOf(house, 3, 20 * MINUTE_MS);
    expect(quantile(late, 0.95)).toBeLessThanOrEqual(17_000);
    expect(house.client.requestsInLastHour()).toBeLessThanOrEqual(0.77 * 950);
  });

  it('keeps fourteen watched experiments at most four minutes old, within the paced share', async () => {
    const house = await aHouse(fourteen());
    const questions = house.client.experiments.map(({ id }) => toQuestion(id));
    house.results.subscribe(questions, () => undefined);
    await house.clock.advance(HOUR_MS);
    const ages = await agesOf(house, 9, 30 * MINUTE_MS);
    expect(ages.at(-1)).toBeLessThanOrEqual(4 * MINUTE_MS);
    expect(house.client.requestsInLastHour()).toBeLessThanOrEqual(0.77 * 950);
  });

  it('reads at a tenth of the pace when nobody watches, and falls back to it when the last one leaves', async () => {
    const { clock, client, results } = await aHouse(fourteen());
    await clock.advance(3 * HOUR_MS);
    const before = client.asked.length;
    await clock.advance(4 * HOUR_MS);
    // A tenth of 0.75 * 950 requests an hour, at two a report.
    const unwatched = (client.asked.length - before) / 4;
    expect(unwatched).toBeGreaterThanOrEqual(33);
    expect(unwatched).toBeLessThanOrEqual(39);

    const leave = results.subscribe([toQuestion(experimentId(3))], () => undefined);
    const other = results.subscribe([toQuestion(experimentId(3))], () => undefined);
    leave();
    await clock.advance(10 * MINUTE_MS);
    const watched = client.readings(3).length;
    other();
    other();
    expect(results.status()).toMatchObject({ viewers: 0, watched: 0 });
    await clock.advance(10 * MINUTE_MS);
    expect(client.readings(3).length - watched).toBeLessThanOrEqual(1);
  });
});
