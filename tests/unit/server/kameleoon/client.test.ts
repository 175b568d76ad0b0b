import { describe, expect, it } from 'vitest';
import { experimentId } from '@/lib/core/experiment/ids';
import type { Problem } from '@/lib/core/problem/problem';
import { isProblemError } from '@/lib/core/problem/problem';
import { aRequest, wireReportOf } from './builders';
import type { Route } from './fake-upstream';
import { CLIENT_SECRET, json, setUp, within } from './fake-upstream';

const problemOf = async (promise: Promise<unknown>): Promise<Problem> => {
  try {
    await promise;
  } catch (error) {
    if (isProblemError(error)) return error.problem;
    throw error;
  }
  return expect.fail('it worked');
};

const aRequestOf = (id: string) => {
  const request = aRequest();
  return { ...request, experiment: { ...request.experiment, id: experimentId(id) } };
};

const POST = 'POST /experiments/*/results';
const POLL = 'GET /results';
const ready = (): Response => json({ status: 'READY', data: wireReportOf() });
const posted = (): Response => json({ dataCode: '9'.repeat(77) });
const interactive = { priority: 'interactive' } as const;

/** Jobs that take as long as told. */
const jobs = (takesMs: (n: number) => number, nowMs: () => number): Record<string, Route> => {
  const readyAt = new Map<string, number>();
  return {
    [POST]: () => {
      const code = `${readyAt.size + 1}`.padStart(77, '8');
      readyAt.set(code, nowMs() + takesMs(readyAt.size));
      return json({ dataCode: code });
    },
    [POLL]: ({ query }) =>
      nowMs() >= (readyAt.get(query.dataCode ?? '') ?? Infinity)
        ? ready()
        : json({ status: 'WAITING' }),
  };
};

const withJobs = (takesMs: (n: number) => number) => {
  let nowMs = (): number => 0;
  const all = setUp(jobs(takesMs, () => nowMs()));
  nowMs = () => all.clock.monotonicMs();
  return all;
};

describe('a report', () => {
  it('costs a POST and one poll, and counts until the moment it was posted', async () => {
    const { clock, upstream, client } = withJobs(() => 1500);
    const before = clock.nowMs();
    const { snapshot, requests } = await within(clock, client.readReport(aRequest(), interactive));
    expect(requests).toBe(2);
    expect(upstream.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /oauth/token',
      'POST /experiments/188400/results',
      'GET /results',
    ]);
    expect(upstream.seen[2]?.query).toEqual({ dataCode: '1'.padStart(77, '8') });
    expect(snapshot.asOfMs - before).toBeLessThan(1000);
    expect(client.budget().total).toBe(3);
  });

  it('counts until the end of its interval where it has one', async () => {
    const { clock, client } = withJobs(() => 100);
    const endMs = Date.UTC(2026, 4, 10, 0, 0, 0, 400);
    const report = await within(clock, client.readReport(aRequest({ endMs }), interactive));
    expect(report.snapshot.asOfMs).toBe(Date.UTC(2026, 4, 10));
  });

  it('costs 2.2 calls or fewer in the median, and in the mean, once the job time is learnt', async () => {
    const { clock, client } = withJobs((n) => 1500 + 2500 * ((n * 0.618033988) % 1));
    const costs: number[] = [];
    for (let i = 0; i < 140; i += 1) {
      const read = client.readReport(aRequest(), { priority: 'background' });
      costs.push((await within(clock, read)).requests);
      await clock.advance(8000);
    }
    const learnt = costs.slice(40).sort((a, b) => a - b);
    expect(learnt[50]).toBe(2);
    expect(learnt.reduce((sum, n) => sum + n, 0) / learnt.length).toBeLessThanOrEqual(2.2);
    expect(client.expectedJobMs()).toBeGreaterThan(3000);
    expect(client.expectedJobMs()).toBeLessThan(5500);
    expect(client.budget().refused429).toBe(0);
  });

  it('is given up after a minute', async () => {
    const { clock, upstream, client } = withJobs(() => 1e9);
    const problem = await problemOf(within(clock, client.readReport(aRequest(), interactive)));
    expect(problem).toMatchObject({ code: 'report-not-ready', retryable: true });
    expect(upstream.to(POLL).length).toBeLessThanOrEqual(10);
    expect(clock.monotonicMs()).toBeLessThan(62_000);
  });

  it('takes WAITING, QUEUED and whatever else as "not yet", READY in any case', async () => {
    const answers = ['WAITING', 'QUEUED', 'ready'];
    const { clock, client } = setUp({
      [POST]: posted,
      [POLL]: () => json({ status: answers.shift(), data: wireReportOf() }),
    });
    const { requests } = await within(clock, client.readReport(aRequest(), interactive));
    expect(requests).toBe(4);
  });

  it('fails without further tries when the job says ERROR', async () => {
    const { clock, upstream, client } = setUp({
      [POST]: posted,
      [POLL]: () => json({ status: 'ERROR', data: null }),
    });
    const problem = await problemOf(within(clock, client.readReport(aRequest(), interactive)));
    expect(problem.code).toBe('upstream-failed');
    expect(upstream.to(POLL)).toHaveLength(1);
  });

  it('does not take a lost job for a lost experiment', async () => {
    const { clock, client } = setUp({
      [POST]: posted,
      [POLL]: () => json({ status: 'ERROR', message: 'unknown' }, { status: 404 }),
    });
    const problem = await problemOf(within(clock, client.readReport(aRequest(), interactive)));
    expect(problem).toMatchObject({ code: 'upstream-failed', retryable: true });
  });

  it.each<[string, unknown]>([
    ['no data', null],
    ['data of another form', { variationData: [] }],
    ['a count that is no number', wireReportOf({ '7': { visits: {} } })],
    ['rows of nobody we know', { variationData: { total: {}, rest: {} } }],
    ['impossible counts', wireReportOf({ _reference: { visitors: 9999 } })],
  ])('that is made of %s is set aside', async (_, data) => {
    const { clock, client } = setUp({
      [POST]: posted,
      [POLL]: () => json({ status: 'READY', data }),
    });
    const problem = await problemOf(within(clock, client.readReport(aRequest(), interactive)));
    expect(problem).toMatchObject({ code: 'upstream-unreadable', retryable: true });
    expect(problem.detail).toContain('188400');
  });
});

