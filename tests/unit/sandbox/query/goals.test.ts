import { beforeAll, describe, expect, it } from 'vitest';
import { createTestSandbox, type TestSandbox } from '@/tests/unit/sandbox/test-sandbox';

type Row = Readonly<Record<string, unknown>>;

const INSURANCE = 20101;
let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await createTestSandbox();
});

const send = async (method: string, path: string, body: unknown): Promise<Response> => {
  sandbox.clock.nowMs += 1_000;
  const headers = { 'content-type': 'application/json' };
  return sandbox.send(path, { method, headers, body: JSON.stringify(body) });
};
const GOAL = { siteId: INSURANCE, name: 'Ebook', type: 'CUSTOM', hasMultipleConversions: false };
const create = async (body: Row = {}): Promise<Row> => {
  const response = await send('POST', '/goals', { ...GOAL, ...body });
  expect(response.status).toBe(201);
  return (await response.json()) as Row;
};
const read = async (id: unknown): Promise<Row> => {
  sandbox.clock.nowMs += 1_000;
  return (await sandbox.read(`/goals/${String(id)}`)) as Row;
};
const refusal = async (response: Response): Promise<string> => {
  expect(response.status).toBe(400);
  return ((await response.json()) as { message: string }).message;
};

describe('a goal just created', () => {
  it('has every key of the live API, in its order', async () => {
    const goal = await create({ description: 'Asked for' });
    expect(Object.keys(goal)).toEqual(
      (
        'accessLimiters createdBy customDatas dateCreated dateModified description experimentAmount experiments ' +
        'featureFlagAmount hasMultipleConversions holdoutAmount holdouts id isActive isTargetingSegmentMentalist ' +
        'mentalistWeight name personalizationAmount personalizations siteId status tags targetingSegmentMentalist ' +
        'trackingTools type'
      ).split(' '),
    );
    expect(goal['dateCreated']).toMatch(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{9}$/);
    expect(goal).toMatchObject({ ...GOAL, status: 'ACTIVE', isActive: true, tags: [] });
  });

  it('is read back with dates to the second, without what only a creation tells', async () => {
    const { id } = await create();
    const goal = await read(id);
    expect(goal['dateCreated']).toMatch(/^\d{4}-\d\d-\d\dT[\d:]{8}$/);
    expect(goal).not.toHaveProperty('isTargetingSegmentMentalist');
    expect(goal).not.toHaveProperty('params');
  });

  it('may have the name of another', async () => {
    const [one, other] = [await create(), await create()];
    expect(one['name']).toBe(other['name']);
    expect(one['id']).not.toBe(other['id']);
  });

  it.each([
    ['URL', { matchString: '/thanks', matchType: 'CORRESPONDS_EXACTLY' }],
    ['TIME_SPENT', { matchType: 'MORE_THAN', timeSeconds: 30 }],
    ['PAGE_VIEWS', { numberMatchType: 'MORE_THAN', numberOfVisitedPages: 3 }],
    ['CLICK', { customSelectors: [{ mode: 'CUSTOM', selector: '.buy' }] }],
    ['CLICK', { url: 'https://shop.example/' }],
    ['SCROLL', { scrollType: 'PERCENTAGE', scrollValue: 75 }],
    ['WAREHOUSE', { whatever: [1, { deep: true }] }],
  ])('of type %s keeps its params', async (type, params) => {
    const { id } = await create({ type, params });
    expect((await read(id))['params']).toEqual(params);
  });
});

