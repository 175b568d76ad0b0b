import { expect } from 'vitest';
import type { Api } from './http/api';
import { openContract } from './contract';
import { freshName, makeSegment, oneGroup, pageUrl } from './http/make';
import { ASK } from './http/report';
import { asText, isRow } from './http/shape';

const { fact } = openContract({ active: 3, stopped: 3 });

const ZONELESS = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?$/;

const refused = async (api: Api, path: string, body: unknown): Promise<string> => {
  const answer = await api.call('POST', path, { body });
  expect(answer.status).toBe(400);
  return asText(answer.row()['message']);
};

fact('2.8-live-form', async ({ api }) => {
  const answer = await api.call('POST', '/goals', { body: {} });
  expect(answer.status).toBe(400);
  expect(answer.row()).toMatchObject({
    status: 'ERROR',
    message: expect.stringMatching(/\S/),
    timestamp: expect.stringMatching(ZONELESS),
  });
});

fact('2.8-joined', async ({ api }) => {
  const message = await refused(api, '/goals', { name: freshName('goal') });
  expect(message.split('; ').length).toBeGreaterThanOrEqual(3);
});

fact('2.8-path-and-wording', async ({ api }) => {
  const conditions = [pageUrl(), pageUrl(), { ...pageUrl(), matchType: null }];
  const conditionsData = oneGroup(...conditions);
  const message = await refused(api, '/segments', {
    name: freshName('segment'),
    siteId: 20101,
    conditionsData,
  });
  expect(message).toContain(
    "Fields not valid. 'conditionsData.firstLevel[0].conditions[2].matchType': must not be null",
  );
});

fact('2.8-must-not-be-empty', async ({ api }) => {
  const body = { name: '', siteId: 20101, baseURL: 'https://www.example.com/', type: 'DEVELOPER' };
  expect(await refused(api, '/experiments', body)).toContain("'name': must not be empty");
});

fact('2.8-click-goal-without-url', async ({ api }) => {
  const name = freshName('click');
  const body = { name, siteId: 20101, type: 'CLICK', hasMultipleConversions: false };
  const answer = await api.call('POST', '/goals', { body });
  expect([400, 500]).toContain(answer.status);
  expect(answer.row()).toMatchObject({ status: 'ERROR', timestamp: expect.any(String) });
  if (answer.status === 500) expect(answer.row()['message']).toBe('Data access error.');
  const filter = [{ field: 'name', operator: 'EQUAL', parameters: [name] }];
  expect(await api.list('/goals', { filter })).toEqual([]);
});

fact('2.8-results-back-end', async ({ api, stage }) => {
  await stage({ kind: 'status', status: 500, on: 'results', form: 'results' }, async () => {
    const answer = await api.call('POST', '/experiments/188401/results', { body: ASK });
    expect(answer.status).toBe(500);
    expect(answer.row()).toEqual({ serviceName: 'Data client', message: expect.any(String) });
  });
});

fact('2.8-three-fields', async ({ api }) => {
  const answers = [
    await api.call('POST', '/goals', { body: {} }),
    await api.call('GET', '/experiments/1'),
    await api.call('GET', '/experiments', { query: { filter: 'x' } }),
  ];
  for (const answer of answers)
    expect(Object.keys(answer.row()).toSorted()).toEqual(['message', 'status', 'timestamp']);
});

fact('2.8-same-name', async ({ api }) => {
  const { name, siteId, conditionsData } = await makeSegment(api);
  expect(isRow(conditionsData)).toBe(true);
  const message = await refused(api, '/segments', {
    name,
    siteId,
    conditionsData: oneGroup(pageUrl()),
  });
  expect(message).toContain('same name already exists');
});
