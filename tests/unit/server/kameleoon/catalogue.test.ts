import { describe, expect, it } from 'vitest';
import { experimentId, variationId } from '@/lib/core/experiment/ids';
import type { Route } from './fake-upstream';
import { json, setUp, within } from './fake-upstream';

const background = { priority: 'background' } as const;

const experiment = (id: number, more: Record<string, unknown> = {}) => ({
  id,
  name: `E${id}`,
  siteId: 1,
  status: 'active',
  deviations: { origin: 0.5, [`${id}1`]: 0.5 },
  variations: [Number(`${id}1`)],
  goals: [7],
  mainGoalId: 7,
  trafficAllocationMethod: 'MANUAL',
  ...more,
});

/** A list in pages, with or without the header that counts them. */
const pages =
  (rows: readonly unknown[], counted = true): Route =>
  ({ query }) => {
    const size = Number(query.perPage);
    const from = (Number(query.page) - 1) * size;
    const count = String(Math.ceil(rows.length / size));
    return json(rows.slice(from, from + size), {
      headers: counted ? { 'X-Pagination-Page-Count': count } : {},
    });
  };

const idsOf = (query: Readonly<Record<string, string>>): number[] => {
  const [filter] = JSON.parse(query.filter ?? '[]') as { parameters: number[] }[];
  return filter?.parameters ?? [];
};

const filtered: Route = ({ query }) =>
  json(idsOf(query).map((id) => ({ id, name: `V${id}`, jsCode: null })));

const account = (
  experiments: readonly unknown[],
  more: Record<string, Route> = {},
): Record<string, Route> => ({
  'GET /experiments': pages(experiments),
  'GET /sites': pages([{ id: 1, name: 'Shop', code: 'abcdefghij' }]),
  'GET /goals': pages([{ id: 7, name: 'Order', type: 'CUSTOM', hasMultipleConversions: false }]),
  'GET /variations': filtered,
  'GET /variations/*': ({ path }) => {
    const id = Number(path.split('/').at(-1));
    return json({ id, name: `V${id}` });
  },
  ...more,
});

/** Every part of the list by its filter: what the API of the fact sheet would give. */
const filteredList =
  (rows: readonly ReturnType<typeof experiment>[]): Route =>
  (request) => {
    const [filter] = JSON.parse(request.query.filter ?? '[]') as {
      field: 'id' | 'status';
      parameters: (string | number)[];
    }[];
    const wanted = filter?.parameters.map((one) => String(one).toLowerCase());
    const found = filter
      ? rows.filter((row) => wanted?.includes(String(row[filter.field]).toLowerCase()))
      : rows;
    return pages(found)(request);
  };

const many = (count: number): ReturnType<typeof experiment>[] =>
  Array.from({ length: count }, (_, i) => experiment(1000 + i));

const running = { ...background, part: { kind: 'running' } } as const;
const page = (offset: number, perPage = 200) =>
  ({ ...background, part: { kind: 'page', page: { offset, perPage } } }) as const;
const byIds = (...ids: number[]) =>
  ({ ...background, part: { kind: 'ids', ids: ids.map(experimentId) } }) as const;

