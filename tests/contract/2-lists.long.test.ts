import { expect } from 'vitest';
import { openContract } from './contract';
import { LIVE } from './http/mode';
import { freshName, makeExperiment, makeGoal } from './http/make';
import { first, idOf, type Row } from './http/shape';

const { fact } = openContract({ active: 12, stopped: 210 });

const LISTS = [
  '/sites',
  '/experiments',
  '/variations',
  '/goals',
  '/segments',
  '/targeting-rules',
  '/personalizations',
  '/feature-flags',
];
const COUNT = 'x-pagination-page-count';

fact('2.1-bare-array', async ({ api }) => {
  for (const path of LISTS) {
    const answer = await api.call('GET', path, { query: { perPage: 5 } });
    expect([path, answer.status]).toEqual([path, 200]);
    expect(answer.rows()).toBeInstanceOf(Array);
  }
});

fact('2.1-page-from-one', async ({ api }) => {
  const unasked = await api.list('/experiments', { perPage: 1 });
  const one = await api.list('/experiments', { perPage: 1, page: 1 });
  const two = await api.list('/experiments', { perPage: 1, page: 2 });
  expect(one.map(idOf)).toEqual(unasked.map(idOf));
  expect(two.map(idOf)).not.toEqual(one.map(idOf));
});

fact('2.1-twenty-unasked', async ({ api }) => {
  const all = await api.list('/experiments', { perPage: 200 });
  expect(await api.list('/experiments')).toHaveLength(Math.min(20, all.length));
});

fact('2.1-two-hundred-at-most', async ({ api }) => {
  const answer = await api.call('GET', '/experiments', { query: { perPage: 500 } });
  if (answer.status !== 400) expect(answer.rows().length).toBeLessThanOrEqual(200);
});

fact('2.1-minus-one', async ({ api }) => {
  const rows = await api.list('/experiments', { perPage: -1 });
  const most = await api.list('/experiments', { perPage: 200 });
  expect(rows.length).toBeGreaterThanOrEqual(most.length);
});

fact('2.1-minus-one-is-200', async ({ api }) => {
  expect(await api.list('/experiments', { perPage: -1 })).toHaveLength(200);
});

fact('2.1-page-count', async ({ api }) => {
  const answer = await api.call('GET', '/experiments', { query: { perPage: 50 } });
  const count = answer.headers.get(COUNT);
  expect(count).toMatch(/^\d+$/);
  const last = await api.list('/experiments', { perPage: 50, page: Number(count) });
  expect(last.length).toBeGreaterThan(0);
  expect(await api.list('/experiments', { perPage: 50, page: Number(count) + 1 })).toEqual([]);
});

fact('2.1-page-count-everywhere', async ({ api }) => {
  for (const path of LISTS) {
    const { headers } = await api.call('GET', path);
    expect([path, headers.get(COUNT)]).toEqual([path, expect.stringMatching(/^\d+$/)]);
  }
});

fact('2.1-no-other-header', async ({ api }) => {
  const { headers } = await api.call('GET', '/experiments');
  const names = [...headers.keys()].filter((name) => name.startsWith('x-pagination'));
  expect(names).toEqual([COUNT]);
});

fact('2.1-short-page-is-last', async ({ api }) => {
  const ids: number[] = [];
  const sizes: number[] = [];
  for (let page = 1; sizes.at(-1) !== 0 && page < 20; page += 1) {
    const rows = await api.list('/experiments', { perPage: 37, page });
    ids.push(...rows.map(idOf));
    sizes.push(rows.length);
  }
  expect(sizes.slice(0, -2).every((size) => size === 37)).toBe(true);
  expect(sizes.at(-1)).toBe(0);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(220);
});

fact('2.1-page-sizes', async ({ api }) => {
  const all = (await api.list('/experiments', { perPage: 200 })).length;
  for (const perPage of [1, 50, 99, 100])
    expect(await api.list('/experiments', { perPage })).toHaveLength(Math.min(perPage, all));
});

fact('2.3-sort', async ({ api }) => {
  for (const [direction, sign] of [
    ['ASC', 1],
    ['DESC', -1],
  ] as const) {
    const sort = [{ field: 'id', direction }];
    const ids = (await api.list('/experiments', { sort, perPage: 100 })).map(idOf);
    expect(ids.length).toBeGreaterThan(1);
    expect(ids).toEqual(ids.toSorted((a, b) => sign * (a - b)));
  }
});

fact('2.3-several-fields', async ({ api }) => {
  const sort = [
    { field: 'siteId', direction: 'DESC' },
    { field: 'id', direction: 'ASC' },
  ];
  const rows = await api.list('/experiments', { sort, perPage: 200 });
  const keys = rows.map((row) => [Number(row['siteId']), idOf(row)] as const);
  expect(keys).toEqual(keys.toSorted((a, b) => b[0] - a[0] || a[1] - b[1]));
  if (!LIVE) expect(new Set(keys.map(([site]) => site)).size).toBeGreaterThan(1);
});

fact('2.5-script-and-variations', async ({ api }) => {
  const id = idOf(first(await api.list('/experiments', { perPage: 1 }), 'experiment'));
  const row = await api.read(`/experiments/${id}`, { optionalFields: 'globalScript,variations' });
  expect(row['variations']).toBeInstanceOf(Array);
});

async function makeTagged(api: Parameters<typeof makeExperiment>[0]): Promise<Row> {
  const goalId = idOf(await makeGoal(api));
  return makeExperiment(api, { goals: [goalId], mainGoalId: goalId, tags: ['autumn'] });
}

fact('2.5-comma', async ({ api }) => {
  const made = await makeTagged(api);
  const read = await api.read(`/experiments/${idOf(made)}`, {
    optionalFields: 'goals,tags',
  });
  expect(read).toMatchObject({ goals: made['goals'], tags: ['autumn'] });
});

fact('2.5-repeated', async ({ api }) => {
  const made = await makeTagged(api);
  const read = await api.read(`/experiments/${idOf(made)}`, [
    ['optionalFields', 'goals'],
    ['optionalFields', 'tags'],
  ]);
  expect(read).toMatchObject({ goals: made['goals'], tags: ['autumn'] });
});

fact('2.5-empty-unasked', async ({ api }) => {
  const made = await makeTagged(api);
  expect(await api.read(`/experiments/${idOf(made)}`)).toMatchObject({ goals: [], tags: [] });
});

fact('2.5-goals-and-tags', async ({ api }) => {
  const made = await makeTagged(api);
  const filter = [{ field: 'id', operator: 'EQUAL', parameters: [idOf(made)] }];
  const [bare] = await api.list('/experiments', { filter });
  expect(bare).toMatchObject({ goals: [], tags: [] });
  const [full] = await api.list('/experiments', { filter, optionalFields: 'goals,tags' });
  expect(full).toMatchObject({ goals: made['goals'], tags: ['autumn'] });
});

fact('2.5-personalization-goals', async ({ api }) => {
  const siteId = idOf(first(await api.list('/sites'), 'site'));
  const made = await api.make('/personalizations', { siteId, name: freshName('personalization') });
  const path = `/personalizations/${idOf(made)}`;
  expect((await api.read(path, { optionalFields: 'goals' }))['goals']).toBeInstanceOf(Array);
});

fact('2.5-echo', async ({ api }) => {
  const made = await makeTagged(api);
  expect(made).toMatchObject({ goals: [expect.any(Number)], tags: ['autumn'] });
  const changed = await api.change(`/experiments/${idOf(made)}`, { tags: ['winter', 'sale'] });
  expect(changed).toMatchObject({ tags: ['winter', 'sale'] });
});
