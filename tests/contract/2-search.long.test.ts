import { expect } from 'vitest';
import type { Api } from './http/api';
import { openContract } from './contract';
import { idOf, type Row } from './http/shape';

const { fact } = openContract({ active: 6, stopped: 12 });

const search = async (api: Api, resource: string, body: unknown): Promise<readonly Row[]> => {
  const answer = await api.call('POST', `/${resource}/search`, { body });
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text.slice(0, 300)}`);
  return answer.rows();
};

const allGoals = (api: Api) => search(api, 'goals', { page: 1, perPage: 200 });
const condition = (field: string, operator: string, ...parameters: unknown[]) => ({
  field,
  operator,
  parameters,
});

fact('2.4-search-body', async ({ api }) => {
  const all = await allGoals(api);
  const least = Math.min(...all.map(idOf));
  const sort = [{ field: 'id', direction: 'DESC' }];
  const filter = condition('id', 'GREATER', least);
  const expected = all.map(idOf).filter((id) => id > least);
  const page = (page: number) => search(api, 'goals', { filter, page, perPage: 2, sort });
  const ids = [...(await page(1)), ...(await page(2))].map(idOf);
  expect(ids).toEqual(expected.toSorted((a, b) => b - a).slice(0, 4));
  expect(ids.length).toBeGreaterThan(2);
});

fact('2.4-resources', async ({ api }) => {
  for (const resource of ['segments', 'feature-flags', 'goals', 'variations'])
    expect(await search(api, resource, { page: 1, perPage: 5 })).toBeInstanceOf(Array);
});

fact('2.4-one-object', async ({ api }) => {
  const all = await allGoals(api);
  const [goal] = all;
  const found = await search(api, 'goals', { filter: condition('name', 'EQUAL', goal?.['name']) });
  expect(found.map(idOf)).toEqual(all.filter((row) => row['name'] === goal?.['name']).map(idOf));
  expect(found.length).toBeLessThan(all.length);
});

fact('2.4-not-an-array', async ({ api }) => {
  const filter = [condition('id', 'GREATER', 0)];
  expect((await api.call('POST', '/goals/search', { body: { filter } })).status).toBe(400);
});

fact('2.4-nested', async ({ api }) => {
  const all = await allGoals(api);
  const [one, two, three] = all.map(idOf).toSorted((a, b) => a - b);
  const filter = {
    conditionalOperator: 'AND',
    expressions: [
      {
        conditionalOperator: 'OR',
        expressions: [condition('id', 'EQUAL', one), condition('id', 'IN', two, three)],
      },
      condition('id', 'NOT_EQUAL', two),
    ],
  };
  const ids = (await search(api, 'goals', { filter, perPage: 200 })).map(idOf);
  expect(ids.toSorted((a, b) => a - b)).toEqual([one, three]);
});

fact('2.4-optional-fields', async ({ api }) => {
  const path = '/feature-flags/search';
  const query = { optionalFields: 'tags' };
  const body = { page: 1, perPage: 20 };
  const full = await api.call('POST', path, { query, body });
  const bare = await api.call('POST', path, { body });
  expect(full.status).toBe(200);
  expect(full.rows().map(idOf)).toEqual(bare.rows().map(idOf));
  for (const row of bare.rows()) expect(row['tags'] ?? []).toEqual([]);
  for (const row of full.rows()) expect(row['tags']).toBeInstanceOf(Array);
});