describe('the list of experiments', () => {
  it('is read in three calls with projects and goals, and the second time in one', async () => {
    const { clock, client, upstream } = setUp(account([experiment(10), experiment(11)]));
    const { experiments, quarantined, next } = await within(
      clock,
      client.readCatalogue(background),
    );
    expect({ quarantined, next }).toEqual({ quarantined: 0, next: null });
    expect(experiments.map(({ name }) => name)).toEqual(['E10', 'E11']);
    expect(experiments[0]).toMatchObject({
      project: { id: '1', name: 'Shop' },
      goals: [{ id: '7', name: 'Order' }],
      variations: [{ name: 'Original' }, { id: '101', name: '101' }],
    });
    expect(upstream.seen).toHaveLength(1 + 3);
    expect(upstream.to('GET /experiments')[0]?.query).toEqual({
      optionalFields: 'goals,tags',
      page: '1',
      perPage: '200',
    });
    await within(clock, client.readCatalogue(background));
    expect(upstream.seen).toHaveLength(1 + 4);
  });

  it.each([true, false])(
    'is turned page by page (page count in the header: %s)',
    async (counted) => {
      const rows = many(450);
      const { clock, client, upstream } = setUp(
        account(rows, { 'GET /experiments': pages(rows, counted) }),
      );
      const first = await within(clock, client.readCatalogue(page(0)));
      expect(first).toMatchObject({ next: { offset: 200 }, total: counted ? 600 : null });
      await within(clock, client.readCatalogue(page(200)));
      const last = await within(clock, client.readCatalogue(page(400)));
      expect(last.experiments).toHaveLength(50);
      expect(last).toMatchObject({ next: null, total: 450 });
      expect(upstream.to('GET /experiments').map(({ query }) => query.page)).toEqual([
        '1',
        '2',
        '3',
      ]);
    },
  );

  it('ends at the counted page even when that is full', async () => {
    const { clock, client } = setUp(account(many(200)));
    expect((await within(clock, client.readCatalogue(page(0)))).next).toBeNull();
  });

  it('is asked for in smaller pages where the API takes too long over large ones', async () => {
    const rows = many(450);
    const slow: Route = (request) =>
      Number(request.query.perPage) > 50 ? new Promise<Response>(() => {}) : pages(rows)(request);
    const { clock, client, upstream } = setUp(account(rows, { 'GET /experiments': slow }));
    const first = await within(clock, client.readCatalogue(page(200)), 600_000);
    expect(first.experiments).toHaveLength(50);
    expect(first.experiments[0]?.id).toBe('1200');
    expect(first.next).toEqual({ offset: 250, perPage: 50 });
    const asked = upstream.to('GET /experiments').length;
    await within(clock, client.readCatalogue(page(400)));
    // What it has learnt of the API it keeps.
    expect(upstream.to('GET /experiments').length).toBe(asked + 1);
  });

  it('gives a row once that slipped to the next page meanwhile', async () => {
    const rows = Array.from({ length: 200 }, (_, i) => experiment(1000 + (i === 199 ? 198 : i)));
    const { clock, client } = setUp(account(rows));
    expect((await within(clock, client.readCatalogue(page(0)))).experiments).toHaveLength(199);
  });

  it('gives what runs alone, in one call', async () => {
    const rows = [experiment(10), experiment(11, { status: 'stopped' }), experiment(12)];
    const { clock, client, upstream } = setUp(
      account(rows, { 'GET /experiments': filteredList(rows) }),
    );
    const { experiments } = await within(clock, client.readCatalogue(running));
    expect(experiments.map(({ id }) => id)).toEqual(['10', '12']);
    const asked = upstream.to('GET /experiments');
    expect(asked).toHaveLength(1);
    expect(JSON.parse(asked[0]?.query.filter ?? '')).toEqual([
      { field: 'status', operator: 'IN', parameters: ['ACTIVE'] },
    ]);
  });

  it('says so when the filter is refused, and when it is ignored', async () => {
    const refused = setUp(
      account([], { 'GET /experiments': () => json({ status: 'ERROR' }, { status: 400 }) }),
    );
    const ignored = setUp(account([experiment(10), experiment(11, { status: 'stopped' })]));
    for (const { clock, client } of [refused, ignored])
      await expect(within(clock, client.readCatalogue(running))).rejects.toMatchObject({
        problem: { code: 'upstream-rejected' },
      });
  });

  it('ends with a filtered list that does not', async () => {
    const full = many(200);
    const { clock, client } = setUp(account([], { 'GET /experiments': () => json(full) }));
    await expect(within(clock, client.readCatalogue(running), 3e6)).rejects.toMatchObject({
      problem: { code: 'upstream-unreadable' },
    });
  });

  it('finds experiments by id, and knows which are gone from their own addresses', async () => {
    const rows = [experiment(10), experiment(11)];
    const { clock, client } = setUp(
      account(rows, {
        'GET /experiments': filteredList(rows),
        'GET /experiments/*': () => json({ status: 'ERROR' }, { status: 404 }),
      }),
    );
    const part = await within(clock, client.readCatalogue(byIds(11, 99)));
    expect(part.experiments.map(({ id }) => id)).toEqual(['11']);
    expect(part.gone).toEqual(['99']);
  });

  it('calls nothing gone that a filter merely does not give', async () => {
    const { clock, client } = setUp(
      account([], {
        'GET /experiments': () => json([]),
        'GET /experiments/*': ({ path }) => json(experiment(Number(path.split('/').at(-1)))),
      }),
    );
    const part = await within(clock, client.readCatalogue(byIds(11)));
    expect(part).toMatchObject({ gone: [], experiments: [{ id: '11' }] });
  });

  it('labels by id what may not be seen, and asks no more for it', async () => {
    const refuse: Route = () => json({ status: 'ERROR' }, { status: 403 });
    const { clock, client, upstream } = setUp(
      account([experiment(10)], { 'GET /sites': refuse, 'GET /goals': refuse }),
    );
    for (let i = 0; i < 3; i += 1) {
      const { experiments } = await within(clock, client.readCatalogue(background));
      expect(experiments[0]).toMatchObject({
        project: { id: '1', name: '1' },
        goals: [{ id: '7', name: '7' }],
      });
    }
    expect(upstream.to('GET /goals')).toHaveLength(1);
  });

  it('labels from memory while projects and goals are down, and asks for none it knows', async () => {
    const { clock, client } = setUp(account([experiment(10)]));
    const { experiments: remembered } = await within(clock, client.readCatalogue(background));
    const down: Route = () => json({}, { status: 500 });
    const next = setUp(account([experiment(10)], { 'GET /sites': down, 'GET /goals': down }));
    const { experiments } = await within(
      next.clock,
      next.client.readCatalogue({ ...background, remembered }),
    );
    expect(experiments).toEqual(remembered);
    expect(next.upstream.to('GET /goals')).toHaveLength(0);
  });

  it('does not wait long for labels: readings can begin without them', async () => {
    const { clock, client } = setUp(
      account([experiment(10)], { 'GET /goals': () => new Promise<Response>(() => {}) }),
    );
    const { experiments } = await within(clock, client.readCatalogue(background), 5_000);
    expect(experiments[0]?.goals[0]?.name).toBe('7');
  });

  it('sets odd rows aside and says which experiments they are', async () => {
    const odd = { ...experiment(11), deviations: 'half' };
    const { clock, client } = setUp(
      account([], {
        'GET /experiments': () => json([experiment(10), odd, null, 'x', { name: 'no id' }]),
      }),
    );
    const part = await within(clock, client.readCatalogue(background));
    expect(part).toMatchObject({ quarantined: 4, unreadable: ['11'] });
    expect(part.experiments.map(({ name }) => name)).toEqual(['E10']);
  });

  it('is unreadable when it is no list', async () => {
    const { clock, client } = setUp(account([], { 'GET /experiments': () => json({ rows: [] }) }));
    await expect(within(clock, client.readCatalogue(background))).rejects.toMatchObject({
      problem: { code: 'upstream-unreadable' },
    });
  });
});

