import { describe, expect, it } from 'vitest';
import { setUpApi } from './api-setup';
import type { Route } from './fake-upstream';
import { json } from './fake-upstream';

const EXPERIMENT = 'GET /experiments/*';
const raw = {
  id: 188400,
  name: 'Checkout',
  siteId: '10001',
  siteCode: 'abcdefghij',
  status: 'ACTIVE',
  baseURL: null,
  deviations: { origin: '0.33333333', 901001: 0.5, 901002: 'much', 901003: null },
  variations: [901001, 901002],
  goals: [],
  mainGoalId: null,
  dateStarted: '2026-05-21T13:00:16',
  somethingNew: { deep: [1] },
};

describe('an object', () => {
  it('has its ids as text, shares as numbers, odd leaves dropped, and keeps what came', async () => {
    const { api, go } = setUpApi({ [EXPERIMENT]: () => json(raw) });
    expect(await go(api.experiments.read('188400'))).toEqual({
      id: '188400',
      name: 'Checkout',
      siteId: '10001',
      siteCode: 'abcdefghij',
      type: null,
      status: 'active',
      baseUrl: null,
      deviations: { origin: 0.33333333, 901001: 0.5 },
      variationIds: ['901001', '901002'],
      goalIds: null,
      mainGoalId: null,
      dateStarted: '2026-05-21T13:00:16',
      dateEnded: null,
      rest: raw,
    });
  });

  it('has an empty list of goals only where they were asked for', async () => {
    const { api, go, upstream } = setUpApi({ [EXPERIMENT]: () => json(raw) });
    const optionalFields = ['goals', 'tags'];
    const read = await go(api.experiments.read('188400', { optionalFields }));
    expect(read.goalIds).toEqual([]);
    expect(upstream.to('GET')[0]?.query).toEqual({ optionalFields: 'goals,tags' });
  });

  it.each([null, [], 'text', { name: 'no id' }, { id: 1.5 }, { id: '../1' }, { id: 2 ** 60 }])(
    'made of %j is unreadable',
    async (odd) => {
      const { api, fail } = setUpApi({ [EXPERIMENT]: () => json(odd) });
      expect(await fail(api.experiments.read('1'))).toMatchObject({ code: 'upstream-unreadable' });
    },
  );

  it('of a site is found by its code', async () => {
    const { api, go, fail, upstream } = setUpApi({
      'GET /sites/byCode/*': () => json({ id: 1, code: 'abcdefghij', name: '' }),
    });
    expect(await go(api.sites.readByCode('abcdefghij'))).toMatchObject({ id: '1', name: '' });
    expect(await fail(api.sites.readByCode('../../x'))).toMatchObject({ field: 'code' });
    expect(upstream.to('GET')).toHaveLength(1);
  });
});

describe('what fails', () => {
  it.each<[number, string, boolean]>([
    [400, 'upstream-rejected', false],
    [401, 'upstream-auth', false],
    [403, 'upstream-forbidden', false],
    [404, 'upstream-not-found', false],
    [409, 'upstream-conflict', false],
    [423, 'upstream-locked', true],
    [500, 'upstream-failed', true],
  ])('with %d is %s', async (status, code, retryable) => {
    const { api, fail } = setUpApi({
      [EXPERIMENT]: () => json({ status: 'ERROR', message: 'because\n of token-1' }, { status }),
    });
    const problem = await fail(api.experiments.read('1'));
    expect(problem).toMatchObject({ code, retryable, upstreamStatus: status });
    expect(problem.detail).toBe(`GET /experiments/1 was answered ${status}: because of [redacted]`);
  });

  it('is said of the results back end in its own form, too', async () => {
    const { api, fail } = setUpApi({
      'POST /experiments/*/results': () =>
        json({ serviceName: 'Data client', message: 'Data are late' }, { status: 500 }),
    });
    const problem = await fail(api.experiments.results('1', { conversionType: 'ALL_CONVERSION' }));
    expect(problem).toMatchObject({ code: 'upstream-failed' });
    expect(problem.detail).toMatch(/Data are late$/);
  });

  it('is plain HTTP, refused before anything is sent', () => {
    expect(() => setUpApi({}, { baseUrl: 'http://api.test' })).toThrow(
      /KAMELEOON_API_URL is plain HTTP/,
    );
  });

  it.each<[string, () => Response, RegExp]>([
    [
      'a web page',
      () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
      /web page/,
    ],
    [
      'broken JSON',
      () => new Response('{', { headers: { 'content-type': 'application/json' } }),
      /broken JSON/,
    ],
    ['no list', () => json({ rows: [] }), /does not fit/],
  ])('is %s in place of an answer', async (_, answer, words) => {
    const { api, fail } = setUpApi({ 'GET /accounts': answer });
    const first = api.accounts.list()[Symbol.asyncIterator]().next();
    const problem = await fail(first);
    expect(problem).toMatchObject({ code: 'upstream-unreadable' });
    expect(problem.detail).toMatch(words);
  });
});

describe('a simulation', () => {
  const PATH = 'GET /experiments/simulate/*';
  const url = 'https://shop.test/?kameleoon-experiment-id=5&kameleoon-simulation=true';
  const plain =
    (text: string, type = 'text/plain;charset=UTF-8'): Route =>
    () =>
      new Response(text, { headers: { 'content-type': type } });

  it.each([
    ['plain text', plain(`${url}\n`)],
    ['JSON text', () => json(url)],
    ['text without a type', () => new Response(new TextEncoder().encode(url))],
  ])('is read from %s', async (_, route) => {
    const { api, go } = setUpApi({ [PATH]: route });
    expect(await go(api.experiments.simulate('5'))).toBe(url);
  });

  it.each([
    ['words', plain('not yet')],
    ['a script', plain('javascript:alert(1)')],
    ['a page', plain('<html>', 'text/html')],
    ['an object', () => json({ url })],
  ])('is no address where it is %s', async (_, route) => {
    const { api, fail } = setUpApi({ [PATH]: route });
    expect(await fail(api.experiments.simulate('5'))).toMatchObject({
      code: 'upstream-unreadable',
    });
  });
});
