import { describe, expect, it } from 'vitest';
import { refused, setUpApi } from './api-setup';
import type { Route } from './fake-upstream';
import { json } from './fake-upstream';

const CREATE = 'POST /experiments';
const ONE = '/experiments/*';
const body = { name: 'Checkout', siteId: '10001', baseURL: 'https://shop.test' };
const created = (): Response =>
  json({ id: 5, name: 'Checkout', status: 'DRAFT', goals: [] }, { status: 201 });

/** The first answers, then the last for ever. */
const inTurn = (...answers: Route[]): Route => {
  let at = 0;
  return (request) => {
    const answer = answers[Math.min(at, answers.length - 1)];
    at += 1;
    return answer ? answer(request) : json({});
  };
};

describe('creating', () => {
  it('sends ids as numbers and nothing that was not named', async () => {
    const { api, go, upstream } = setUpApi({ [CREATE]: created });
    const experiment = await go(
      api.experiments.create({ ...body, goals: ['7', '8'], mainGoalId: '7', variations: ['9'] }),
    );
    expect(JSON.parse(upstream.to(CREATE)[0]?.body ?? '')).toEqual({
      name: 'Checkout',
      siteId: 10001,
      baseURL: 'https://shop.test',
      goals: [7, 8],
      mainGoalId: 7,
      variations: [9],
    });
    expect(experiment).toMatchObject({ id: '5', status: 'draft', goalIds: [] });
  });

  const hold = (): Promise<Response> => new Promise<Response>(() => {});
  it.each<[string, Route]>([
    ['never answered', hold],
    ['cut off', () => refused('ECONNRESET')],
    ['failed', () => json({ status: 'ERROR', message: 'Data access error.' }, { status: 500 })],
    ['lost by a proxy', () => new Response('', { status: 504 })],
    ['refused with a bare 503', () => new Response('', { status: 503 })],
    [
      'answered with broken JSON',
      () => new Response('{"id": 5', { headers: { 'content-type': 'application/json' } }),
    ],
    ['answered without an id', () => json({ name: 'Checkout' }, { status: 201 })],
    [
      'answered with a web page',
      () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
    ],
  ])('that was %s is not repeated, and may have worked', async (_, route) => {
    const { api, fail, upstream } = setUpApi({ [CREATE]: route });
    const problem = await fail(api.experiments.create(body));
    expect(problem).toMatchObject({ code: 'write-uncertain', retryable: false });
    expect(problem.detail).toMatch(
      /may have been created: look for it by name before trying again$/,
    );
    expect(upstream.to(CREATE)).toHaveLength(1);
  });

  it.each<[string, Route]>([
    ['a 429', () => json({}, { status: 429 })],
    [
      'a 503 that says when to come back',
      () => json({}, { status: 503, headers: { 'retry-after': '1' } }),
    ],
    ['a refused connection', () => refused('ECONNREFUSED')],
    ['a connection that was not made in time', () => refused('UND_ERR_CONNECT_TIMEOUT')],
  ])('is repeated after %s: nothing had been done', async (_, route) => {
    const { api, go, upstream, client } = setUpApi({ [CREATE]: inTurn(route, created) });
    expect(await go(api.experiments.create(body))).toMatchObject({ id: '5' });
    expect(upstream.to(CREATE)).toHaveLength(2);
    expect(client.budget().total).toBe(upstream.seen.length);
  });

  it('is repeated once with a new token after a 401', async () => {
    const { api, go, upstream } = setUpApi({
      [CREATE]: inTurn(() => json({}, { status: 401 }), created),
    });
    await go(api.experiments.create(body));
    expect(upstream.to(CREATE).map(({ authorization }) => authorization)).toEqual([
      'Bearer token-1',
      'Bearer token-2',
    ]);
  });

  it('that cannot get a token has surely not worked', async () => {
    const { api, fail } = setUpApi({
      'POST /oauth/token': () => json({}, { status: 500 }),
      [CREATE]: created,
    });
    expect(await fail(api.experiments.create(body))).toMatchObject({ code: 'upstream-failed' });
  });

  it.each([{ siteId: 'abc' }, { siteId: '9007199254740993' }, { goals: ['1', 'x'] }])(
    'refuses %o before anything is sent',
    async (fields) => {
      const { api, fail, upstream } = setUpApi({ [CREATE]: created });
      const problem = await fail(api.experiments.create({ ...body, ...fields }));
      expect(problem).toMatchObject({ code: 'invalid-input', field: Object.keys(fields)[0] });
      expect(upstream.seen).toHaveLength(0);
    },
  );

  it('names the field at fault, and a name that is taken', async () => {
    const said =
      (message: string): Route =>
      () =>
        json({ status: 'ERROR', message, timestamp: '2026-06-19T22:19:21' }, { status: 400 });
    const { api, fail } = setUpApi({
      'POST /goals': said("Fields not valid. 'params.matchType': must not be null; 'name': x"),
      'POST /segments': said('A segment with the same name already exists'),
    });
    const goal = { name: 'g', siteId: '1', type: 'URL', hasMultipleConversions: false };
    expect(await fail(api.goals.create(goal))).toMatchObject({
      code: 'upstream-rejected',
      field: 'params.matchType',
      upstreamStatus: 400,
    });
    expect(
      await fail(api.segments.create({ name: 's', siteId: '1', conditionsData: {} })),
    ).toMatchObject({ code: 'upstream-conflict', upstreamStatus: 400, retryable: false });
  });
});

