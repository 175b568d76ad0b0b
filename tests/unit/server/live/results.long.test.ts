import { describe, expect, it } from 'vitest';
import { connectionId, experimentId, goalId } from '@/lib/core/experiment/ids';
import { toQuestion } from '@/lib/core/experiment/question';
import type { LiveEvent } from '@/lib/core/live/event';
import { createReportCache } from '@/lib/server/experiments/reader';
import { createResults } from '@/lib/server/live/create-results';
import { openStore } from '@/lib/server/store/open-store';
import { silentLog } from '@/tests/fakes/log';
import { createFakeClock } from '../../../fakes/clock';
import { anExperiment, createFakeClient, DAY_MS, HOUR_MS, JOB_MS } from './fake-client';
import { aHouse, fourteen, MINUTE_MS, open } from './results-house';

describe('results of a connection', () => {
  it('shows every experiment with a decision soon after a cold start', async () => {
    const { clock, client, results } = await aHouse([
      ...fourteen(),
      anExperiment(20, { status: 'draft', startedAtMs: null }),
    ]);
    expect(results.list().readings).toHaveLength(0);
    await clock.advance(20_000);
    const { readings, progress } = results.list();
    expect(progress).toMatchObject({ read: 14, total: 14 });
    expect(readings).toHaveLength(15);
    expect(readings[0]?.analysis?.verdict.state).toBeTypeOf('string');
    expect(readings[0]?.freshness.state).toBe('live');
    expect(readings[14]?.freshness).toMatchObject({ state: 'at-rest', nextReadingAtMs: null });
    expect(client.readings(20)).toHaveLength(0);
    expect(client.readings(1)[0]?.priority).toBe('interactive');
  });

  it('reads at once, as for a waiting person, what is old when somebody comes', async () => {
    const { clock, client, results } = await aHouse(fourteen());
    await clock.advance(3 * HOUR_MS);
    await clock.advance(10 * MINUTE_MS);
    const seen = client.readings(5).length;
    const events: LiveEvent[] = [];
    results.subscribe([toQuestion(experimentId(5))], ({ event }) => events.push(event));
    expect(client.readings(5)).toHaveLength(seen + 1);
    expect(client.readings(5).at(-1)?.priority).toBe('interactive');
    expect(events.map(({ type }) => type)).toEqual(['problem', 'heartbeat', 'analysis']);
    await clock.advance(JOB_MS + 100);
    const last = events.at(-1);
    expect(last?.type === 'analysis' && last.reading.freshness.isReading).toBe(false);
  });

  it('raises a reading that waits in the background when somebody comes to look', async () => {
    const { clock, client, results } = await aHouse(fourteen());
    await clock.advance(3 * HOUR_MS);
    // On until a paced reading of one that has grown old is under way.
    const raisable = () =>
      client.asked.findLast(({ endMs, atMs }) => endMs === null && atMs > clock.nowMs() - JOB_MS);
    for (let at = 0; at < 3600 && !raisable(); at += 1) await clock.advance(1000);
    const asked = raisable();
    if (!asked) expect.fail('nothing is being read');
    expect(asked.priority).toBe('background');
    expect(asked.raised?.aborted).toBe(false);
    results.subscribe([toQuestion(asked.experiment.id)], () => undefined);
    expect(asked.raised?.aborted).toBe(true);
    expect(client.readings(Number(asked.experiment.id)).at(-1)).toBe(asked);
  });

  it('keeps the last good data while upstream fails, says why, and is fresh a minute after it recovers', async () => {
    const { clock, client, results } = await aHouse([anExperiment(1)]);
    results.subscribe([toQuestion(experimentId(1))], () => undefined);
    await clock.advance(HOUR_MS);
    client.failing = 'upstream-failed';
    await clock.advance(HOUR_MS);
    const reading = results.find(toQuestion(experimentId(1)));
    expect(reading?.analysis).not.toBeNull();
    expect(reading?.freshness.state).toBe('failed');
    expect(reading?.freshness.problem?.code).toBe('upstream-failed');
    expect(reading?.freshness.nextReadingAtMs).toBeGreaterThan(clock.nowMs() - 1);
    expect(results.status().problem?.code).toBe('upstream-failed');
    client.failing = null;
    await clock.advance(90_000);
    expect(results.find(toQuestion(experimentId(1)))?.freshness).toMatchObject({
      state: 'live',
      problem: null,
    });
  });

  it('tells a spent budget from a failure', async () => {
    const { clock, client, results } = await aHouse([anExperiment(1)]);
    await clock.advance(MINUTE_MS);
    client.failing = 'budget-spent';
    await clock.advance(5 * MINUTE_MS);
    expect(results.list().readings[0]?.freshness.state).toBe('throttled');
  });

  it('shows the last list and says why it cannot be renewed', async () => {
    const { clock, client, results } = await aHouse([anExperiment(1)]);
    await clock.advance(MINUTE_MS);
    client.catalogueFailing = 'upstream-unreachable';
    await clock.advance(HOUR_MS);
    expect(results.list().problem?.code).toBe('upstream-unreachable');
    expect(results.list().readings).toHaveLength(1);
    client.catalogueFailing = null;
    client.experiments = [anExperiment(1), anExperiment(2)];
    await clock.advance(HOUR_MS);
    expect(results.list()).toMatchObject({ problem: null, progress: { read: 2, total: 2 } });
  });

  it('shows the last verdict with its age at once after a restart, even when upstream is down', async () => {
    const first = await aHouse(fourteen());
    await first.clock.advance(2 * HOUR_MS);
    const before = first.results.find(toQuestion(experimentId(4)));
    await first.results.stop();
    await first.clock.advance(HOUR_MS);

    const { clock, store } = first;
    const client = createFakeClient(clock, []);
    client.failing = 'upstream-unreachable';
    client.catalogueFailing = 'upstream-unreachable';
    const { results } = await aHouse([], { clock, store, client });
    const after = results.find(toQuestion(experimentId(4)));
    expect(after?.analysis?.asOfMs).toBe(before?.analysis?.asOfMs);
    expect(after?.analysis?.verdict).toEqual(before?.analysis?.verdict);
    expect(after?.analysis?.call).toEqual(before?.analysis?.call);
    expect(after?.curveRevision).toBe(before?.curveRevision);
    expect(results.list().progress).toMatchObject({ read: 14, total: 14 });
  });

  it('never lets two connections share an entry', async () => {
    const clock = createFakeClock();
    const store = await openStore({ dir: ':memory:' });
    const cache = createReportCache();
    const world = [0.05, 0.5].map((rate) => {
      const client = createFakeClient(clock, [anExperiment(1)]);
      client.traffic = { ...client.traffic, rates: [rate, rate] };
      const id = connectionId(`rate ${rate}`);
      const results = createResults({
        connectionId: id,
        client,
        store,
        clock,
        log: silentLog,
        random: () => 0.5,
        cache,
      });
      open.push(results);
      return { client, results };
    });
    await Promise.all(world.map(({ results }) => results.start()));
    await clock.advance(20_000);
    const rates = world.map(
      ({ results }) => results.list().readings[0]?.analysis?.arms[0]?.rate ?? 0,
    );
    expect(rates[0]).toBeCloseTo(0.05, 3);
    expect(rates[1]).toBeCloseTo(0.5, 3);
    expect(world.map(({ client }) => client.readings(1).length)).toEqual([1, 1]);
  });

  it('leaves no timer behind when it stops', async () => {
    const { clock, results } = await aHouse(fourteen());
    results.subscribe([toQuestion(experimentId(3))], () => undefined);
    await clock.advance(10 * MINUTE_MS);
    await results.stop();
    // What was under way upstream ends by itself and starts nothing.
    await clock.advance(JOB_MS);
    expect(clock.pendingTimers).toBe(0);
  });

  it('takes one who polls for a viewer, for a while', async () => {
    const { clock, client, results } = await aHouse(fourteen());
    await clock.advance(3 * HOUR_MS);
    const before = client.readings(3).length;
    for (let at = 0; at < 10; at += 1) {
      results.touch([experimentId(3), experimentId(999)]);
      await clock.advance(30_000);
    }
    expect(client.readings(3).length - before).toBeGreaterThanOrEqual(15);
    expect(results.status().watched).toBe(1);
    await clock.advance(2 * MINUTE_MS);
    expect(results.status()).toMatchObject({ viewers: 0, watched: 0 });
  });

  it('tells a newcomer, and those who watch already, when the next reading is due by the new pace', async () => {
    const { clock, results } = await aHouse(fourteen());
    await clock.advance(MINUTE_MS);
    const next = (events: readonly LiveEvent[], key: string): number => {
      const times = events.flatMap((event) => {
        if (event.type === 'heartbeat') return [];
        const isThis =
          (event.type === 'analysis' ? event.reading.questionKey : event.questionKey) === key;
        const { nextReadingAtMs } =
          event.type === 'analysis' ? event.reading.freshness : event.freshness;
        return isThis && nextReadingAtMs !== null ? [nextReadingAtMs - clock.nowMs()] : [];
      });
      return times.at(-1) ?? Number.NaN;
    };
    const seen: LiveEvent[] = [];
    const four = [3, 4, 5, 6].map((id) => toQuestion(experimentId(id)));
    results.subscribe(four, ({ event }) => seen.push(event));
    const byFour = next(seen, '3');
    expect(byFour).toBeLessThan(60_000);
    results.subscribe(
      Array.from({ length: 13 }, (_, at) => toQuestion(experimentId(at + 1))),
      () => undefined,
    );
    const before = seen.length;
    await clock.advance(1000);
    expect(seen.length).toBeGreaterThan(before);
    expect(next(seen.slice(before), '3')).toBeGreaterThan(byFour + 20_000);
  });

  it('shows what it reads even when the store is gone, and says so', async () => {
    const clock = createFakeClock();
    const store = await openStore({ dir: ':memory:' });
    await store.close();
    const { results } = await aHouse([anExperiment(1)], { clock, store });
    await clock.advance(MINUTE_MS);
    expect(results.status().storeProblem?.code).toBe('store-failed');
    expect(results.list().readings[0]?.analysis?.verdict.state).toBe('winner');
  });

  it('forgets an experiment that left the list, and reads it no more', async () => {
    const { clock, client, results } = await aHouse([anExperiment(1), anExperiment(2)]);
    await clock.advance(MINUTE_MS);
    client.experiments = [anExperiment(2)];
    await clock.advance(HOUR_MS);
    const before = client.readings(1).length;
    await clock.advance(HOUR_MS);
    expect(client.readings(1)).toHaveLength(before);
    expect(results.find(toQuestion(experimentId(1)))).toBeNull();
  });

  it('knows no goal that the experiment does not have', async () => {
    const { clock, results } = await aHouse([anExperiment(1)]);
    await clock.advance(MINUTE_MS);
    const question = toQuestion(experimentId(1), { goalId: goalId(999) });
    expect(results.find(question)).toBeNull();
    expect(results.curve(question, 100)).toBeNull();
    expect(results.find(toQuestion(experimentId(2)))).toBeNull();
  });

  it('reads a stopped experiment once, once more a day after it stopped, and then rests', async () => {
    const clock = createFakeClock();
    const stopped = anExperiment(1, { status: 'stopped', endedAtMs: clock.nowMs() - 10 * HOUR_MS });
    const { client, results } = await aHouse([stopped], { clock });
    await clock.advance(HOUR_MS);
    expect(client.readings(1)).toHaveLength(1);
    expect(results.list().readings[0]?.freshness.state).toBe('at-rest');
    await clock.advance(14 * HOUR_MS);
    expect(client.readings(1)).toHaveLength(2);
    await clock.advance(3 * DAY_MS);
    expect(client.readings(1)).toHaveLength(2);
    expect(results.list().readings[0]?.freshness.nextReadingAtMs).toBeNull();
  });

  it('proves once a day what conversions count, and decides only then', async () => {
    const { clock, client, results } = await aHouse([anExperiment(1)]);
    await clock.advance(30_000);
    expect(results.status().unitProof).toBe('visitors');
    expect(results.list().readings[0]?.analysis?.verdict.state).toBe('winner');
    const proofs = () => client.asked.filter(({ unit }) => unit === 'visits').length;
    expect(proofs()).toBe(1);
    await clock.advance(23 * HOUR_MS);
    expect(proofs()).toBe(1);
    await clock.advance(2 * HOUR_MS);
    expect(proofs()).toBe(2);
  });
});

