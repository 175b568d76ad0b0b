import { describe, expect, it } from 'vitest';
import { variationId } from '@/lib/core/experiment/ids';
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

describe('the catalogue', () => {
  it('is read in four calls, names included', async () => {
    const { clock, client, upstream } = setUp(account([experiment(10), experiment(11)]));
    const { experiments, quarantined } = await within(clock, client.readCatalogue(background));
    expect(quarantined).toBe(0);
    expect(experiments.map(({ name }) => name)).toEqual(['E10', 'E11']);
    expect(experiments[0]).toMatchObject({
      project: { id: '1', name: 'Shop' },
      goals: [{ id: '7', name: 'Order' }],
      variations: [{ name: 'Original' }, { id: '101', name: 'V101' }],
    });
    expect(upstream.seen).toHaveLength(1 + 4);
    expect(upstream.to('GET /experiments')[0]?.query).toEqual({
      optionalFields: 'goals,tags',
      page: '1',
      perPage: '200',
    });
    expect(JSON.parse(upstream.to('GET /variations')[0]?.query.filter ?? '')).toEqual([
      { field: 'id', operator: 'IN', parameters: [101, 111] },
    ]);
  });

  it.each([true, false])('turns all pages (page count in the header: %s)', async (counted) => {
    const rows = Array.from({ length: 450 }, (_, i) => experiment(1000 + i));
    const { clock, client, upstream } = setUp(
      account(rows, { 'GET /experiments': pages(rows, counted) }),
    );
    const { experiments } = await within(clock, client.readCatalogue(background));
    expect(experiments).toHaveLength(450);
    expect(upstream.to('GET /experiments').map(({ query }) => query.page)).toEqual(['1', '2', '3']);
    // Names in hundreds.
    expect(upstream.to('GET /variations')).toHaveLength(5);
  });

  it('stops at the counted page even when it is full, and needs no empty one', async () => {
    const rows = Array.from({ length: 200 }, (_, i) => experiment(1000 + i));
    const { clock, client, upstream } = setUp(account(rows));
    await within(clock, client.readCatalogue(background));
    expect(upstream.to('GET /experiments')).toHaveLength(1);
  });

  it('shows a row once that slipped to the next page meanwhile', async () => {
    const rows = Array.from({ length: 201 }, (_, i) => experiment(1000 + (i === 200 ? 199 : i)));
    const { clock, client } = setUp(account(rows));
    const { experiments } = await within(clock, client.readCatalogue(background));
    expect(experiments).toHaveLength(200);
  });

  it('ends with a list that does not', async () => {
    const full = Array.from({ length: 200 }, (_, i) => experiment(1000 + i));
    const { clock, client } = setUp(account([], { 'GET /experiments': () => json(full) }));
    await expect(
      within(clock, client.readCatalogue({ priority: 'interactive' }), 3e6),
    ).rejects.toMatchObject({ problem: { code: 'upstream-unreadable' } });
  });

  it('spares the names it is told', async () => {
    const { clock, client, upstream } = setUp(account([experiment(10), experiment(11)]));
    const knownNames = new Map([
      [variationId(101), 'Known'],
      // Its own label: it could not be had last time.
      [variationId(111), '111'],
    ]);
    const { experiments } = await within(
      clock,
      client.readCatalogue({ ...background, knownNames }),
    );
    expect(experiments.map((e) => e.variations[1]?.name)).toEqual(['Known', 'V111']);
    expect(upstream.to('GET /variations').map(({ query }) => idsOf(query))).toEqual([[111]]);
  });

  it.each([400, 404])(
    'asks one by one where the list is refused (%d), and remembers',
    async (status) => {
      const { clock, client, upstream } = setUp(
        account([experiment(10), experiment(11)], {
          'GET /variations': () => json({ status: 'ERROR' }, { status }),
        }),
      );
      const first = await within(clock, client.readCatalogue(background));
      expect(first.experiments.map((e) => e.variations[1]?.name)).toEqual(['V101', 'V111']);
      await within(clock, client.readCatalogue(background));
      expect(upstream.to('GET /variations').filter(({ query }) => query.filter)).toHaveLength(1);
    },
  );

  it('asks once for a variation that is no more, and labels it by its id', async () => {
    const { clock, client, upstream } = setUp(
      account([experiment(10)], {
        'GET /variations': () => json([]),
        'GET /variations/*': () => json({}, { status: 404 }),
      }),
    );
    for (let i = 0; i < 2; i += 1) {
      const { experiments } = await within(clock, client.readCatalogue(background));
      expect(experiments[0]?.variations[1]?.name).toBe('101');
    }
    expect(upstream.to('GET /variations/101')).toHaveLength(1);
  });

  it('shows the experiments though names, projects and goals cannot be had', async () => {
    const refuse =
      (status: number): Route =>
      () =>
        json({ status: 'ERROR' }, { status });
    const { clock, client } = setUp(
      account([experiment(10)], {
        'GET /sites': refuse(403),
        'GET /goals': refuse(403),
        'GET /variations': refuse(500),
      }),
    );
    const { experiments } = await within(clock, client.readCatalogue(background));
    expect(experiments[0]).toMatchObject({
      project: { id: '1', name: '1' },
      goals: [{ id: '7', name: '7' }],
      variations: [{ name: 'Original' }, { name: '101' }],
    });
  });

  it('fails as a whole when projects are only down, so that the last good one stays', async () => {
    const { clock, client } = setUp(
      account([experiment(10)], { 'GET /sites': () => json({}, { status: 500 }) }),
    );
    await expect(within(clock, client.readCatalogue(background))).rejects.toMatchObject({
      problem: { code: 'upstream-failed' },
    });
  });

  it('sets odd rows aside and keeps the last good of them', async () => {
    let odd: unknown = experiment(11);
    const { clock, client } = setUp(
      account([], {
        'GET /experiments': () => json([experiment(10), odd, null, 'x', { name: 'no id' }]),
      }),
    );
    const before = await within(clock, client.readCatalogue(background));
    expect(before.quarantined).toBe(3);
    odd = { ...experiment(11), deviations: 'half' };
    const after = await within(clock, client.readCatalogue(background));
    expect(after.quarantined).toBe(4);
    expect(after.experiments.map(({ name }) => name).sort()).toEqual(['E10', 'E11']);
  });

  it('is unreadable when it is no list', async () => {
    const { clock, client } = setUp(account([], { 'GET /experiments': () => json({ rows: [] }) }));
    await expect(within(clock, client.readCatalogue(background))).rejects.toMatchObject({
      problem: { code: 'upstream-unreadable' },
    });
  });
});
