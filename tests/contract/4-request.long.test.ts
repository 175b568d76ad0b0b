import { expect } from 'vitest';
import type { Api } from './http/api';
import { openContract } from './contract';
import { dayAfter, threeDays } from './http/days';
import {
  ASK,
  aRunningExperiment,
  generalOf,
  goalOf,
  originalKey,
  readReport,
  sumOf,
} from './http/report';
import { asRow, idOf, numbersOf, type Row } from './http/shape';

const { fact } = openContract({ active: 5, stopped: 4 });

const ask = async (api: Api, over: Row, experimentId?: number) => {
  const id = experimentId ?? idOf(await aRunningExperiment(api));
  return api.call('POST', `/experiments/${id}/results`, { body: { ...ASK, ...over } });
};
const statusOf = async (api: Api, over: Row): Promise<number> => (await ask(api, over)).status;

fact('4.1-all-time', async ({ api }) => {
  const experiment = await aRunningExperiment(api);
  const [day] = threeDays(experiment);
  const whole = sumOf(await readReport(api, experiment), 'visitCount');
  const dateIntervals = [{ start: day, end: dayAfter(day, 1) }];
  const part = sumOf(await readReport(api, experiment, { dateIntervals }), 'visitCount');
  expect(whole).toBeGreaterThan(part);
});

fact('4.1-one-interval', async ({ api }) => {
  const experiment = await aRunningExperiment(api);
  const [day] = threeDays(experiment);
  const before = [{ start: dayAfter(day, -60), end: dayAfter(day, -30) }];
  const within = [{ start: day, end: dayAfter(day, 3) }];
  const report = (dateIntervals: Row[]) => readReport(api, experiment, { dateIntervals });
  expect(sumOf(await report(within), 'visitCount')).toBeGreaterThan(0);
  expect(sumOf(await report(before), 'visitCount')).toBe(0);
});

fact('4.1-several-intervals', async ({ api }) => {
  const experiment = await aRunningExperiment(api);
  const [first, , third] = threeDays(experiment);
  const one = { start: first, end: dayAfter(first, 1) };
  const two = { start: third, end: dayAfter(third, 1) };
  const visits = async (...dateIntervals: Row[]) =>
    sumOf(await readReport(api, experiment, { dateIntervals }), 'visitCount');
  expect(await visits(one, two)).toBe((await visits(one)) + (await visits(two)));
});

fact('4.1-conversion-type', async ({ api }) => {
  for (const conversionType of ['ALL_CONVERSION', 'CONVERTED_VISITS'])
    expect(await statusOf(api, { conversionType })).toBe(200);
});

fact('4.1-conversion-type-required', async ({ api }) => {
  expect(await statusOf(api, { conversionType: undefined })).toBe(400);
  expect(await statusOf(api, { conversionType: 'SOME_CONVERSIONS' })).toBe(400);
});

fact('4.1-visitor-data', async ({ api }) => {
  const experiment = await aRunningExperiment(api);
  const dateIntervals = [{ start: threeDays(experiment)[0], end: threeDays(experiment)[2] }];
  const report = (over: Row) => readReport(api, experiment, { dateIntervals, ...over });
  const bare = await report({ visitorData: undefined });
  const visits = await report({ visitorData: false });
  const visitors = await report({ visitorData: true });
  expect(bare.variations).toEqual(visits.variations);
  expect(sumOf(visitors, 'visitorCount')).toBeGreaterThan(0);
  const goal = numbersOf(experiment['goals'])[0] ?? 0;
  const rate = (from: typeof visits) => goalOf(from, originalKey(from), goal)['conversionRate'];
  expect(rate(visitors)).not.toBe(rate(visits));
});

const boolean = async (api: Api, name: string) => {
  for (const value of [true, false, undefined])
    expect([name, value, await statusOf(api, { [name]: value })]).toEqual([name, value, 200]);
};

fact('4.1-all-variations', ({ api }) => boolean(api, 'allVariationsData'));

fact('4.1-bayesian', async ({ api }) => {
  for (const name of ['bayesian', 'sequentialTesting', 'enabledMultipleTesting'])
    await boolean(api, name);
});

const goalsFigures = (report: Awaited<ReturnType<typeof readReport>>, key: string): Row =>
  asRow(generalOf(report, key)['goalsData']);

fact('4.1-reference', async ({ api }) => {
  const experiment = await aRunningExperiment(api);
  const report = await readReport(api, experiment, { referenceVariationId: '0' });
  const goal = numbersOf(experiment['goals'])[0] ?? 0;
  expect(goalOf(report, originalKey(report), goal)['improvementRate'] ?? null).toBeNull();
  const [variation] = numbersOf(experiment['variations']);
  expect(goalOf(report, String(variation), goal)['improvementRate']).toBeTypeOf('number');
});

fact('4.1-other-reference', async ({ api }) => {
  const experiment = await aRunningExperiment(api);
  const key = String(numbersOf(experiment['variations'])[0]);
  const report = await readReport(api, experiment, { referenceVariationId: key });
  const goal = numbersOf(experiment['goals'])[0] ?? 0;
  expect(goalOf(report, key, goal)['improvementRate'] ?? null).toBeNull();
  expect(goalOf(report, originalKey(report), goal)['improvementRate']).toBeTypeOf('number');
});

fact('4.1-goals', async ({ api }) => {
  const experiment = await aRunningExperiment(api);
  const goalsIds = numbersOf(experiment['goals']).slice(0, 1);
  const report = await readReport(api, experiment, { goalsIds });
  const keys = Object.keys(goalsFigures(report, originalKey(report)));
  expect(keys).toEqual(goalsIds.map(String));
});

fact('4.1-goals-null', async ({ api }) => {
  const experiment = await aRunningExperiment(api);
  const report = await readReport(api, experiment, { goalsIds: null });
  const keys = Object.keys(goalsFigures(report, originalKey(report))).map(Number);
  expect(keys).toEqual(expect.arrayContaining([...numbersOf(experiment['goals'])]));
});

fact('4.1-cuped', async ({ api }) => {
  const experiment = await aRunningExperiment(api);
  const goalIdsCuped = numbersOf(experiment['goals']).slice(0, 1);
  expect((await ask(api, { goalIdsCuped }, idOf(experiment))).status).toBe(200);
});

fact('4.1-breakdown', async ({ api }) => {
  expect(await statusOf(api, { breakdown: {} })).toBe(400);
  expect(await statusOf(api, { breakdown: { type: 'DEVICE_TYPE' } })).toBe(200);
});

fact('4.1-filters', async ({ api }) => {
  const filters = [{ type: 'DEVICE_TYPE', values: ['PHONE'], include: true }];
  expect(await statusOf(api, { filters })).toBe(200);
  expect(await statusOf(api, { filters: [] })).toBe(200);
});

fact('4.1-callback', async ({ api }) => {
  expect(await statusOf(api, { callbackUrl: 'http://127.0.0.1:9/ready' })).toBe(200);
});

fact('4.1-path', async ({ api }) => {
  expect((await ask(api, {}, 1)).status).toBe(404);
});

fact('4.1-data-code', async ({ api }) => {
  const { dataCode } = (await ask(api, {})).row();
  expect(dataCode).toBeTypeOf('string');
  expect(dataCode).toMatch(/^\d{10,}$/);
});

fact('4.1-status', async ({ api }) => {
  expect(await statusOf(api, {})).toBe(200);
});
