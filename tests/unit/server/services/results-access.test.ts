import { afterEach, describe, expect, it } from 'vitest';
import { connectionId, experimentId, goalId, variationId } from '@/lib/core/experiment/ids';
import type { Question } from '@/lib/core/experiment/question';
import { toQuestion } from '@/lib/core/experiment/question';
import type { LiveEvent } from '@/lib/core/live/event';
import type { Problem } from '@/lib/core/problem/problem';
import { isProblemError } from '@/lib/core/problem/problem';
import { grant } from '@/lib/server/access/granted';
import { createResults } from '@/lib/server/live/create-results';
import type { Results } from '@/lib/server/live/results';
import type { Log } from '@/lib/server/log/create-log';
import { silentLog } from '@/tests/fakes/log';
import { createResultsAccess } from '@/lib/server/services/results-access';
import { openStore } from '@/lib/server/store/open-store';
import { createFakeClock } from '@/tests/fakes/clock';
import { anExperiment, createFakeClient, DAY_MS } from '@/tests/unit/server/live/fake-client';

const proof = grant({ kind: 'anonymous' }, 'read-results');
if (!proof) throw new Error('the anonymous viewer may read results');
const granted = proof;

const opened: Results[] = [];
afterEach(async () => {
  for (const results of opened.splice(0)) await results.stop();
});

async function aHouse(count = 2, log: Log = silentLog) {
  const clock = createFakeClock();
  const client = createFakeClient(
    clock,
    Array.from({ length: count }, (_, at) => anExperiment(at + 1)),
  );
  const store = await openStore({ dir: ':memory:' });
  const results = createResults({
    connectionId: connectionId('main'),
    client,
    store,
    clock,
    log,
    random: () => 0.5,
  });
  opened.push(results);
  const access = createResultsAccess({ results, client, clock });
  return { clock, client, results, access };
}

const ask = (id: number, more: Partial<Question['method']> = {}): Question => {
  const question = toQuestion(experimentId(id));
  return { ...question, method: { ...question.method, ...more } };
};

const problemOf = (read: () => unknown): Problem | null => {
  try {
    read();
    return null;
  } catch (error) {
    if (isProblemError(error)) return error.problem;
    throw error;
  }
};

describe('a question about an earlier moment', () => {
  it('is answered from kept looks: nothing is asked upstream, and nobody counts as a viewer', async () => {
    const { clock, client, results, access } = await aHouse();
    await results.start();
    await clock.advance(6 * 3_600_000);
    const { moments } = access.readMoments(granted, ask(1));
    expect(moments.length).toBeGreaterThan(3);
    const { watched } = results.status();
    const before = [client.asked.length, client.lists.length];
    for (const { atMs } of moments)
      for (const question of [ask(1), ask(1, { confidenceLevel: 0.9 })]) {
        const then = access.readReading(granted, { ...question, atMs });
        expect(then.analysis?.asOfMs).toBe(atMs);
        expect(access.readCurve(granted, { ...question, atMs }).points.at(-1)?.atMs).toBe(atMs);
      }
    expect([client.asked.length, client.lists.length]).toEqual(before);
    expect(results.status().watched).toBe(watched);
  });
});

