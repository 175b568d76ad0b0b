import { expect } from 'vitest';
import type { Api } from './http/api';
import { openContract } from './contract';
import { CHECKED_LEAVES, OPAQUE_LEAVES } from './http/leaves';
import { aSite, freshName, makeSegment, oneGroup, pageUrl } from './http/make';
import { asRow, asRows, first, idOf, type Row } from './http/shape';

const { fact } = openContract({ active: 4, stopped: 4 });

const pathOf = (row: Row): string => `/segments/${idOf(row)}`;
const groupsOf = (row: Row): readonly Row[] => asRows(asRow(row['conditionsData'])['firstLevel']);
const leavesOf = (row: Row): readonly Row[] =>
  groupsOf(row).flatMap((group) => asRows(group['conditions']));
const leafOf = (row: Row): Row => first(leavesOf(row), 'condition');

const make = (api: Api, ...conditions: readonly Row[]): Promise<Row> =>
  makeSegment(api, { conditionsData: oneGroup(...conditions) });

const statusWith = async (api: Api, condition: Row): Promise<number> => {
  const body = {
    name: freshName('segment'),
    siteId: idOf(await aSite(api)),
    conditionsData: oneGroup(condition),
  };
  return (await api.call('POST', '/segments', { body })).status;
};

fact('3.6-targeting-types', async ({ api }) => {
  const leaves = [...CHECKED_LEAVES, ...OPAQUE_LEAVES];
  const read = await api.read(pathOf(await make(api, ...leaves)));
  expect(leavesOf(read)).toHaveLength(leaves.length);
  expect(leavesOf(read)).toMatchObject([...leaves]);
});

fact('3.6-no-mobile', async ({ api }) => {
  const leaf = (device: string) => ({ targetingType: 'DEVICE_TYPE', include: true, device });
  for (const device of ['DESKTOP', 'TABLET', 'PHONE'])
    expect([device, await statusWith(api, leaf(device))]).toEqual([device, 201]);
  expect(await statusWith(api, leaf('MOBILE'))).toBe(400);
});

fact('3.6-text-match', async ({ api }) => {
  for (const matchType of ['EXACT', 'CONTAINS', 'REGULAR_EXPRESSION', 'TARGETED_URL'])
    expect([matchType, await statusWith(api, pageUrl({ matchType }))]).toEqual([matchType, 201]);
});

fact('3.6-number-match', async ({ api }) => {
  for (const matchType of ['EQUAL', 'GREATER', 'LOWER']) {
    const leaf = { targetingType: 'VISITS', include: true, visitCount: 3, matchType };
    expect(leafOf(await make(api, leaf))).toMatchObject(leaf);
  }
});

fact('3.6-custom-datum', async ({ api }) => {
  for (const valueMatchType of ['EXACT', 'GREATER', 'TRUE', 'FALSE', 'UNDEFINED']) {
    const datum = { customDataIndex: '4', value: '1', valueMatchType };
    const leaf = { targetingType: 'CUSTOM_DATUM', include: true, ...datum };
    expect(leafOf(await make(api, leaf))).toMatchObject(leaf);
  }
});

fact('3.6-match-type-required', async ({ api }) => {
  const { matchType: _left, ...bare } = pageUrl();
  expect(await statusWith(api, bare)).toBe(400);
});

fact('3.6-validated', async ({ api }) => {
  for (const leaf of CHECKED_LEAVES) expect(await statusWith(api, leaf)).toBe(201);
  const unknown = { targetingType: 'NEW_VISITORS', include: true, visitorsType: 'SOMETIMES' };
  expect(await statusWith(api, unknown)).toBe(400);
});
