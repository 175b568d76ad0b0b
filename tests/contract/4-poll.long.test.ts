import { expect } from 'vitest';
import type { Api } from './http/api';
import { openContract } from './contract';
import { dayAfter, threeDays } from './http/days';
import { ASK, aRunningExperiment, askResults, readReport, sumOf } from './http/report';
import { idOf, numbersOf } from './http/shape';

const { fact } = openContract({ active: 5, stopped: 4 });

const poll = (api: Api, dataCode: string) => api.call('GET', '/results', { query: { dataCode } });
const codeOf = async (api: Api): Promise<string> =>
  askResults(api, `/experiments/${idOf(await aRunningExperiment(api))}`, ASK);

fact('4.4-envelope', async ({ api }) => {
  const answer = await poll(api, await codeOf(api));
  expect(answer.status).toBe(200);
  expect(Object.keys(answer.row()).filter((key) => !['status', 'data'].includes(key))).toEqual([]);
});

fact('4.4-status', async ({ api }) => {
  expect(['READY', 'WAITING', 'ERROR']).toContain(
    (await poll(api, await codeOf(api))).row()['status'],
  );
});

fact('4.4-waiting', async ({ api }) => {
  const body = (await poll(api, await codeOf(api))).row();
  expect(body['status']).toBe('WAITING');
  expect(body['data'] ?? null).toBeNull();
});

fact('4.4-ready-in-time', async ({ api }) => {
  const report = await readReport(api, await aRunningExperiment(api));
  expect(Object.keys(report.variations).length).toBeGreaterThan(1);
});

fact('4.4-unknown-code', async ({ api }) => {
  expect((await poll(api, '123456789012345678901234')).status).toBe(404);
});

fact('4.4-poll-with-token', async ({ api, withToken }) => {
  const dataCode = await codeOf(api);
  expect((await poll(api, dataCode)).status).toBe(200);
  expect((await poll(withToken('nonsense'), dataCode)).status).toBe(401);
});

fact('4.8-example', async ({ api }) => {
  const experiment = await aRunningExperiment(api);
  const [start] = threeDays(experiment);
  const dateIntervals = [{ start, end: dayAfter(start, 2) }];
  const body = {
    goalsIds: numbersOf(experiment['goals']).slice(0, 1),
    dateIntervals,
    breakdown: { type: 'INTERVAL', interval: 'DAY' },
    filters: [{ type: 'DEVICE_TYPE', values: ['PHONE'], include: true }],
  };
  const report = await readReport(api, experiment, body);
  expect(sumOf(report, 'visitCount')).toBeGreaterThan(0);
});
