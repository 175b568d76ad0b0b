import { describe, expect, it } from 'vitest';
import type { ResultsQuestion } from '@/lib/server/kameleoon/objects';
import { setUpApi } from './api-setup';
import type { Route } from './fake-upstream';
import { json } from './fake-upstream';

const POST = 'POST /experiments/*/results';
const CODE = '7'.repeat(77);
const question: ResultsQuestion = { conversionType: 'CONVERTED_VISITS' };
const general = (visitCount: unknown, goalsData: unknown = {}) => ({
  generalData: { visitCount, visitorCount: 5, newLeaf: 1, goalsData },
});
const data = {
  variationData: {
    _reference: {
      breakdownData: {
        PHONE: general('12', {
          7: { conversionCount: 3, convertedVisitCount: 2, revenueCount: 9.5 },
        }),
        TABLET: general(null, { 7: null }),
      },
    },
    901001: { breakdownData: { PHONE: general('many', { 7: { conversionCount: {} } }) } },
    totals: {},
  },
};
const ready = (): Response => json({ status: 'READY', data });
const routes = (poll: Route = ready): Record<string, Route> => ({
  [POST]: () => json({ dataCode: CODE }),
  'POST /feature-flags/*/results': () => json({ dataCode: CODE }),
  'GET /results': poll,
});

describe('results', () => {
  it('are asked for with exactly what the question names', async () => {
    const { api, go, upstream } = setUpApi(routes());
    await go(api.experiments.results('5', question));
    await go(
      api.experiments.results('5', {
        conversionType: 'ALL_CONVERSION',
        goalIds: ['312001'],
        goalIdsCuped: ['312002'],
        referenceVariationId: '0',
        visitorData: true,
        allVariationsData: true,
        bayesian: true,
        sequentialTesting: true,
        enabledMultipleTesting: true,
        intervals: [
          { startMs: Date.UTC(2026, 4, 1), endMs: Date.UTC(2026, 4, 15, 1, 2, 3, 999) },
          { startMs: Date.UTC(2026, 5, 1), endMs: Date.UTC(2026, 5, 2) },
        ],
        breakdown: { type: 'INTERVAL', interval: 'DAY' },
        filters: [{ type: 'DEVICE_TYPE', values: ['PHONE'], include: true }],
        callbackUrl: 'https://us.test/ready',
      }),
    );
    expect(upstream.to('POST /experiments').map(({ body }) => JSON.parse(body) as unknown)).toEqual(
      [
        { conversionType: 'CONVERTED_VISITS' },
        {
          conversionType: 'ALL_CONVERSION',
          goalsIds: [312001],
          goalIdsCuped: [312002],
          referenceVariationId: '0',
          visitorData: true,
          allVariationsData: true,
          bayesian: true,
          sequentialTesting: true,
          enabledMultipleTesting: true,
          dateIntervals: [
            { start: '2026-05-01T00:00:00', end: '2026-05-15T01:02:03' },
            { start: '2026-06-01T00:00:00', end: '2026-06-02T00:00:00' },
          ],
          breakdown: { type: 'INTERVAL', interval: 'DAY' },
          filters: [{ type: 'DEVICE_TYPE', values: ['PHONE'], include: true }],
          callbackUrl: 'https://us.test/ready',
        },
      ],
    );
  });

  it('come by variation and row, odd leaves as nothing, and as they were', async () => {
    const { api, go, upstream } = setUpApi(routes());
    const { variations, raw } = await go(api.experiments.results('5', question));
    const none = { conversions: null, converted: null, revenue: null };
    expect(variations).toEqual({
      0: {
        PHONE: {
          visits: 12,
          visitors: 5,
          goals: { 7: { conversions: 3, converted: 2, revenue: 9.5 } },
        },
        TABLET: { visits: null, visitors: 5, goals: { 7: none } },
      },
      901001: { PHONE: { visits: null, visitors: 5, goals: { 7: none } } },
    });
    expect(raw).toEqual(data);
    expect(upstream.to('GET /results')[0]?.query).toEqual({ dataCode: CODE });
  });

  it('tell before each further poll, and what each request costs', async () => {
    let polls = 0;
    const { api, go } = setUpApi(
      routes(() => ((polls += 1) < 4 ? json({ status: 'WAITING', data: null }) : ready())),
    );
    const told: string[] = [];
    await go(
      api.experiments.results('5', question, {
        onWait: () => told.push('wait'),
        onSent: () => told.push('sent'),
      }),
    );
    expect(told.join(' ')).toBe('sent sent wait sent wait sent wait sent');
  });

  it('of a feature flag are polled at the same place', async () => {
    const { api, go, upstream } = setUpApi(routes());
    await go(api.featureFlags.results('61', question));
    expect(upstream.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /oauth/token',
      'POST /feature-flags/61/results',
      'GET /results',
    ]);
  });

  it('are given up while they are made', async () => {
    const abort = new AbortController();
    const { api, fail, upstream, clock } = setUpApi(routes(() => json({ status: 'WAITING' })));
    const settings = { signal: abort.signal, onWait: () => abort.abort() };
    const problem = await fail(api.experiments.results('5', question, settings));
    expect(problem.code).toBe('given-up');
    expect(upstream.to('GET /results').length).toBeLessThanOrEqual(2);
    expect(clock.pendingTimers).toBe(0);
  });

  it.each([null, {}, { variationData: [] }, { variationData: { 0: {}, origin: {} } }])(
    'made of %j are unreadable',
    async (odd) => {
      const { api, fail } = setUpApi(routes(() => json({ status: 'READY', data: odd })));
      expect(await fail(api.experiments.results('5', question))).toMatchObject({
        code: 'upstream-unreadable',
      });
    },
  );

  it('of an interval that ends before it begins are not asked for', async () => {
    const { api, fail, upstream } = setUpApi(routes());
    const intervals = [{ startMs: 2, endMs: 1 }];
    expect(await fail(api.experiments.results('5', { ...question, intervals }))).toMatchObject({
      field: 'intervals',
    });
    expect(upstream.seen).toHaveLength(0);
  });
});

describe('a shared token', () => {
  it('is asked for with the question, and reads without the own token', async () => {
    const { api, go, upstream } = setUpApi({
      ...routes(),
      'POST /experiments/*/results/share': () => json({ sharedToken: 'shared/1' }),
    });
    const sharedToken = await go(api.experiments.shareResults('5', question));
    expect(sharedToken).toBe('shared/1');
    await go(api.experiments.results('5', question, { sharedToken }));
    expect(upstream.seen.slice(-2).map(({ authorization }) => authorization)).toEqual([
      'Bearer shared/1',
      'Bearer shared/1',
    ]);
    expect(upstream.to('POST /oauth')).toHaveLength(1);
  });

  it('that is not taken is told as such, costs no token, and is not repeated in messages', async () => {
    const { api, fail, upstream } = setUpApi({
      [POST]: () => json({ status: 'ERROR', message: 'bad shared-1' }, { status: 403 }),
    });
    const settings = { sharedToken: 'shared-1' };
    const forbidden = await fail(api.experiments.results('5', question, settings));
    expect(forbidden).toMatchObject({ code: 'upstream-forbidden' });
    expect(forbidden.detail).not.toContain('shared-1');
    const dead = setUpApi({ [POST]: () => json({}, { status: 401 }) });
    const problem = await dead.fail(dead.api.experiments.results('5', question, settings));
    expect(problem).toMatchObject({ code: 'upstream-auth' });
    expect(problem.detail).toMatch(/shared token is not taken/);
    expect([...upstream.seen, ...dead.upstream.seen]).toHaveLength(2);
  });
});