describe('changing', () => {
  it('sends exactly the named fields', async () => {
    const { api, go, upstream } = setUpApi({ [`PATCH ${ONE}`]: created });
    await go(api.experiments.change('5', { name: 'New', targetingSegmentId: '3' }));
    expect(JSON.parse(upstream.to('PATCH')[0]?.body ?? '')).toEqual({
      name: 'New',
      targetingSegmentId: 3,
    });
  });

  it('has no way to send an experiment back whole, which could wipe its goals', () => {
    const { api } = setUpApi({});
    expect(Object.keys(api.experiments)).not.toContain('replace');
  });

  it('is tried again after a fault, for it may happen twice', async () => {
    const { api, go, upstream } = setUpApi({
      [`PATCH ${ONE}`]: inTurn(() => refused('ECONNRESET'), created),
    });
    await go(api.experiments.change('5', { name: 'New' }));
    expect(upstream.to('PATCH')).toHaveLength(2);
  });

  it('refuses to send nothing, and ids that would lead elsewhere', async () => {
    const { api, fail, upstream } = setUpApi({});
    expect(await fail(api.experiments.change('5', {}))).toMatchObject({ code: 'invalid-input' });
    for (const id of ['../goals/5', '5?x=1', '', '-5', 'byCode'])
      expect(await fail(api.experiments.change(id, { name: 'x' }))).toMatchObject({
        code: 'invalid-input',
      });
    expect(upstream.seen).toHaveLength(0);
  });

  it('replaces a variation by what was read, unknown fields included, with the changes', async () => {
    const raw = {
      id: 9,
      name: 'B',
      experimentId: 5,
      color: 3,
      aiBuilder: { x: [1] },
      jsCode: null,
    };
    const { api, go, fail, upstream } = setUpApi({
      'GET /variations/*': () => json(raw),
      'PUT /variations/*': ({ body: sent }) => json(JSON.parse(sent)),
    });
    const read = await go(api.variations.read('9'));
    const code = '/* ü \u2028 "x" */\r\n\tlet a;';
    const replaced = await go(api.variations.replace(read, { jsCode: code }));
    expect(JSON.parse(upstream.to('PUT')[0]?.body ?? '')).toEqual({ ...raw, jsCode: code });
    expect(replaced.jsCode).toBe(code);
    const made = { ...read, rest: {} };
    expect(await fail(api.variations.replace(made, { jsCode: code }))).toMatchObject({
      code: 'invalid-input',
    });
  });

  it('puts one condition of a segment', async () => {
    const { api, go, upstream } = setUpApi({
      'PUT /segments/*/conditions/*': ({ body: sent }) => json(JSON.parse(sent)),
    });
    const condition = { targetingType: 'JS_CODE', id: 9001, jsCode: 'return true;' };
    expect(await go(api.segments.putCondition('3', '9001', condition))).toEqual(condition);
    expect(upstream.to('PUT')[0]?.path).toBe('/segments/3/conditions/9001');
  });
});

