import { expect } from 'vitest';
import { openContract } from './contract';
import { agree, found, middleId } from './http/filtered';
import { asText, first, idOf, type Row } from './http/shape';

const { fact } = openContract({ active: 8, stopped: 24 });

const OPERATORS: Readonly<Record<string, readonly unknown[]>> = {
  EQUAL: [1],
  NOT_EQUAL: [1],
  LESS: [1],
  GREATER: [1],
  LESS_OR_EQUAL: [1],
  GREATER_OR_EQUAL: [1],
  BETWEEN: [1, 2],
  IN: [1, 2],
  NOT_IN: [1, 2],
  NOT: [1],
  IS_NULL: [],
  IS_NOT_NULL: [],
  LIKE: ['a'],
  NOT_LIKE: ['a'],
  CONTAINS: ['a'],
  IS_EMPTY: [],
  IS_NOT_EMPTY: [],
  IS_TRUE: [],
  IS_FALSE: [],
};
const fieldFor = (operator: string): string =>
  /LIKE|CONTAINS|EMPTY/.test(operator) ? 'name' : /TRUE|FALSE/.test(operator) ? 'isArchived' : 'id';

fact('2.2-operators', async ({ api }) => {
  expect(Object.keys(OPERATORS)).toHaveLength(19);
  for (const [operator, parameters] of Object.entries(OPERATORS)) {
    const filter = [{ field: fieldFor(operator), operator, parameters }];
    const answer = await api.call('GET', '/experiments', { query: { filter, perPage: 1 } });
    expect([operator, answer.status]).toEqual([operator, 200]);
  }
});

fact('2.2-equality', async ({ api }) => {
  const id = await middleId(api);
  await agree(api, ['id', 'EQUAL', id], (row) => idOf(row) === id);
  await agree(api, ['id', 'NOT_EQUAL', id], (row) => idOf(row) !== id);
  await agree(api, ['id', 'NOT', id], (row) => idOf(row) !== id);
});

fact('2.2-order', async ({ api }) => {
  const id = await middleId(api);
  await agree(api, ['id', 'LESS', id], (row) => idOf(row) < id);
  await agree(api, ['id', 'LESS_OR_EQUAL', id], (row) => idOf(row) <= id);
  await agree(api, ['id', 'GREATER', id], (row) => idOf(row) > id);
  await agree(api, ['id', 'GREATER_OR_EQUAL', id], (row) => idOf(row) >= id);
  await agree(api, ['id', 'BETWEEN', id, id + 5], (row) => idOf(row) >= id && idOf(row) <= id + 5);
});

fact('2.2-sets', async ({ api }) => {
  const id = await middleId(api);
  await agree(api, ['id', 'IN', id, id + 1], (row) => [id, id + 1].includes(idOf(row)));
  await agree(api, ['id', 'NOT_IN', id, id + 1], (row) => ![id, id + 1].includes(idOf(row)));
});

fact('2.2-text', async ({ api }) => {
  const name = asText(first(await api.list('/experiments'), 'experiment')['name']);
  const part = name.slice(1, 6);
  await agree(api, ['name', 'CONTAINS', part], (row) =>
    asText(row['name']).toLowerCase().includes(part.toLowerCase()),
  );
  const id = idOf(first(await api.list('/experiments'), 'experiment'));
  expect(await found(api, '/experiments', ['name', 'LIKE', name])).toContain(id);
  expect(await found(api, '/experiments', ['name', 'NOT_LIKE', name])).not.toContain(id);
});

fact('2.2-null', async ({ api }) => {
  await agree(api, ['dateEnded', 'IS_NULL'], (row) => row['dateEnded'] == null);
  await agree(api, ['dateEnded', 'IS_NOT_NULL'], (row) => row['dateEnded'] != null);
});

fact('2.2-bool', async ({ api }) => {
  await agree(api, ['isArchived', 'IS_TRUE'], (row) => row['isArchived'] === true);
  await agree(api, ['isArchived', 'IS_FALSE'], (row) => row['isArchived'] === false);
});

fact('2.2-empty', async ({ api }) => {
  const isEmpty = (row: Row) => row['description'] == null || row['description'] === '';
  await agree(api, ['description', 'IS_EMPTY'], isEmpty);
  await agree(api, ['description', 'IS_NOT_EMPTY'], (row) => !isEmpty(row));
});
