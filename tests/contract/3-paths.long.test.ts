import { expect } from 'vitest';
import { openContract } from './contract';
import {
  aSite,
  freshName,
  makeExperiment,
  makeGoal,
  makeInState,
  makeSegment,
  makeVariation,
} from './http/make';
import type { Api } from './http/api';
import { ASK, aRunningExperiment } from './http/report';
import { asRow, asRows, asText, first, idOf, type Row } from './http/shape';

const { fact } = openContract({ active: 6, stopped: 12 });

/** GET, then PUT or PATCH where given, then DELETE: each must succeed, and the object be gone. */
async function liveAndDie(api: Api, path: string, edits: readonly ('PUT' | 'PATCH')[]) {
  const row = await api.read(path);
  for (const method of edits) {
    const name = freshName('renamed');
    const body = method === 'PUT' ? { ...row, name } : { name };
    const answer = await api.call(method, path, { body });
    expect([method, answer.status]).toEqual([method, 200]);
    expect((await api.read(path))['name']).toBe(name);
  }
  const answer = await api.call('DELETE', path);
  expect(answer.status).toBeGreaterThanOrEqual(200);
  expect(answer.status).toBeLessThan(300);
  expect((await api.call('GET', path)).status).toBe(404);
}

/** What was made is in the list, found by its id. */
async function isListed(api: Api, path: string, made: Row): Promise<void> {
  const filter = [{ field: 'id', operator: 'EQUAL', parameters: [idOf(made)] }];
  expect((await api.list(path, { filter })).map(idOf)).toEqual([idOf(made)]);
}

const makeSite = (api: Api) => api.make('/sites', { name: freshName('site'), url: 'example.com' });

fact('3.0-sites', async ({ api }) => isListed(api, '/sites', await makeSite(api)));

fact('3.0-site', async ({ api }) =>
  liveAndDie(api, `/sites/${idOf(await makeSite(api))}`, ['PUT', 'PATCH']),
);

fact('3.0-site-by-code', async ({ api }) => {
  const site = await aSite(api);
  expect(idOf(await api.read(`/sites/byCode/${asText(site['code'])}`))).toBe(idOf(site));
});

fact('3.0-integration-tools', async ({ api }) => {
  const rows = await api.list(`/sites/${idOf(await aSite(api))}/integration-tools`);
  for (const row of rows) {
    expect(row['name']).toBeTypeOf('string');
    expect(asRow(row['settings'])).toBeTypeOf('object');
  }
});

fact('3.0-experiments', async ({ api }) =>
  isListed(api, '/experiments', await makeExperiment(api)),
);

fact('3.0-experiment', async ({ api }) =>
  liveAndDie(api, `/experiments/${idOf(await makeExperiment(api))}`, ['PATCH']),
);

fact('3.0-experiment-action', async ({ api }) => {
  expect((await makeInState(api, 'ACTIVATE'))['status']).toMatch(/^active$/i);
});

fact('3.0-experiment-results', async ({ api }) => {
  const path = `/experiments/${idOf(await aRunningExperiment(api))}/results`;
  expect((await api.call('POST', path, { body: ASK })).row()).toHaveProperty('dataCode');
});

fact('3.0-experiment-share', async ({ api }) => {
  const path = `/experiments/${idOf(await aRunningExperiment(api))}/results/share`;
  const answer = await api.call('POST', path, { body: ASK });
  expect([200, 201]).toContain(answer.status);
});

fact('3.0-simulate', async ({ api }) => {
  const { id } = await aRunningExperiment(api);
  expect((await api.call('GET', `/experiments/simulate/${String(id)}`)).status).toBe(200);
});

fact('3.0-variations', async ({ api }) => isListed(api, '/variations', await makeVariation(api)));

fact('3.0-variation', async ({ api }) =>
  liveAndDie(api, `/variations/${idOf(await makeVariation(api))}`, ['PUT', 'PATCH']),
);

fact('3.0-goals', async ({ api }) => isListed(api, '/goals', await makeGoal(api)));

fact('3.0-goal', async ({ api }) =>
  liveAndDie(api, `/goals/${idOf(await makeGoal(api))}`, ['PUT', 'PATCH']),
);

fact('3.0-segments', async ({ api }) => isListed(api, '/segments', await makeSegment(api)));

fact('3.0-segment', async ({ api }) =>
  liveAndDie(api, `/segments/${idOf(await makeSegment(api))}`, ['PUT', 'PATCH']),
);

const searches = async (api: Api, resource: string) => {
  const answer = await api.call('POST', `/${resource}/search`, { body: { page: 1, perPage: 3 } });
  expect(answer.status).toBe(200);
  expect(answer.rows().length).toBeLessThanOrEqual(3);
};

fact('3.0-variations-search', ({ api }) => searches(api, 'variations'));
fact('3.0-goals-search', ({ api }) => searches(api, 'goals'));
fact('3.0-segments-search', ({ api }) => searches(api, 'segments'));

fact('3.0-segment-condition', async ({ api }) => {
  const segment = await makeSegment(api);
  const groups = asRows(asRow(segment['conditionsData'])['firstLevel']);
  const condition = first(asRows(first(groups, 'group')['conditions']), 'condition');
  const path = `/segments/${idOf(segment)}/conditions/${idOf(condition)}`;
  expect((await api.call('PUT', path, { body: { ...condition, url: '/cart/' } })).status).toBe(200);
});

fact('3.0-results', async ({ api }) => {
  const path = `/experiments/${idOf(await aRunningExperiment(api))}/results`;
  const dataCode = (await api.call('POST', path, { body: ASK })).row()['dataCode'];
  expect((await api.call('GET', '/results', { query: { dataCode } })).status).toBe(200);
});

fact('3.0-targeting-rules', async ({ api }) => {
  expect(await api.list('/targeting-rules')).toBeInstanceOf(Array);
  const body = { siteId: idOf(await aSite(api)) };
  const bare = await api.call('POST', '/targeting-rules', { body });
  expect(bare.status).toBe(400);
});

fact('3.0-personalizations', async ({ api }) => {
  const siteId = idOf(await aSite(api));
  const made = await api.make('/personalizations', { siteId, name: freshName('personalization') });
  await isListed(api, '/personalizations', made);
  await liveAndDie(api, `/personalizations/${idOf(made)}`, ['PATCH']);
});

fact('3.0-feature-flags', async ({ api }) => {
  const flag = first(await api.list('/feature-flags'), 'feature flag');
  const path = `/feature-flags/${asText(flag['siteCode'])}/${asText(flag['featureKey'])}`;
  expect(idOf(await api.read(path))).toBe(idOf(flag));
});

fact('3.0-feature-flag-results', async ({ api }) => {
  const flag = first(await api.list('/feature-flags'), 'feature flag');
  const answer = await api.call('POST', `/feature-flags/${idOf(flag)}/results`, { body: ASK });
  expect(answer.status).toBe(200);
});

fact('3.0-accounts', async ({ api }) => {
  expect((await api.list('/accounts')).length).toBeGreaterThan(0);
});
