import { expect } from 'vitest';
import type { Api } from './http/api';
import { openContract } from './contract';
import { LIVE } from './http/mode';
import { aSite, freshName, makeGoal } from './http/make';
import { aRunningExperiment, breakdownOf, goalOf, readReport } from './http/report';
import { first, idOf, numbersOf, type Row } from './http/shape';

const { fact } = openContract({ active: 6, stopped: 4 });

const pathOf = (row: Row): string => `/goals/${idOf(row)}`;

const KEYS = [
  'accessLimiters',
  'createdBy',
  'customDatas',
  'dateCreated',
  'dateModified',
  'experimentAmount',
  'experiments',
  'featureFlagAmount',
  'hasMultipleConversions',
  'holdoutAmount',
  'holdouts',
  'id',
  'isActive',
  'mentalistWeight',
  'name',
  'personalizationAmount',
  'personalizations',
  'siteId',
  'status',
  'tags',
  'targetingSegmentMentalist',
  'trackingTools',
  'type',
];

fact('3.5-keys', async ({ api }) => {
  const read = await api.read(pathOf(await makeGoal(api)));
  expect(KEYS.filter((key) => !(key in read))).toEqual([]);
});

const goalsOf = async (api: Api): Promise<readonly Row[]> => {
  const rows = await api.list('/goals', { perPage: 100 });
  first(rows, 'goal');
  return rows;
};

fact('3.5-status', async ({ api }) => {
  for (const row of await goalsOf(api)) expect(['ACTIVE', 'INACTIVE']).toContain(row['status']);
});

fact('3.5-archived', async ({ api }) => {
  for (const row of await goalsOf(api))
    if ('isArchived' in row) expect(row['isArchived']).toBeTypeOf('boolean');
});

const TYPES =
  'CLICK CUSTOM SCROLL PAGE_VIEWS URL TIME_SPENT RETENTION_RATE WAREHOUSE RATIO_METRICS';
fact('3.5-type', async ({ api }) => {
  for (const row of await goalsOf(api)) expect(TYPES.split(' ')).toContain(row['type']);
});

const goalBody = async (api: Api): Promise<Record<string, unknown>> => ({
  name: freshName('goal'),
  siteId: idOf(await aSite(api)),
  type: 'CUSTOM',
  hasMultipleConversions: false,
});

fact('3.5-created', async ({ api }) => {
  const answer = await api.call('POST', '/goals', { body: await goalBody(api) });
  expect(answer.status).toBe(201);
  expect(idOf(answer.row())).toBeGreaterThan(0);
});

const refusesWithout = async (api: Api, name: string): Promise<void> => {
  const { [name]: _left, ...body } = await goalBody(api);
  const answer = await api.call('POST', '/goals', { body });
  expect([name, answer.status]).toEqual([name, 400]);
  expect(answer.row()['message']).toMatch(new RegExp(`'${name}': must not be (null|empty)`));
};

fact('3.5-required', async ({ api }) => {
  for (const name of ['siteId', 'type', 'hasMultipleConversions']) await refusesWithout(api, name);
});

fact('3.5-name-required', ({ api }) => refusesWithout(api, 'name'));

fact('3.5-names-repeat', async ({ api }) => {
  const { name } = await makeGoal(api);
  const again = await makeGoal(api, { name });
  expect(again['name']).toBe(name);
});

fact('3.5-one-conversion-a-visit', async ({ api }) => {
  const experiment = await aRunningExperiment(api);
  const ids = numbersOf(experiment['goals']);
  const filter = [{ field: 'id', operator: 'IN', parameters: ids }];
  const single = (await api.list('/goals', { filter, perPage: 200 })).filter(
    (goal) => goal['hasMultipleConversions'] === false,
  );
  if (!LIVE) expect(single.length).toBeGreaterThan(0);
  const report = await readReport(api, experiment, { goalsIds: single.map(idOf) });
  for (const key of Object.keys(report.variations))
    for (const goal of single) {
      expect(Object.keys(breakdownOf(report, key))).toEqual(['_reference']);
      const figures = goalOf(report, key, idOf(goal));
      expect(figures['conversionCount']).toBe(figures['convertedVisitCount']);
    }
});

/** Made with these params, a goal is read with the same. */
async function keeps(api: Api, type: string, params: Row): Promise<void> {
  const made = await makeGoal(api, { type, params });
  expect((await api.read(pathOf(made)))['params']).toMatchObject(params);
}

fact('3.5-custom', async ({ api }) => {
  expect(await api.read(pathOf(await makeGoal(api)))).not.toHaveProperty('params');
});

fact('3.5-url', ({ api }) => keeps(api, 'URL', { matchString: '/thanks', matchType: 'CONTAINS' }));

fact('3.5-url-match', async ({ api }) => {
  for (const matchType of ['CONTAINS', 'CORRESPONDS_EXACTLY', 'REGULAR_EXPRESSION'])
    await keeps(api, 'URL', { matchString: '/thanks', matchType });
});

fact('3.5-url-exact', async ({ api }) => {
  const params = { matchString: '/thanks', matchType: 'EXACT' };
  const body = { ...(await goalBody(api)), type: 'URL', params };
  expect((await api.call('POST', '/goals', { body })).status).toBe(400);
});

fact('3.5-time-spent', ({ api }) =>
  keeps(api, 'TIME_SPENT', { matchType: 'MORE_THAN', timeSeconds: 60 }),
);

fact('3.5-page-views', ({ api }) =>
  keeps(api, 'PAGE_VIEWS', { numberMatchType: 'MORE_THAN', numberOfVisitedPages: 3 }),
);

fact('3.5-click', async ({ api }) => {
  const customSelectors = [{ mode: 'CUSTOM', selector: '#buy > button' }];
  await keeps(api, 'CLICK', { url: 'https://www.example.com/', customSelectors });
  await keeps(api, 'CLICK', { customSelectors });
});

fact('3.5-scroll', ({ api }) =>
  keeps(api, 'SCROLL', { scrollType: 'PERCENTAGE', scrollValue: 75 }),
);

fact('3.5-patch', async ({ api }) => {
  const made = await makeGoal(api);
  const sent = {
    name: freshName('renamed'),
    tags: ['checkout'],
    status: 'INACTIVE',
    description: 'What counts',
    hasMultipleConversions: true,
  };
  expect(await api.change(pathOf(made), sent)).toMatchObject(sent);
  const read = await api.read(pathOf(made), { optionalFields: 'tags' });
  expect(read).toMatchObject({ ...sent, type: 'CUSTOM', siteId: made['siteId'] });
});
