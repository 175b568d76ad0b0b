import { beforeEach, describe, expect, it } from 'vitest';
import { createCaller, INSURANCE, SHOP, type Caller } from './caller';

const CREATE =
  'mutation create($variation: VariationInput!) { createVariation(variation: $variation) { id name } }';
const ask = (variation: unknown, query = CREATE) => ({ query, variables: { variation } });

let api: Caller;
const newest = () =>
  api.done('POST', '/variations/search?perPage=1', { sort: [{ field: 'id', direction: 'DESC' }] });
beforeEach(async () => {
  api = await createCaller();
});

describe('GraphQL', () => {
  it('makes a variation and tells the fields that were selected', async () => {
    const answer = await api.done('POST', '/graphql', ask({ name: 'B', siteId: SHOP, color: 3 }));
    expect(answer).toEqual({
      data: { createVariation: { id: expect.any(Number) as number, name: 'B' } },
    });
    const { id } = (answer['data'] as { createVariation: { id: number } }).createVariation;
    expect(await api.done('GET', `/variations/${id}`)).toMatchObject({ name: 'B', siteId: SHOP });
  });

  it.each([
    [
      'another operation',
      ask({ name: 'B', siteId: SHOP }, 'query { experiments { id } }'),
      'is known here',
    ],
    ['no fields', ask({}, CREATE.replace('id name', ' ')), 'selection of fields'],
    ['no variable', { query: CREATE }, "'variation' must be an object"],
    ['a variation without a name', ask({ siteId: SHOP }), "'name': must not be null"],
    ['no query', {}, 'is known here'],
  ])('refuses %s in its own form, and makes nothing', async (_, body, message) => {
    const before = await newest();
    const answer = await api.done('POST', '/graphql', body);
    expect(answer).toMatchObject({ data: null });
    expect(JSON.stringify(answer['errors'])).toContain(message);
    expect(await newest()).toEqual(before);
  });

  it('reaches no site of others', async () => {
    const shop = await api.as('shop');
    const answer = await shop.done('POST', '/graphql', ask({ name: 'B', siteId: INSURANCE }));
    expect(answer).toMatchObject({ data: null });
  });
});
