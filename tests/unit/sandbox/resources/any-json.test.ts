import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createCaller, INSURANCE, NEW, SHOP, type Row } from './caller';

const FIELDS = [
  ...['name', 'siteId', 'baseURL', 'url', 'goals', 'mainGoalId', 'variations', 'deviations'],
  ...['respoolTime', 'targetingSegmentId', 'targetingConfiguration', 'type', 'trackingTools'],
  ...[
    'schedules',
    'experimentId',
    'redirection',
    'prompt',
    'jsCode',
    'customJson',
    'color',
    'tags',
  ],
  ...['experimentConfig', 'indicators', 'segmentId', 'isArchived', 'mvtVariations', '__proto__'],
];
const nasty = fc.constantFrom<unknown>(
  ...[{ toString: 1 }, { valueOf: null }, [[]], [null], '', ' ', '0', '-1', 1e308, -0, 2 ** 53],
  ...[
    INSURANCE,
    SHOP,
    188401,
    '188401',
    [901001],
    [312001],
    { origin: 1 },
    { origin: '1e0' },
    true,
  ],
  ...[
    { __proto__: { a: 1 } },
    { length: 3 },
    'SAVED_TEMPLATE',
    [{ name: 'x', dateStart: {} }],
    null,
  ],
);
const value = fc.oneof({ weight: 3, arbitrary: nasty }, { weight: 1, arbitrary: fc.jsonValue() });
const fields = fc.dictionary(fc.constantFrom(...FIELDS), value, { maxKeys: 5 });
const body = fc.oneof(
  fields,
  fields.map((more) => ({ name: 'n', ...more, siteId: INSURANCE, baseURL: 'b', url: 'u' })),
  fc.jsonValue(),
);

it('is answered or refused, whatever JSON comes to any route that writes', async () => {
  const api = await createCaller();
  const { id: draft } = await api.done('POST', '/experiments', NEW);
  const { id: orphan } = await api.done('POST', '/variations', { name: 'B', siteId: INSURANCE });
  const { id: banner } = await api.done('POST', '/personalizations', { name: 'P', siteId: SHOP });
  const route = fc.constantFrom(
    ...['POST /experiments', 'POST /variations', 'POST /sites', 'POST /personalizations'],
    ...[`PATCH /experiments/${String(draft)}`, 'PATCH /experiments/188401?action=STOP'],
    ...[`PATCH /experiments/${String(draft)}?action=SCHEDULE`, 'PATCH /experiments/188402'],
    ...[`PATCH /variations/${String(orphan)}`, `PUT /variations/${String(orphan)}`],
    ...['PUT /variations/901001', `PATCH /sites/${SHOP}`, `PUT /sites/${SHOP}`],
    ...[`PATCH /personalizations/${String(banner)}`, 'POST /targeting-rules?experimentId=188401'],
    ...['POST /experiments/restart/188401', `GET /experiments/simulate/${String(draft)}`],
  );
  const seen = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(route, body, async (asked, sent) => {
      // Far from the rate windows.
      api.clock.nowMs += 3_000;
      const [method = '', path = ''] = asked.split(' ');
      const kept = api.kept();
      const { status, row, text } = await api.call(
        method,
        path,
        method === 'GET' ? undefined : sent,
      );
      expect([200, 201, 400], `${asked} ${JSON.stringify(sent)}: ${text}`).toContain(status);
      if (status === 400) {
        expect(row).toMatchObject({ status: 'ERROR', message: expect.any(String) as string });
        expect(api.kept()).toBe(kept);
      }
      seen.set(status, (seen.get(status) ?? 0) + 1);
    }),
    { numRuns: 600 },
  );
  for (const list of ['experiments', 'variations', 'sites', 'personalizations', 'targeting-rules'])
    await api.done('GET', `/${list}?perPage=-1`);
  // Had all been refused, nothing would have been tried.
  for (const status of [200, 201, 400]) expect(seen.get(status)).toBeGreaterThan(10);
  const read = (await api.done('GET', `/experiments/${String(draft)}`)) as Row;
  expect(
    Math.abs(
      Object.values(read['deviations'] as Record<string, number>).reduce((a, b) => a + b, -1),
    ),
  ).toBeLessThan(0.011);
});