describe('faults on the way', () => {
  it('are tried again three times at most, and every try is counted', async () => {
    let fails = 2;
    const { clock, client, upstream } = setUp({
      [POST]: () => (fails-- > 0 ? json({ status: 'ERROR' }, { status: 503 }) : posted()),
      [POLL]: ready,
    });
    const { requests } = await within(clock, client.readReport(aRequest(), interactive));
    expect(requests).toBe(4);
    fails = 99;
    const problem = await problemOf(within(clock, client.readReport(aRequest(), interactive)));
    expect(problem).toMatchObject({ code: 'upstream-failed', upstreamStatus: 503 });
    expect(upstream.to('POST /experiments')).toHaveLength(3 + 3);
    expect(client.budget().total).toBe(upstream.seen.length);
  });

  it.each([400, 403, 404, 409, 422, 423])('are final with %d', async (status) => {
    const { clock, client, upstream } = setUp({ [POST]: () => json({}, { status }) });
    const problem = await problemOf(within(clock, client.readReport(aRequest(), interactive)));
    expect(problem.upstreamStatus).toBe(status);
    expect(upstream.seen).toHaveLength(2);
  });

  it('a connection that breaks is tried again; the message names the system code alone', async () => {
    const { clock, client, upstream } = setUp({
      [POST]: () => {
        throw new TypeError('fetch failed https://x/?secret', {
          cause: Object.assign(new Error('x'), { code: 'ECONNRESET' }),
        });
      },
    });
    const problem = await problemOf(within(clock, client.readReport(aRequest(), interactive)));
    expect(problem).toMatchObject({
      code: 'upstream-unreachable',
      detail: 'POST /experiments/188400/results: no connection (ECONNRESET)',
    });
    expect(upstream.to('POST /experiments')).toHaveLength(3);
  });

  it('an answer that never comes is given up after ten seconds', async () => {
    const { clock, client } = setUp({ [POST]: () => new Promise<Response>(() => {}) });
    const problem = await problemOf(within(clock, client.readReport(aRequest(), interactive)));
    expect(problem.code).toBe('upstream-unreachable');
    expect(problem.detail).toMatch(/no answer within \d+ ms/);
    expect(clock.monotonicMs()).toBeLessThanOrEqual(20_500);
  });

  it('a body that stops midway is given up too', async () => {
    const { clock, client } = setUp({
      [POST]: () =>
        new Response(
          new ReadableStream({ start: (c) => c.enqueue(new TextEncoder().encode('{')) }),
          {
            headers: { 'content-type': 'application/json' },
          },
        ),
    });
    const problem = await problemOf(within(clock, client.readReport(aRequest(), interactive)));
    expect(problem.code).toBe('upstream-unreachable');
  });

  it.each<[string, () => Response, RegExp]>([
    ['a page instead of JSON', () => new Response('<html>', { status: 200 }), /not JSON/],
    [
      'broken JSON',
      () => new Response('{"dataCode": "1', { headers: { 'content-type': 'application/json' } }),
      /broken JSON/,
    ],
    ['another form', () => json({ code: 1 }), /does not fit its form at dataCode/],
    [
      'too much',
      () =>
        new Response('x'.repeat(33 * 1024 * 1024), {
          headers: { 'content-type': 'application/json' },
        }),
      /too large/,
    ],
  ])('%s is unreadable', async (_, answer, words) => {
    const { clock, client } = setUp({ [POST]: answer });
    const problem = await problemOf(within(clock, client.readReport(aRequest(), interactive)));
    expect(problem.code).toBe('upstream-unreadable');
    expect(problem.detail).toMatch(words);
  });

  it('an error form with status 200 is a failure', async () => {
    const { clock, client } = setUp({
      [POST]: () => json({ status: 'ERROR', message: 'Data access error.' }),
    });
    const problem = await problemOf(within(clock, client.readReport(aRequest(), interactive)));
    expect(problem.code).toBe('upstream-failed');
    expect(problem.detail).toContain('Data access error.');
  });

  it('a redirect is not followed', async () => {
    const { clock, client, upstream } = setUp({
      [POST]: () => new Response(null, { status: 302, headers: { location: 'https://evil.test' } }),
    });
    const problem = await problemOf(within(clock, client.readReport(aRequest(), interactive)));
    expect(problem.detail).toContain('KAMELEOON_API_URL');
    expect(upstream.seen.every(({ url }) => url.startsWith('https://api.test/'))).toBe(true);
  });

  it('a 429 is waited out, and lowers the budget', async () => {
    let refusals = 1;
    const { clock, client, upstream } = setUp({
      [POST]: () => (refusals-- > 0 ? json({}, { status: 429 }) : posted()),
      [POLL]: ready,
    });
    const { requests } = await within(clock, client.readReport(aRequest(), interactive));
    expect(requests).toBe(3);
    const [first, second] = upstream.to('POST /experiments');
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(11_500);
    expect(client.budget()).toMatchObject({ refused429: 1, total: 4 });
    expect(client.budget().hour.used).toBeGreaterThan(40);
  });

  it('a 429 that asks for longer than anybody waits says until when', async () => {
    const { clock, client, upstream } = setUp({
      [POST]: () => json({}, { status: 429, headers: { 'retry-after': '120' } }),
    });
    const problem = await problemOf(within(clock, client.readReport(aRequest(), interactive)));
    expect(problem).toMatchObject({ code: 'upstream-throttled', retryable: true });
    expect((problem.retryAtMs ?? 0) - clock.nowMs()).toBeGreaterThan(118_000);
    // Meanwhile nobody else asks either.
    const next = await problemOf(within(clock, client.readReport(aRequest(), interactive)));
    expect(next.code).toBe('budget-spent');
    expect(upstream.to('POST /experiments')).toHaveLength(1);
  });

  it('stop when the process stops', async () => {
    const stop = new AbortController();
    const { clock, client, upstream } = setUp({ [POST]: posted }, { signal: stop.signal });
    const read = problemOf(client.readReport(aRequest(), interactive));
    await clock.advance(300);
    stop.abort();
    expect((await within(clock, read)).code).toBe('upstream-unreachable');
    expect(upstream.to(POLL)).toHaveLength(0);
  });
});