describe('points of the past', () => {
  it('are bought once, at most twelve an experiment, also across a restart', async () => {
    const first = await aHouse(fourteen());
    await first.clock.advance(3 * HOUR_MS);
    const bought = first.client.pastPoints();
    const keys = bought.map(({ experiment, endMs }) => `${experiment.id} ${endMs}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(first.client.pastPoints(1).length).toBeLessThanOrEqual(12);
    expect(first.client.pastPoints(1).length).toBeGreaterThanOrEqual(8);
    expect(first.results.list().readings[0]?.curveRevision).toBe(first.client.pastPoints(1).length);
    await first.results.stop();

    const second = await aHouse([], first);
    await second.clock.advance(3 * HOUR_MS);
    expect(second.client.pastPoints()).toHaveLength(bought.length);
    const curve = second.results.curve(toQuestion(experimentId(1)), 500);
    expect(curve?.points.filter(({ source }) => source === 'backfill')).toHaveLength(
      first.client.pastPoints(1).length,
    );
  });

  it('give every experiment its course before any gets the fine points', async () => {
    const { clock, client } = await aHouse(fourteen());
    const first = new Map<string, number>();
    for (let at = 0; at < 120 && first.size < 14; at += 1) {
      await clock.advance(MINUTE_MS);
      for (const { id } of client.experiments) first.set(id, client.pastPoints(Number(id)).length);
      if ([...first.values()].some((count) => count > 4))
        expect(Math.min(...first.values())).toBeGreaterThanOrEqual(4);
    }
  });

  it('come first and quickly where a person looks', async () => {
    const { clock, client, results } = await aHouse(fourteen());
    results.subscribe([toQuestion(experimentId(9))], () => undefined);
    await clock.advance(90_000);
    expect(client.pastPoints(9).length).toBeGreaterThanOrEqual(8);
    const priorities = client.pastPoints().map(({ priority }) => priority);
    expect(priorities.slice(0, 6)).toEqual(Array.from({ length: 6 }, () => 'interactive'));
    expect(priorities.filter((priority) => priority === 'background').length).toBeLessThanOrEqual(
      13,
    );
  });

  it('show a course within a minute on each of five pages that are opened together', async () => {
    const { clock, client, results } = await aHouse(fourteen());
    await clock.advance(20_000);
    const five = [2, 5, 8, 11, 14];
    for (const id of five) results.subscribe([toQuestion(experimentId(id))], () => undefined);
    await clock.advance(MINUTE_MS);
    for (const id of five) expect(client.pastPoints(id).length).toBeGreaterThanOrEqual(6);
  });

  it('keep to their share while people look', async () => {
    const { clock, client, results } = await aHouse(fourteen());
    results.subscribe(
      client.experiments.map(({ id }) => toQuestion(id)),
      () => undefined,
    );
    await clock.advance(HOUR_MS);
    expect(client.pastPoints().length * 2).toBeLessThanOrEqual(0.12 * 950 + 25);
  });

  it('wait while the hour is ahead of its pace', async () => {
    const { clock, client } = await aHouse([anExperiment(1)]);
    client.hourUsed = 900;
    await clock.advance(30 * MINUTE_MS);
    expect(client.pastPoints()).toHaveLength(0);
    client.hourUsed = null;
    await clock.advance(10 * MINUTE_MS);
    expect(client.pastPoints().length).toBeGreaterThan(0);
  });

  it('move a call to the day on which it could be made, and confirm it', async () => {
    const { clock, results } = await aHouse([anExperiment(1)]);
    await clock.advance(30_000);
    await clock.advance(3 * HOUR_MS);
    const call = results.find(toQuestion(experimentId(1)))?.analysis?.call;
    expect(call?.state).toBe('winner');
    expect(call?.calledAtMs).toBeLessThan(clock.nowMs() - DAY_MS);
    expect(call?.confirmedAtMs).not.toBeNull();
  });
});