describe('names of variations', () => {
  const all = { ...background, maxSingles: 40 } as const;
  const ids = (...some: number[]) => some.map(variationId);

  it('come in hundreds, by one filtered list each', async () => {
    const { clock, client, upstream } = setUp(account([]));
    const wanted = ids(...Array.from({ length: 250 }, (_, i) => 5000 + i));
    const names = await within(clock, client.readNames(wanted, all));
    expect(names.get(variationId(5249))).toBe('V5249');
    expect(upstream.to('GET /variations')).toHaveLength(3);
    expect(idsOf(upstream.to('GET /variations')[2]?.query ?? {})).toHaveLength(50);
  });

  it.each([400, 404])(
    'come one by one where the list is refused (%d), so many at a time, and it is not asked again',
    async (status) => {
      const { clock, client, upstream } = setUp(
        account([], { 'GET /variations': () => json({ status: 'ERROR' }, { status }) }),
      );
      const wanted = ids(101, 111, 121);
      const none = await within(clock, client.readNames(wanted, { ...all, maxSingles: 0 }));
      expect(none.size).toBe(0);
      const two = await within(clock, client.readNames(wanted, { ...all, maxSingles: 2 }));
      expect([...two.values()]).toEqual(['V101', 'V111']);
      expect(upstream.to('GET /variations').filter(({ query }) => query.filter)).toHaveLength(1);
    },
  );

  it('are asked for once where the variation is no more', async () => {
    const { clock, client, upstream } = setUp(
      account([], {
        'GET /variations': () => json([]),
        'GET /variations/*': () => json({}, { status: 404 }),
      }),
    );
    for (let i = 0; i < 2; i += 1)
      expect((await within(clock, client.readNames(ids(101), all))).size).toBe(0);
    expect(upstream.to('GET /variations/101')).toHaveLength(1);
  });

  it('are labels: that they cannot be had is no failure', async () => {
    const { clock, client } = setUp(
      account([], { 'GET /variations': () => json({}, { status: 500 }) }),
    );
    expect((await within(clock, client.readNames(ids(101), all))).size).toBe(0);
  });
});