describe('many who wait', () => {
  it('are no leak of listeners, and end together', async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error): void => void warnings.push(warning);
    process.on('warning', onWarning);
    const stop = new AbortController();
    const { clock, client } = setUp({ [POST]: posted, [POLL]: ready }, { signal: stop.signal });
    const reads = Array.from({ length: 60 }, () =>
      problemOf(client.readReport(aRequest(), interactive)),
    );
    await clock.advance(500);
    stop.abort();
    const codes = (await within(clock, Promise.all(reads))).map(({ code }) => code);
    expect(new Set(codes)).toEqual(new Set(['upstream-unreachable']));
    process.off('warning', onWarning);
    expect(warnings).toEqual([]);
  });
});

describe('secrets', () => {
  it('are in no message, whatever the API repeats, and in no address', async () => {
    const { clock, client, upstream } = setUp({
      [POST]: ({ authorization }) =>
        json(
          { status: 'ERROR', message: `no: ${authorization} ${CLIENT_SECRET}\r\n[fatal] x` },
          { status: 400 },
        ),
    });
    const problem = await problemOf(within(clock, client.readReport(aRequest(), interactive)));
    expect(problem.detail).not.toMatch(/token-1|shh|[\r\n]/);
    expect(problem.detail).toContain('[fatal] x');
    for (const { url } of upstream.seen) expect(url).not.toMatch(/token-1|shh/);
    expect(upstream.to('POST /oauth/token')[0]?.body).toContain(encodeURIComponent(CLIENT_SECRET));
  });
});