describe('a goal that is not fit', () => {
  it('is refused with all that is missing in one message', async () => {
    expect(await refusal(await send('POST', '/goals', {}))).toBe(
      "Fields not valid. 'siteId': must not be null; 'name': must not be null; " +
        "'hasMultipleConversions': must not be null; 'type': must not be null",
    );
  });

  it.each([
    ['URL', undefined, "'params': must not be null"],
    ['URL', {}, "'params.matchString': must not be null; 'params.matchType': must not be null"],
    ['URL', { matchString: '', matchType: 'EXACT' }, "'params.matchString': must not be empty"],
    ['URL', { matchString: '/', matchType: 'EXACT' }, "'params.matchType': unknown value 'EXACT'"],
    ['TIME_SPENT', { matchType: 'MORE_THAN' }, "'params.timeSeconds': must not be null"],
    [
      'PAGE_VIEWS',
      { matchType: 'MORE_THAN', numberOfVisitedPages: 2 },
      "'params.numberMatchType': must not be null",
    ],
    ['CLICK', {}, "'params.customSelectors': must not be null"],
    [
      'CLICK',
      { customSelectors: [{ mode: 'CUSTOM' }] },
      "'params.customSelectors[0].selector': must not be null",
    ],
    ['SOMETHING', {}, "'type': unknown value 'SOMETHING'"],
  ])('by the params of %s is told where', async (type, params, fault) => {
    expect(await refusal(await send('POST', '/goals', { ...GOAL, type, params }))).toContain(fault);
  });

  it('is not kept nested so deep that it could not be written again', async () => {
    const params = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;
    const body = JSON.stringify({ ...GOAL, type: 'WAREHOUSE' }).replace(
      /}$/,
      `,"params":{"a":${params}}}`,
    );
    const headers = { 'content-type': 'application/json' };
    const response = await sandbox.send('/goals', { method: 'POST', headers, body });
    expect(await refusal(response)).toContain('body');
  });

  it('leaves nothing behind', async () => {
    const before = await sandbox.read('/goals?perPage=-1');
    await send('POST', '/goals', { ...GOAL, siteId: 1 });
    await send('POST', '/goals', { ...GOAL, name: '' });
    expect(await sandbox.read('/goals?perPage=-1')).toEqual(before);
  });
});

describe('a goal that is changed', () => {
  it('takes what may be written and leaves the rest of the object aside', async () => {
    const goal = await create({
      type: 'URL',
      params: { matchString: '/a', matchType: 'CONTAINS' },
    });
    const changed = {
      name: 'Renamed',
      tags: ['lead'],
      status: 'INACTIVE',
      description: 'Old',
      hasMultipleConversions: true,
    };
    const response = await send('PATCH', `/goals/${String(goal['id'])}`, {
      ...goal,
      ...changed,
      id: 5,
      siteId: 20103,
      type: 'CUSTOM',
      params: {},
    });
    const expected = { ...changed, isActive: false, siteId: INSURANCE, type: 'URL' };
    expect(await response.json()).toMatchObject(expected);
    expect(await read(goal['id'])).toMatchObject({ ...expected, params: goal['params'] as Row });
  });

  it('as a whole loses what is not sent', async () => {
    const { id } = await create({ description: 'Here', tags: ['one'] });
    const response = await send('PUT', `/goals/${String(id)}`, { ...GOAL, name: 'Whole' });
    const goal = (await response.json()) as Row;
    expect(goal).toMatchObject({ id, name: 'Whole', tags: [] });
    expect(goal).not.toHaveProperty('description');
  });

  it('keeps everything when one of the changes is not fit', async () => {
    const { id } = await create();
    const response = await send('PATCH', `/goals/${String(id)}`, { name: 'New', status: 'GONE' });
    expect(await refusal(response)).toContain("'status': unknown value 'GONE'");
    expect(await read(id)).toMatchObject({ name: GOAL.name, status: 'ACTIVE' });
  });

  it('is gone after DELETE', async () => {
    const { id } = await create();
    expect((await sandbox.send(`/goals/${String(id)}`, { method: 'DELETE' })).status).toBe(200);
    expect((await sandbox.send(`/goals/${String(id)}`)).status).toBe(404);
  });
});

it('names the experiments that use a goal, as they are now', async () => {
  const goal = await read(312001);
  const used = goal['experiments'] as readonly number[];
  expect(goal['experimentAmount']).toBe(used.length);
  const filter = [{ field: 'goals', operator: 'CONTAINS', parameters: [312001] }];
  const rows = (await sandbox.read(
    `/experiments?perPage=-1&filter=${encodeURIComponent(JSON.stringify(filter))}`,
  )) as Row[];
  expect(rows.map((row) => row['id'])).toEqual(used);
  expect(used.length).toBeGreaterThan(0);
});

it('lists goals by their site as well', async () => {
  const filter = [{ field: 'siteId', operator: 'EQUAL', parameters: [INSURANCE] }];
  const query = `filter=${encodeURIComponent(JSON.stringify(filter))}`;
  const goals = await sandbox.read(`/sites/${INSURANCE}/goals?perPage=-1`);
  expect(goals).toEqual(await sandbox.read(`/goals?perPage=-1&${query}`));
  expect(goals).not.toEqual([]);
});