describe('an action', () => {
  const ACT = `PATCH ${ONE}`;
  const READ = `GET ${ONE}`;
  const inStatus =
    (status: string): Route =>
    () =>
      json({ id: 5, status });

  it('goes as a query with an empty body', async () => {
    const { api, go, upstream } = setUpApi({ [ACT]: inStatus('active') });
    expect(await go(api.experiments.act('5', 'ACTIVATE'))).toMatchObject({ status: 'active' });
    expect(upstream.to('PATCH')[0]).toMatchObject({ query: { action: 'ACTIVATE' }, body: '{}' });
  });

  it('that answers with nothing is followed by a look at the experiment', async () => {
    const { api, go } = setUpApi({
      [ACT]: () => new Response(null, { status: 200 }),
      [READ]: inStatus('paused'),
    });
    expect(await go(api.experiments.act('5', 'PAUSE'))).toMatchObject({ status: 'paused' });
  });

  it('without an answer is not repeated: the experiment says whether it was done', async () => {
    const done = setUpApi({ [ACT]: () => refused('ECONNRESET'), [READ]: inStatus('ACTIVE') });
    expect(await done.go(done.api.experiments.act('5', 'RESUME'))).toMatchObject({
      status: 'active',
    });
    expect(done.upstream.to('PATCH')).toHaveLength(1);
    const open = setUpApi({ [ACT]: () => refused('ECONNRESET'), [READ]: inStatus('draft') });
    const problem = await open.fail(open.api.experiments.act('5', 'ACTIVATE'));
    expect(problem).toMatchObject({ code: 'write-uncertain' });
    expect(problem.detail).toMatch(/ACTIVATE may have been done: read the experiment's status/);
  });

  it('that is illegal is refused in the words of the API', async () => {
    const { api, fail } = setUpApi({
      [ACT]: () => json({ status: 'ERROR', message: 'Cannot resume a draft' }, { status: 400 }),
    });
    expect(await fail(api.experiments.act('5', 'RESUME'))).toMatchObject({
      code: 'upstream-rejected',
      detail: 'PATCH /experiments/5 was answered 400: Cannot resume a draft',
    });
  });
});

describe('removing', () => {
  const DELETE = `DELETE ${ONE}`;
  it.each<[string, () => Response]>([
    ['nothing', () => new Response(null, { status: 200 })],
    ['no content', () => new Response(null, { status: 204 })],
    [
      'words',
      () => new Response('Experiment deleted', { headers: { 'content-type': 'text/plain' } }),
    ],
    ['JSON', () => json({ id: 5 })],
    [
      'JSON that is empty',
      () => new Response('', { headers: { 'content-type': 'application/json' } }),
    ],
  ])('may be answered with %s', async (_, answer) => {
    const { api, go } = setUpApi({ [DELETE]: answer });
    await expect(go(api.experiments.remove('5'))).resolves.toBeUndefined();
  });

  it('takes "not there" for done only after a try without an answer', async () => {
    const gone = (): Response => json({ status: 'ERROR', message: 'x' }, { status: 404 });
    const again = setUpApi({ [DELETE]: inTurn(() => refused('ECONNRESET'), gone) });
    await expect(again.go(again.api.experiments.remove('5'))).resolves.toBeUndefined();
    const never = setUpApi({ [DELETE]: gone });
    expect(await never.fail(never.api.experiments.remove('5'))).toMatchObject({
      code: 'upstream-not-found',
    });
    const busy = setUpApi({ [DELETE]: inTurn(() => json({}, { status: 429 }), gone) });
    expect(await busy.fail(busy.api.experiments.remove('5'))).toMatchObject({
      code: 'upstream-not-found',
    });
  });

  it('fails where an error form or a web page comes with 200', async () => {
    const error = setUpApi({ [DELETE]: () => json({ status: 'ERROR', message: 'No.' }) });
    expect((await error.fail(error.api.experiments.remove('5'))).detail).toMatch(/No\.$/);
    const page = setUpApi({
      [DELETE]: () =>
        new Response('<!doctype html>', { headers: { 'content-type': 'text/plain' } }),
    });
    expect(await page.fail(page.api.experiments.remove('5'))).toMatchObject({
      code: 'upstream-unreadable',
    });
  });
});
