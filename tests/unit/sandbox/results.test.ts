import { describe, expect, it } from 'vitest';
import { createResultsJobs } from '@/lib/sandbox/api/results/results-jobs';
import { createTestSandbox, EPOCH_MS, type GoalData } from './test-sandbox';

const BODY = { conversionType: 'CONVERTED_VISITS', visitorData: true };

describe('a results job', () => {
  it('waits first, then is ready, stays for ten minutes and is forgotten', async () => {
    const sandbox = await createTestSandbox();
    const { dataCode } = (await (
      await sandbox.post('/v1/experiments/188402/results', BODY)
    ).json()) as { dataCode: string };
    expect(dataCode).toMatch(/^\d{77}$/);
    const poll = () => sandbox.send(`/results?dataCode=${dataCode}`);
    expect(await (await poll()).json()).toEqual({ status: 'WAITING' });
    sandbox.clock.nowMs += 15_000;
    const first = await (await poll()).json();
    expect(first).toMatchObject({ status: 'READY' });
    sandbox.clock.nowMs += 9 * 60_000;
    expect(await (await poll()).json()).toEqual(first);
    sandbox.clock.nowMs += 60_000;
    expect((await poll()).status).toBe(404);
    expect((await sandbox.send('/results?dataCode=12')).status).toBe(404);
  });

  it('takes about 1.2 s, and about 2.2 s in one case of twenty', () => {
    const jobs = createResultsJobs(5, EPOCH_MS);
    const delays = Array.from({ length: 400 }, () => {
      const dataCode = jobs.start(
        { compute: () => ({}), owner: 'a-client', experimentId: 188402 },
        EPOCH_MS,
      );
      let delayMs = 0;
      while (jobs.poll(dataCode, EPOCH_MS + delayMs)?.status === 'WAITING') delayMs += 20;
      return delayMs;
    }).sort((a, b) => a - b);
    expect(delays[0]).toBeGreaterThan(200);
    expect(Math.abs(delays[200]! - 1_200)).toBeLessThan(150);
    expect(Math.abs(delays[380]! - 2_200)).toBeLessThan(400);
  });

  it('counts what had happened when it was asked, however late it is read', async () => {
    const sandbox = await createTestSandbox();
    const now = await sandbox.results(188501);
    const again = await sandbox.results(188501, {
      dateIntervals: [{ start: '2026-01-01T00:00:00Z', end: '2026-12-31T00:00:00' }],
    });
    expect(again).toEqual(now);
    sandbox.clock.nowMs += 60_000;
    expect(await sandbox.results(188501)).not.toEqual(now);
  });
});

describe('the answer', () => {
  it('has one row for the original under _reference, which is compared with nothing', async () => {
    const sandbox = await createTestSandbox();
    const answer = await sandbox.results(188401, { referenceVariationId: '0', goalsIds: [312001] });
    expect(Object.keys(answer).sort()).toEqual(['901001', '901002', '901003', '_reference']);
    const goal = (key: string): GoalData =>
      answer[key]!.breakdownData['_reference']!.generalData.goalsData['312001']!;
    expect(goal('_reference')).toMatchObject({ improvementRate: null, reliability: null });
    const [a, b] = [goal('_reference'), goal('901003')];
    expect(b.improvementRate).toBeCloseTo(100 * (b.conversionRate / a.conversionRate - 1), 2);
    expect(b.reliability).toBeGreaterThan(99.9);
    expect(b.averageCart).toBeCloseTo(b.revenueCount / b.conversionCount, 1);
  });

  it('has no such row where there is no original, and compares when told with what', async () => {
    const sandbox = await createTestSandbox();
    const plain = await sandbox.results(188604);
    expect(Object.keys(plain)).toEqual(['901204', '901205', '901206']);
    const reliabilityOf = (answer: typeof plain, key: string) =>
      answer[key]!.breakdownData['_reference']!.generalData.goalsData['312022']!.reliability;
    expect(reliabilityOf(plain, '901205')).toBeNull();
    const told = await sandbox.results(188604, { referenceVariationId: '901204' });
    expect(reliabilityOf(told, '901204')).toBeNull();
    expect(reliabilityOf(told, '901205')).toEqual(expect.any(Number));
  });

  it('counts converted people or converted visits, so that the two reports differ', async () => {
    const sandbox = await createTestSandbox();
    const row = async (visitorData: boolean) => {
      const answer = await sandbox.results(188402, { visitorData });
      return answer['901004']!.breakdownData['_reference']!.generalData;
    };
    const [people, visits] = [await row(true), await row(false)];
    expect([people.visitCount, people.visitorCount]).toEqual([
      visits.visitCount,
      visits.visitorCount,
    ]);
    expect(people.visitCount).toBeGreaterThan(people.visitorCount);
    const [byPeople, byVisits] = [people.goalsData['312001']!, visits.goalsData['312001']!];
    expect(byVisits.convertedVisitCount).toBeGreaterThan(byPeople.convertedVisitCount);
    expect(byVisits.conversionCount).toBe(byPeople.conversionCount);
    expect(byVisits.conversionCount).toBeGreaterThan(byVisits.convertedVisitCount);
    const rate = (100 * byPeople.convertedVisitCount) / people.visitorCount;
    expect(byPeople.conversionRate).toBeCloseTo(rate, 4);
    const visitRate = (100 * byVisits.convertedVisitCount) / visits.visitCount;
    expect(byVisits.conversionRate).toBeCloseTo(visitRate, 4);
  });

  it('rates all conversions when asked to', async () => {
    const sandbox = await createTestSandbox();
    const answer = await sandbox.results(188402, { conversionType: 'ALL_CONVERSION' });
    const { visitorCount, goalsData } = answer['901004']!.breakdownData['_reference']!.generalData;
    const goal = goalsData['312001']!;
    expect(goal.conversionRate).toBeCloseTo((100 * goal.conversionCount) / visitorCount, 4);
  });

  it('is empty for a draft and silent about the paused past', async () => {
    const sandbox = await createTestSandbox();
    const draft = await sandbox.results(188408);
    expect(draft['_reference']!.breakdownData['_reference']!.generalData.visitorCount).toBe(0);
    const paused = await sandbox.results(188506, {
      dateIntervals: [{ start: '2026-05-18T00:00:00', end: '2026-05-21T00:00:00' }],
    });
    expect(paused['_reference']!.breakdownData['_reference']!.generalData.visitCount).toBe(0);
  });

  it('can play the other readings of the contract', async () => {
    const quirks = { rateUnit: 'fraction', convertedCount: 'visits' } as const;
    const sandbox = await createTestSandbox({ quirks });
    const answer = await sandbox.results(188402);
    const { visitorCount, goalsData } = answer['901004']!.breakdownData['_reference']!.generalData;
    const goal = goalsData['312001']!;
    expect(goal.conversionRate).toBeCloseTo(goal.convertedVisitCount / visitorCount, 5);
    expect(goal.reliability).toBeLessThanOrEqual(1);
  });
});

