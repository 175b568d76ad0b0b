import { expect } from 'vitest';
import type { Api } from './http/api';
import { openContract } from './contract';
import { makeExperiment, makeGoal } from './http/make';
import { ASK, aRunningExperiment, askResults, awaitReport, sumOf } from './http/report';
import { asText, idOf, type Row } from './http/shape';
import { readToken } from './http/token';
import { send } from './http/wire';

const { fact } = openContract({ active: 6, stopped: 20 });

const ZONELESS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?$/;
const isDate = ([name]: readonly [string, unknown]): boolean => /^date[A-Z]/.test(name);
const datesOf = (rows: readonly Row[]) => rows.flatMap((row) => Object.entries(row).filter(isDate));

async function someDates(api: Api): Promise<readonly (readonly [string, unknown])[]> {
  const dates = [];
  for (const path of ['/sites', '/experiments', '/goals', '/segments'])
    dates.push(...datesOf(await api.list(path)));
  expect(dates.length).toBeGreaterThan(3);
  return dates;
}

fact('2.6-no-zone', async ({ api }) => {
  for (const [name, value] of await someDates(api))
    if (value !== null) expect([name, value]).toEqual([name, expect.stringMatching(ZONELESS)]);
});

fact('2.6-never-null', async ({ api }) => {
  const bad = (await someDates(api)).filter(
    ([, value]) => value === null || /Z$/.test(String(value)),
  );
  expect(bad).toEqual([]);
});

fact('2.6-seconds-on-reads', async ({ api }) => {
  for (const [, value] of await someDates(api))
    expect(value).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
});

fact('2.6-fractions-of-a-new-object', async ({ api }) => {
  const made = [await makeExperiment(api), await makeGoal(api)];
  for (const row of made) expect(row['dateCreated']).toMatch(/T\d\d:\d\d:\d\d\.\d{1,9}$/);
});

fact('2.6-unset-is-absent', async ({ api }) => {
  const made = await makeExperiment(api);
  const read = await api.read(`/experiments/${idOf(made)}`);
  for (const row of [made, read])
    for (const name of ['dateStarted', 'dateEnded', 'dateCollectingDataStopped'])
      expect(row).not.toHaveProperty(name);
});

fact('2.6-both-forms-of-intervals', async ({ api }) => {
  const experiment = await aRunningExperiment(api);
  const path = `/experiments/${idOf(experiment)}`;
  const day = asText(experiment['dateStarted']).slice(0, 10);
  const sums = [];
  for (const zone of ['', 'Z']) {
    const start = `${day}T00:00:00${zone}`;
    const end = `${day}T23:59:59${zone}`;
    const dataCode = await askResults(api, path, { ...ASK, dateIntervals: [{ start, end }] });
    sums.push(sumOf(await awaitReport(api, dataCode), 'visitCount'));
  }
  expect(sums[0]).toBe(sums[1]);
});

fact('2.7-ok', async ({ api }) => {
  expect((await api.call('GET', '/experiments')).status).toBe(200);
});

fact('2.7-created', async ({ api }) => {
  expect(idOf(await makeExperiment(api))).toBeGreaterThan(0);
});

fact('2.7-invalid-body', async ({ api }) => {
  for (const body of ['{"name":', '[]', '{}'])
    expect([body, (await api.call('POST', '/experiments', { body })).status]).toEqual([body, 400]);
});

fact('2.7-content-type', async ({ url, credentials }) => {
  const token = await readToken(url, credentials);
  const body = JSON.stringify({ name: 'x', siteId: 20101, baseURL: 'https://www.example.com/' });
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'text/plain' };
  const answer = await send(url, { method: 'POST', path: '/experiments', body, headers });
  expect(answer.status).toBe(400);
});

fact('2.7-unknown-id', async ({ api }) => {
  for (const path of ['/experiments/1', '/goals/1', '/segments/1', '/variations/1', '/sites/1'])
    expect([path, (await api.call('GET', path)).status]).toEqual([path, 404]);
});

fact('2.7-locked', async ({ api, stage }) => {
  const id = idOf(await makeExperiment(api));
  await stage({ kind: 'locked', experimentId: id }, async () => {
    expect((await api.call('GET', `/experiments/${id}`)).status).toBe(423);
    expect((await api.call('GET', '/experiments/188401')).status).toBe(200);
  });
  expect((await api.call('GET', `/experiments/${id}`)).status).toBe(200);
});

fact('2.7-server-error', async ({ api, stage }) => {
  await stage({ kind: 'status', status: 503, on: 'lists' }, async () => {
    expect((await api.call('GET', '/goals')).status).toBe(503);
  });
});

fact('2.7-codes-of-an-experiment', async ({ api, stage }) => {
  const path = `/experiments/${idOf(await makeExperiment(api))}`;
  const seen = [(await api.call('GET', path)).status];
  seen.push((await api.call('GET', '/experiments/not-a-number')).status);
  const status = (code: number) => ({ kind: 'status', status: code });
  for (const fault of [status(403), { kind: 'locked' }, status(500)])
    await stage({ ...fault, on: 'objects' }, async () => {
      const answer = await api.call('GET', path);
      seen.push(answer.status);
      expect(answer.row()).toMatchObject({ status: 'ERROR', message: expect.any(String) });
    });
  expect(seen).toEqual([200, 400, 403, 423, 500]);
});

fact('2.9-slow-list', async ({ api }) => {
  expect((await api.list('/experiments', { perPage: 200 })).length).toBeGreaterThan(0);
});