describe('upstream time', () => {
  it('comes from the answers, not from our clock', async () => {
    const { clock, client } = setUp({
      [POST]: () =>
        json(
          { dataCode: '1' },
          { headers: { date: new Date(Date.UTC(2031, 1, 1)).toUTCString() } },
        ),
      [POLL]: ready,
    });
    expect(client.upstreamNowMs()).toBe(clock.nowMs());
    const { snapshot } = await within(clock, client.readReport(aRequest(), interactive));
    expect(Math.abs(snapshot.asOfMs - Date.UTC(2031, 1, 1))).toBeLessThanOrEqual(1000);
    expect(client.upstreamNowMs()).toBeGreaterThan(snapshot.asOfMs);
  });
});

describe('an outage', () => {
  const report = (client: ReturnType<typeof setUp>['client']) =>
    client.readReport(aRequest(), { priority: 'background' });

  it('is soon no longer asked about: a few probes a minute, each failure with its cause and its next try', async () => {
    const { clock, client, upstream } = setUp({ [POST]: () => json({}, { status: 502 }) });
    for (let i = 0; i < 30; i += 1) {
      const problem = await problemOf(within(clock, report(client)));
      expect(problem).toMatchObject({ code: 'upstream-failed', upstreamStatus: 502 });
      await clock.advance(1_000);
    }
    expect(client.line().breakers).toMatchObject({ results: 'open', token: 'closed' });
    const before = upstream.seen.length;
    let announced = 0;
    for (let i = 0; i < 120; i += 1) {
      const problem = await problemOf(within(clock, report(client)));
      if ((problem.retryAtMs ?? 0) >= clock.nowMs()) announced += 1;
      await clock.advance(1_000);
    }
    const probes = upstream.seen.length - before;
    expect(probes).toBeLessThanOrEqual(8);
    expect(announced).toBeGreaterThanOrEqual(120 - probes);
  });

  it('is over with the first answer', async () => {
    let isDown = true;
    const { clock, client } = setUp({
      [POST]: () => (isDown ? json({}, { status: 502 }) : posted()),
      [POLL]: ready,
    });
    while (client.line().breakers.results === 'closed')
      await problemOf(within(clock, report(client)));
    isDown = false;
    await clock.advance(20_000);
    const both = [report(client), report(client)];
    await within(clock, Promise.all(both));
    expect(client.line().breakers.results).toBe('closed');
  });

  it('of the results leaves the lists alone', async () => {
    const { clock, client } = setUp({
      [POST]: () => json({}, { status: 500 }),
      'GET /experiments': () => json([]),
      'GET /sites': () => json([]),
      'GET /goals': () => json([]),
    });
    while (client.line().breakers.results === 'closed')
      await problemOf(within(clock, report(client)));
    const { experiments } = await within(clock, client.readCatalogue(interactive));
    expect(experiments).toEqual([]);
  });

  it('of one experiment alone never shuts off the others', async () => {
    const { clock, client } = setUp({
      'POST /experiments/188400/results': () => json({}, { status: 500 }),
    });
    // As the schedule asks: after 10 s, 20 s, then once a minute.
    for (const waitMs of [10_000, 20_000, 40_000, 60_000, 60_000, 60_000]) {
      await problemOf(within(clock, report(client)));
      expect(client.line().breakers.results).toBe('closed');
      await clock.advance(waitMs);
    }
  });
});

describe('a 403', () => {
  it('of everything, from a token that was revoked, is cured by a new token', async () => {
    const { clock, client, upstream } = setUp({
      [POST]: ({ authorization }) =>
        authorization === 'Bearer token-1' ? json({}, { status: 403 }) : posted(),
      [POLL]: ready,
    });
    const report = (id: number) =>
      within(clock, client.readReport(aRequestOf(String(id)), interactive));
    expect(await problemOf(report(188400))).toMatchObject({ code: 'upstream-forbidden' });
    expect(await problemOf(report(188401))).toMatchObject({ code: 'upstream-forbidden' });
    await clock.advance(20_000);
    await report(188400);
    await report(188401);
    expect(upstream.tokensGiven()).toBe(2);
  });

  it('of one experiment costs no token, however often', async () => {
    const { clock, client, upstream } = setUp({
      'POST /experiments/188400/results': () => json({}, { status: 403 }),
      [POST]: posted,
      [POLL]: ready,
    });
    for (let i = 0; i < 5; i += 1) {
      await problemOf(within(clock, client.readReport(aRequestOf('188400'), interactive)));
      await within(clock, client.readReport(aRequestOf('188401'), interactive));
    }
    expect(upstream.tokensGiven()).toBe(1);
  });

  it('of everything for good costs a token a minute at most', async () => {
    const { clock, client, upstream } = setUp({ [POST]: () => json({}, { status: 403 }) });
    for (let i = 0; i < 60; i += 1) {
      const id = String(188400 + (i % 5));
      await problemOf(within(clock, client.readReport(aRequestOf(id), interactive)));
      await clock.advance(5_000);
    }
    expect(upstream.tokensGiven()).toBeLessThanOrEqual(1 + 6);
  });
});
