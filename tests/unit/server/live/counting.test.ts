import { describe, expect, it } from 'vitest';
import { experimentId } from '@/lib/core/experiment/ids';
import { toQuestion } from '@/lib/core/experiment/question';
import { createFakeClock } from '@/tests/fakes/clock';
import { analysisOf, anOddHouse, checkOf, pastOf, QUESTION, unitsOf } from './counting-house';
import { anExperiment, createFakeClient, DAY_MS, HOUR_MS, TRAFFIC } from './fake-client';
import { aHouse, MINUTE_MS } from './results-house';

describe('where conversions count visits', () => {
  it('the verdict is made on first visits and says so; each reading is one report', async () => {
    const house = await anOddHouse();
    house.results.subscribe([QUESTION], () => undefined);
    await house.clock.advance(MINUTE_MS);
    expect(house.results.status().unitProof).toBe('visits');
    await house.clock.advance(MINUTE_MS);
    expect(checkOf(house, 'unit')).toEqual({
      id: 'unit',
      state: 'passed',
      reasons: [{ kind: 'first-visits' }],
    });
    expect(analysisOf(house)?.verdict.state).toBe('winner');
    expect(analysisOf(house)?.call).toMatchObject({ unit: 'first-visits' });
    const moments = house.client.readings(1).map(({ atMs }) => atMs);
    expect(new Set(moments).size).toBe(moments.length);
    expect(house.client.readings(1).at(-1)?.unit).toBe('first-visits');
  });

  it('the past is bought as first visits, and the curve holds nothing else', async () => {
    const house = await anOddHouse();
    await house.clock.advance(3 * HOUR_MS);
    const past = pastOf(house);
    expect(past.filter(({ unit }) => unit === 'first-visits').length).toBeGreaterThanOrEqual(8);
    const points = house.results.curve(QUESTION, 500)?.points ?? [];
    expect(points.length).toBeGreaterThan(8);
    // The rate of people; that of visits would be a tenth higher.
    for (const { arms } of points) expect(arms[0]?.rate).toBeCloseTo(0.05, 2);
    expect(analysisOf(house)?.call?.confirmedAtMs).not.toBeNull();
  });

  it('what is at rest is read once more, and what was told stays over a restart', async () => {
    const clock = createFakeClock();
    const stopped = anExperiment(2, { status: 'stopped', endedAtMs: clock.nowMs() - 9 * DAY_MS });
    const client = createFakeClient(clock, [anExperiment(1), stopped]);
    client.traffic = { ...TRAFFIC, countsVisits: true };
    const first = await aHouse([], { clock, client });
    await clock.advance(2 * HOUR_MS);
    expect(client.readings(2).at(-1)?.unit).toBe('first-visits');
    expect(client.readings(2).length).toBeLessThanOrEqual(2);
    const before = first.results.find(toQuestion(experimentId(2)))?.analysis;
    expect(before?.verdict.state).toBe('winner');
    await first.results.stop();
    const asked = client.readings(2).length;
    const second = await aHouse([], first);
    await clock.advance(HOUR_MS);
    expect(client.readings(2)).toHaveLength(asked);
    expect(second.results.find(toQuestion(experimentId(2)))?.analysis?.verdict.state).toBe(
      'winner',
    );
  });

  it('and first visits are not told, every call is withheld, and nothing is asked twice again', async () => {
    const house = await anOddHouse({ areRefused: true });
    house.results.subscribe([QUESTION], () => undefined);
    await house.clock.advance(10 * MINUTE_MS);
    expect(analysisOf(house)?.verdict.reasons).toContainEqual({ kind: 'unit-visits' });
    expect(analysisOf(house)?.call).toBeNull();
    expect(checkOf(house, 'unit')?.state).toBe('failed');
    expect(house.results.find(QUESTION)?.freshness).toMatchObject({ state: 'live', problem: null });
    const readings = house.client.readings(1);
    expect(readings.filter(({ unit }) => unit === 'first-visits')).toHaveLength(1);
    expect(unitsOf(readings.slice(-5))).toEqual(['visitors']);
  });
});

describe('a split that is changed mid-test', () => {
  it('buys the past from the change on, when the store is empty', async () => {
    const clock = createFakeClock();
    const splitChangedAtMs = clock.nowMs() - 10 * DAY_MS;
    const client = createFakeClient(clock, [anExperiment(1, { splitChangedAtMs })]);
    const house = await aHouse([], { clock, client });
    await clock.advance(3 * HOUR_MS);
    const past = pastOf(house);
    expect(past.length).toBeGreaterThanOrEqual(8);
    for (const asked of past) {
      expect(asked).toMatchObject({ unit: 'first-visits', sinceMs: splitChangedAtMs });
      expect(asked.endMs).toBeGreaterThan(splitChangedAtMs);
    }
    expect(analysisOf(house)?.verdict.state).toBe('winner');
    expect(analysisOf(house)?.call?.confirmedAtMs).not.toBeNull();
  });
});