describe('a question that cannot be answered', () => {
  it('keeps a stream whose other question asks for what is gone', async () => {
    const { clock, results, access } = await aHouse();
    await results.start();
    await clock.advance(10_000);
    const told: string[] = [];
    access.subscribe(
      granted,
      [ask(1, { goalId: goalId(999) }), ask(77), ask(2)],
      ({ event }) => event.type === 'analysis' && told.push(event.reading.questionKey),
      () => undefined,
    );
    expect(told).toEqual(['2']);
  });

  it('names the dial that the experiment does not have', async () => {
    const { clock, results, access } = await aHouse();
    await results.start();
    await clock.advance(10_000);
    const cases: [Question, string][] = [
      [ask(1, { goalId: goalId(999) }), 'goal'],
      [ask(1, { referenceId: variationId(999) }), 'ref'],
    ];
    for (const [question, field] of cases)
      for (const read of [
        () => access.readReading(granted, question),
        () => access.readCurve(granted, question),
        () =>
          access.subscribe(
            granted,
            [question],
            () => undefined,
            () => undefined,
          ),
      ])
        expect(problemOf(read)).toMatchObject({ code: 'invalid-input', field, retryable: false });
    expect(problemOf(() => access.readReading(granted, ask(77)))).toMatchObject({
      code: 'not-found',
      field: 'id',
    });
    expect(results.status().viewers).toBe(0);
  });

  it('is not known yet, rather than not there, before any list was read', async () => {
    const { clock, client, results, access } = await aHouse();
    client.catalogueFailing = 'upstream-auth';
    const read = () => access.readReading(granted, ask(1));
    expect(problemOf(read)).toMatchObject({ code: 'report-not-ready', retryable: true });
    await results.start();
    await clock.advance(1_000);
    expect(problemOf(read)).toMatchObject({ code: 'upstream-auth', retryable: true });
    expect(
      problemOf(() =>
        access.subscribe(
          granted,
          [ask(1)],
          () => undefined,
          () => undefined,
        ),
      ),
    ).toMatchObject({ code: 'upstream-auth', retryable: true });
    client.catalogueFailing = null;
    await clock.advance(60_000);
    expect(problemOf(read)).toBeNull();
    expect(problemOf(() => access.readReading(granted, ask(77)))?.code).toBe('not-found');
  });

  it('waits a moment for the first list, and no longer', async () => {
    const { clock, client, results, access } = await aHouse();
    await results.start();
    let waited = 0;
    void access.whenListed().then(() => (waited = clock.monotonicMs()));
    await clock.advance(2_000);
    expect(waited).toBeGreaterThan(0);
    expect(waited).toBeLessThan(2_000);
    expect(access.readReading(granted, ask(1)).experiment.id).toBe(experimentId(1));

    const down = await aHouse();
    down.client.catalogueFailing = 'upstream-unreachable';
    await down.results.start();
    let gaveUp = 0;
    void down.access.whenListed().then(() => (gaveUp = down.clock.monotonicMs()));
    await down.clock.advance(10_000);
    expect(gaveUp).toBeGreaterThan(3_000);
    expect(gaveUp).toBeLessThan(6_000);
    // What runs, and the one page that is the whole.
    expect(client.lists).toHaveLength(2);
  });
});

describe('an outage', () => {
  it('is told once in the log with what to do, and is over within a minute of its end', async () => {
    const warned: object[] = [];
    const { clock, client, results, access } = await aHouse(2, {
      ...silentLog,
      warn: (fields) => void warned.push(fields),
    });
    client.catalogueFailing = 'upstream-unreachable';
    await results.start();
    await clock.advance(DAY_MS / 24);
    expect(warned).toHaveLength(1);
    expect(warned[0]).toMatchObject({ advice: expect.stringContaining('KAMELEOON_API_URL') });
    client.catalogueFailing = null;
    await clock.advance(61_000);
    expect(access.readList(granted).readings).toHaveLength(2);
  });
});

describe('a process that leaves', () => {
  it('ends every stream, and one that comes late at once', async () => {
    const { clock, results, access } = await aHouse();
    await results.start();
    await clock.advance(10_000);
    let ended = 0;
    const open = () =>
      access.subscribe(
        granted,
        [ask(1)],
        () => undefined,
        () => (ended += 1),
      );
    const leave = open();
    access.endStreams();
    expect(ended).toBe(1);
    leave();
    open();
    expect(ended).toBe(2);
    expect(results.status().viewers).toBe(0);
    expect(problemOf(() => access.checkQuestions(granted, [ask(77)]))?.code).toBe('not-found');
  });
});

describe('a stream whose experiments change', () => {
  it('keeps the others when one of several is gone', async () => {
    const { clock, results, access } = await aHouse();
    await results.start();
    await clock.advance(10_000);
    const heard = new Set<string>();
    const leave = access.subscribe(
      granted,
      [ask(1), ask(77)],
      ({ event }) => event.type === 'analysis' && heard.add(event.reading.questionKey),
      () => undefined,
    );
    expect([...heard]).toEqual(['1']);
    leave();
    expect(
      problemOf(() =>
        access.subscribe(
          granted,
          [ask(77)],
          () => undefined,
          () => undefined,
        ),
      )?.code,
    ).toBe('not-found');
  });

  it('hears of a new name, and that an experiment has left the list', async () => {
    const { clock, client, results, access } = await aHouse();
    await results.start();
    await clock.advance(60_000);
    const events: LiveEvent[] = [];
    access.subscribe(
      granted,
      [ask(1), ask(2)],
      ({ event }) => events.push(event),
      () => undefined,
    );
    client.experiments = [anExperiment(1, { name: 'Renamed' })];
    events.length = 0;
    await clock.advance(DAY_MS / 24);
    const names = events.flatMap((event) =>
      event.type === 'analysis' ? [event.reading.experiment.name] : [],
    );
    expect(names).toContain('Renamed');
    const gone = events.findLast((event) => event.type === 'problem' && event.questionKey === '2');
    expect(gone).toMatchObject({
      freshness: { state: 'failed', nextReadingAtMs: null, problem: { code: 'not-found' } },
    });
    expect(gone?.type === 'problem' && gone.freshness.asOfMs).toBeTypeOf('number');
    expect(results.list().readings).toHaveLength(1);
  });
});
