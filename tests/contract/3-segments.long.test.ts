import { expect } from 'vitest';
import type { Api } from './http/api';
import { openContract } from './contract';
import { aSite, freshName, makeExperiment, makeSegment, oneGroup, pageUrl } from './http/make';
import { asList, asRow, asRows, first, idOf, type Row } from './http/shape';

const { fact } = openContract({ active: 4, stopped: 4 });

const pathOf = (row: Row): string => `/segments/${idOf(row)}`;
const groupsOf = (row: Row): readonly Row[] => asRows(asRow(row['conditionsData'])['firstLevel']);
const leavesOf = (row: Row): readonly Row[] =>
  groupsOf(row).flatMap((group) => asRows(group['conditions']));
const leafOf = (row: Row): Row => first(leavesOf(row), 'condition');

const make = (api: Api, ...conditions: readonly Row[]): Promise<Row> =>
  makeSegment(api, { conditionsData: oneGroup(...conditions) });

const FIELDS =
  'id name siteId segmentType conditionsData tags audienceTracking audienceTrackingEditable isFavorite userVisible hasSegmentCondition usedBySegmentCondition createdBy dateCreated experimentAmount experiments personalizationAmount personalizations featureFlagAmount';
fact('3.6-fields', async ({ api }) => {
  const read = await api.read(pathOf(await makeSegment(api)));
  expect(FIELDS.split(' ').filter((name) => !(name in read))).toEqual([]);
});

fact('3.6-type', async ({ api }) => {
  const types = ['STANDARD', 'KEY_MOMENT', 'FEATURE_FLAG', 'ALL'];
  for (const row of await api.list('/segments', { perPage: 100 }))
    expect(types).toContain(row['segmentType']);
});

fact('3.6-required', async ({ api }) => {
  const siteId = idOf(await aSite(api));
  const body: Row = { name: freshName('segment'), siteId, conditionsData: oneGroup(pageUrl()) };
  for (const name of Object.keys(body)) {
    const { [name]: _left, ...rest } = body;
    const answer = await api.call('POST', '/segments', { body: rest });
    expect([name, answer.status]).toEqual([name, 400]);
    expect(answer.row()['message']).toMatch(new RegExp(`'${name}': must not be (null|empty)`));
  }
});

fact('3.6-default-type', async ({ api }) => {
  expect((await makeSegment(api))['segmentType']).toBe('STANDARD');
});

fact('3.6-patch-writable', async ({ api }) => {
  const made = await makeSegment(api);
  const sent = {
    audienceTracking: true,
    description: 'Those who buy',
    isFavorite: true,
    name: freshName('renamed'),
    tags: ['vip'],
  };
  expect(await api.change(pathOf(made), sent)).toMatchObject(sent);
  expect(await api.read(pathOf(made), { optionalFields: 'tags' })).toMatchObject(sent);
});

fact('3.6-patch-deleted', async ({ api }) => {
  const made = await makeSegment(api);
  const answer = await api.call('PATCH', pathOf(made), { body: { isDeleted: true } });
  expect(answer.status).toBe(200);
});

fact('3.6-patch-not-conditions', async ({ api }) => {
  const made = await makeSegment(api);
  const conditionsData = oneGroup(pageUrl({ url: '/cart/' }));
  await api.call('PATCH', pathOf(made), { body: { conditionsData } });
  expect(leafOf(await api.read(pathOf(made)))['url']).toBe('/product/');
});

fact('3.6-put', async ({ api }) => {
  const made = await makeSegment(api);
  const conditionsData = oneGroup(pageUrl({ url: '/cart/' }), pageUrl({ url: '/pay/' }));
  const answer = await api.call('PUT', pathOf(made), { body: { ...made, conditionsData } });
  expect(answer.status).toBe(200);
  const urls = leavesOf(await api.read(pathOf(made))).map((leaf) => leaf['url']);
  expect(urls).toEqual(['/cart/', '/pay/']);
});