describe('a results request', () => {
  it.each([
    ['no conversion type', {}],
    ['an unknown conversion type', { conversionType: 'SOME' }],
    ['an unknown breakdown', { ...BODY, breakdown: { type: 'MOON_PHASE' } }],
    ['an interval breakdown without an interval', { ...BODY, breakdown: { type: 'INTERVAL' } }],
    [
      'an unknown filter',
      { ...BODY, filters: [{ type: 'MOOD', values: ['GOOD'], include: true }] },
    ],
    ['a filter without include', { ...BODY, filters: [{ type: 'BROWSER', values: ['CHROME'] }] }],
    ['a filter by nothing', { ...BODY, filters: [{ type: 'BROWSER', values: [], include: true }] }],
    [
      'a filter by a value of another type',
      { ...BODY, filters: [{ type: 'NEW_VISITOR', values: ['CHROME'], include: true }] },
    ],
    ['a word where a flag belongs', { ...BODY, visitorData: 'true' }],
    [
      'an interval that ends before it begins',
      { ...BODY, dateIntervals: [{ start: '2026-05-02T00:00:00', end: '2026-05-01T00:00:00' }] },
    ],
    ['an unreadable date', { ...BODY, dateIntervals: [{ start: 'yesterday', end: 'today' }] }],
    ['a null end', { ...BODY, dateIntervals: [{ start: '2026-05-01T00:00:00', end: null }] }],
    ['a goal of another experiment', { ...BODY, goalsIds: [312011] }],
    ['a reference of another experiment', { ...BODY, referenceVariationId: '901101' }],
    ['a list', []],
  ])('with %s is 400', async (_, body) => {
    const sandbox = await createTestSandbox();
    const response = await sandbox.post('/experiments/188402/results', body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ status: 'ERROR' });
  });

  it('needs the JSON content type, with or without a charset, and real JSON', async () => {
    const sandbox = await createTestSandbox();
    const status = async (body: string, contentType: string) =>
      (
        await sandbox.send('/experiments/188402/results', {
          method: 'POST',
          body,
          headers: { 'content-type': contentType },
        })
      ).status;
    const body = JSON.stringify(BODY);
    expect(await status(body, 'text/plain')).toBe(400);
    expect(await status('{', 'application/json')).toBe(400);
    expect(await status(body, 'application/json; charset=UTF-8')).toBe(200);
  });

  it('about an unknown experiment is 404', async () => {
    const sandbox = await createTestSandbox();
    expect((await sandbox.post('/experiments/1/results', BODY)).status).toBe(404);
  });

  it('is answered with the time of the server in the Date header', async () => {
    const sandbox = await createTestSandbox();
    const response = await sandbox.send('/sites');
    const atMs = Date.parse(response.headers.get('date') ?? '');
    expect(atMs).toBe(Math.floor((EPOCH_MS + 5_000) / 1000) * 1000);
  });
});
