import { expect } from 'vitest';
import type { Api } from './http/api';
import { openContract } from './contract';
import { makeExperiment, makeInState, makeVariation } from './http/make';
import { asRow, idOf, numbersOf, type Row } from './http/shape';

const { fact } = openContract({ active: 4, stopped: 4 });

const pathOf = (row: Row): string => `/experiments/${idOf(row)}`;

/** An experiment of two variations, and a PATCH of its split. */
async function withTwo(api: Api) {
  const made = await makeExperiment(api);
  const [one] = numbersOf(made['variations']);
  const two = idOf(await makeVariation(api));
  const deviations = { origin: 0.4, [String(one)]: 0.3, [String(two)]: 0.3 };
  await api.change(pathOf(made), { variations: [one, two], deviations });
  const split = (origin: unknown, first: unknown, second: unknown) =>
    api.call('PATCH', pathOf(made), {
      body: { deviations: { origin, [String(one)]: first, [String(two)]: second } },
    });
  return { one: String(one), two: String(two), path: pathOf(made), split };
}

fact('3.2-split-as-text', async ({ api }) => {
  const { one, path, split } = await withTwo(api);
  expect((await split('0.33333333', '0.33333333', '0.33333333')).status).toBe(200);
  expect(asRow((await api.read(path))['deviations'])[one]).toBeCloseTo(0.33333333, 4);
});

fact('3.2-split-sums', async ({ api }) => {
  const { split } = await withTwo(api);
  expect((await split(0.3333, 0.3333, 0.3333)).status).toBe(200);
  expect((await split(0.33333334, 0.33333334, 0.33333334)).status).toBe(200);
});

fact('3.2-split-of-one', async ({ api }) => {
  const { one, two, path } = await withTwo(api);
  await api.change(path, { deviations: { [one]: 0.3 } });
  expect((await api.read(path))['deviations']).toEqual({ origin: 0.4, [one]: 0.3, [two]: 0.3 });
});

fact('3.2-split-far-off', async ({ api }) => {
  const { path, split } = await withTwo(api);
  const before = (await api.read(path))['deviations'];
  expect((await split(0.3, 0.3, 0.3)).status).toBe(400);
  expect((await split(0.5, 0.5, 0.5)).status).toBe(400);
  expect((await api.read(path))['deviations']).toEqual(before);
});

fact('3.2-split-all-on-one', async ({ api }) => {
  const { split } = await withTwo(api);
  expect((await split(0, 1, 0)).status).toBe(200);
});

fact('3.2-delete', async ({ api }) => {
  const path = pathOf(await makeExperiment(api));
  const answer = await api.call('DELETE', path);
  expect([answer.status, answer.text]).toEqual([200, '']);
  expect((await api.call('GET', path)).status).toBe(404);
});

fact('3.2-delete-stopped', async ({ api }) => {
  const path = pathOf(await makeInState(api, 'ACTIVATE', 'STOP'));
  expect((await api.call('DELETE', path)).status).toBe(200);
});

fact('3.2-delete-running', async ({ api }) => {
  for (const moves of [['ACTIVATE'], ['ACTIVATE', 'PAUSE']]) {
    const path = pathOf(await makeInState(api, ...moves));
    expect((await api.call('DELETE', path)).status).toBe(400);
    expect((await api.call('GET', path)).status).toBe(200);
  }
});

const simulate = async (api: Api): Promise<{ row: Row; url: string; type: string | null }> => {
  const rows = await api.list('/experiments', { perPage: 20 });
  const row = rows.find((each) => typeof each['baseURL'] === 'string');
  if (!row) throw new Error('no experiment with a baseURL');
  const answer = await api.call('GET', `/experiments/simulate/${idOf(row)}`);
  expect(answer.status).toBe(200);
  return { row, url: answer.text.trim(), type: answer.headers.get('content-type') };
};

fact('3.2-simulate', async ({ api }) => {
  const { url, type } = await simulate(api);
  expect(type).toMatch(/^text\/plain/);
  expect(url).toMatch(/^https?:\/\/\S+$/);
});

fact('3.2-simulate-url', async ({ api }) => {
  const { row, url } = await simulate(api);
  expect(url.startsWith(String(row['baseURL']))).toBe(true);
  const query = new URL(url).searchParams;
  expect(query.get('kameleoon-experiment-id')).toBe(String(row['id']));
  expect(query.get('kameleoon-simulation')).toBe('true');
});