const groups = (firstLevelOrOperators: boolean[], ...or: (boolean[] | undefined)[]): Row => ({
  firstLevelOrOperators,
  firstLevel: or.map((orOperators) => ({
    ...(orOperators ? { orOperators } : {}),
    conditions: [pageUrl({ url: '/a/' }), pageUrl({ url: '/b/' })],
  })),
});

fact('3.6-groups', async ({ api }) => {
  const conditionsData = groups([false, true], [true], [false], [true]);
  const read = await api.read(pathOf(await makeSegment(api, { conditionsData })));
  expect(asRow(read['conditionsData'])['firstLevelOrOperators']).toEqual([false, true]);
  expect(groupsOf(read).map((group) => group['orOperators'])).toEqual([[true], [false], [true]]);
});

fact('3.6-extra-operators', async ({ api }) => {
  const made = await makeSegment(api, { conditionsData: groups([false], [true, false]) });
  expect(leavesOf(made)).toHaveLength(2);
});

fact('3.6-operators-always-back', async ({ api }) => {
  const made = await makeSegment(api, { conditionsData: groups([], undefined) });
  expect(
    asList(first(groupsOf(await api.read(pathOf(made))), 'group')['orOperators']),
  ).toBeTruthy();
});

fact('3.6-leaf', async ({ api }) => {
  expect(leafOf(await api.read(pathOf(await makeSegment(api))))).toMatchObject({
    ...pageUrl(),
    id: expect.any(Number),
  });
});

fact('3.6-weight', async ({ api }) => {
  const { weight: _left, ...bare } = pageUrl();
  expect(leafOf(await make(api, bare))['weight']).toBe(1);
});

fact('3.6-tree-and-list', async ({ api }) => {
  const read = await api.read(pathOf(await make(api, pageUrl(), pageUrl({ url: '/b/' }))));
  const { conditionDataTree: tree, conditionDataList: list } = read;
  if (tree != null) expect(['AND', 'OR']).toContain(asRow(tree)['logicalOperator']);
  if (list == null) return;
  const text = JSON.stringify(list);
  for (const leaf of leavesOf(read)) expect(text).toContain(String(leaf['url']));
});

fact('3.6-condition-ids', async ({ api }) => {
  const original = await make(api, pageUrl(), pageUrl({ url: '/b/' }));
  const stripped = leavesOf(original).map(({ id: _id, ...leaf }) => leaf);
  const copy = await make(api, ...stripped);
  const ids = [...leavesOf(original), ...leavesOf(copy)].map(idOf);
  expect(new Set(ids).size).toBe(4);
});

fact('3.6-same-name', async ({ api }) => {
  const { name, siteId } = await makeSegment(api);
  const body = { name, siteId, conditionsData: oneGroup(pageUrl()) };
  const answer = await api.call('POST', '/segments', { body });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
});

fact('3.6-delete-in-use', async ({ api }) => {
  const segment = await makeSegment(api);
  const targetingSegmentId = idOf(segment);
  const path = `/experiments/${idOf(await makeExperiment(api))}`;
  await api.change(path, { targetingSegmentId, targetingConfiguration: 'SAVED_TEMPLATE' });
  expect((await api.call('DELETE', pathOf(segment))).status).toBe(200);
  const read = await api.read(path);
  expect(read['targetingConfiguration']).toBe('ALL_VISITORS');
  expect(read['targetingSegmentId'] ?? null).toBeNull();
});

fact('3.6-put-condition', async ({ api }) => {
  const segment = await make(api, { targetingType: 'JS_CODE', include: true, jsCode: 'return 1' });
  const { id } = leafOf(segment);
  const path = `${pathOf(segment)}/conditions/${String(id)}`;
  const body = { targetingType: 'JS_CODE', id, jsCode: 'return location.hash === "#é"' };
  const answer = await api.call('PUT', path, { body });
  expect(answer.status).toBe(200);
  expect(answer.row()).toMatchObject(body);
  expect(leafOf(await api.read(pathOf(segment)))).toMatchObject(body);
});
