import { describe, expect, it } from 'vitest';
import { createFakeClock } from '@/tests/fakes/clock';
import { after, analysisOf, anOddHouse, checkOf, QUESTION, unitsOf } from './counting-house';
import { anExperiment, createFakeClient, DAY_MS, HOUR_MS, TRAFFIC } from './fake-client';
import { aHouse } from './results-house';

describe('where conversions counted visits', () => {
  it('people are asked for again once the API counts them', async () => {
    const first = await anOddHouse();
    await first.clock.advance(HOUR_MS);
    expect(first.client.readings(1).at(-1)?.unit).toBe('first-visits');
    first.client.traffic = TRAFFIC;
    const house = await after(first, 25 * HOUR_MS);
    await house.clock.advance(HOUR_MS);
    expect(house.results.status().unitProof).toBe('visitors');
    expect(house.client.readings(1).at(-1)?.unit).toBe('visitors');
    expect(checkOf(house, 'unit')?.reasons).toEqual([]);
  });
});

describe('where a day cannot show what conversions count', () => {
  it('first visits are asked for, one report a reading', async () => {
    const clock = createFakeClock();
    const client = createFakeClient(clock, [anExperiment(1)]);
    // Nobody who converts comes back, and few convert: nothing can be shown.
    client.traffic = { visitorsPerHour: 2, rates: [0.01, 0.01], repeats: 0 };
    const first = await aHouse([], { clock, client });
    await clock.advance(HOUR_MS);
    const second = await after(first, 22 * HOUR_MS);
    expect(unitsOf(client.readings(1))).toEqual(['visitors']);
    expect(checkOf(second, 'unit')?.state).toBe('checking');
    const house = await after(second, 4 * HOUR_MS);
    await clock.advance(HOUR_MS);
    expect(house.results.status().unitProof).toBe('unproven');
    expect(client.readings(1).at(-1)?.unit).toBe('first-visits');
    expect(checkOf(house, 'unit')?.reasons).toEqual([{ kind: 'first-visits' }]);
  });
});

describe('a split that is changed mid-test', () => {
  it('begins a new family: seven days count from there, and earlier looks make no call', async () => {
    const clock = createFakeClock();
    const client = createFakeClient(clock, [anExperiment(1)]);
    client.traffic = { ...TRAFFIC, visitorsPerHour: 150 };
    const first = await aHouse([], { clock, client });
    await clock.advance(2 * HOUR_MS);
    const before = analysisOf(first);
    expect(before?.verdict.state).toBe('winner');

    const changedMs = clock.nowMs();
    client.experiments = [anExperiment(1, { splitChangedAtMs: changedMs })];
    await clock.advance(2 * HOUR_MS);
    const second = await after(first, 3 * DAY_MS);
    const early = analysisOf(second);
    const live = client.readings(1).at(-1);
    expect(live).toMatchObject({
      unit: 'first-visits',
      sinceMs: Math.ceil(changedMs / 1000) * 1000,
    });
    expect(early?.verdict.state).toBe('collecting');
    expect(early?.verdict.reasons).toContainEqual(
      expect.objectContaining({ kind: 'few-days', days: 3 }),
    );
    expect(checkOf(second, 'split')?.state).toBe('passed');
    expect(early?.calls.filter(({ sinceMs }) => sinceMs === null)).toHaveLength(
      before?.calls.length ?? 0,
    );
    const people = early?.arms.reduce((sum, { visitors }) => sum + visitors, 0) ?? 0;
    expect(people).toBeLessThanOrEqual(2 * 150 * 24 * 4);

    const house = await after(second, 5 * DAY_MS);
    const late = analysisOf(house);
    expect(late?.verdict.state).toBe('winner');
    expect(late?.call).toMatchObject({ unit: 'first-visits', sinceMs: live?.sinceMs });
    expect(late?.call?.calledAtMs).toBeGreaterThanOrEqual(changedMs + 7 * DAY_MS);
    for (const { atMs } of house.results.curve(QUESTION, 500)?.points ?? [])
      expect(atMs).toBeGreaterThan(changedMs);
  }, 60_000);
});
