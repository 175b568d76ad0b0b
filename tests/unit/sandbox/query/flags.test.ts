import { beforeAll, describe, expect, it } from 'vitest';
import { createTestSandbox, type TestSandbox } from '@/tests/unit/sandbox/test-sandbox';

type Row = Readonly<Record<string, unknown>>;

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await createTestSandbox();
});
const send = (method: string, path: string, body: unknown): Promise<Response> =>
  sandbox.send(path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

describe('feature flags', () => {
  it('are there for each story site, with an experiment behind a rule', async () => {
    const flags = (await sandbox.read('/feature-flags')) as Row[];
    expect(flags).toHaveLength(3);
    for (const flag of flags) {
      const path = `/feature-flags/${String(flag['siteCode'])}/${String(flag['featureKey'])}`;
      expect(await sandbox.read(path)).toEqual(flag);
      expect(await sandbox.read(`${path}/production`)).toEqual(flag);
      expect((await sandbox.send(`${path}/nowhere`)).status).toBe(404);
      const [environment] = flag['environmentConfigurations'] as { rolloutRules: Row[] }[];
      const { experimentId } = environment!.rolloutRules[0]!;
      expect(await sandbox.read(`/experiments/${String(experimentId)}`)).toMatchObject({
        siteId: flag['siteId'],
        mainGoalId: flag['primaryGoalId'],
      });
    }
  });

  it('are created, found by a search, switched on and archived', async () => {
    const body = { siteCode: 's5h0p2d9re', featureKey: 'gift-card', name: 'Gift card' };
    expect((await send('POST', '/feature-flags', body)).status).toBe(201);
    expect((await send('POST', '/feature-flags', body)).status).toBe(400);
    const path = '/feature-flags/s5h0p2d9re/gift-card';
    expect(await (await send('PATCH', path, { isArchived: true })).json()).toMatchObject({
      archived: true,
    });
    await send('PATCH', `${path}/production`, { featureEnabled: true });
    const found = await send('POST', '/feature-flags/search', {
      filter: { field: 'featureKey', operator: 'EQUAL', parameters: ['GIFT-CARD'] },
    });
    expect(await found.json()).toMatchObject([
      {
        ...body,
        environmentConfigurations: [{ environmentKey: 'production', featureEnabled: true }],
      },
    ]);
    expect((await sandbox.send(path, { method: 'DELETE' })).status).toBe(200);
    expect((await sandbox.send(path)).status).toBe(404);
  });
});

describe('custom data', () => {
  it('have index 1 on each story site, and the next number when created', async () => {
    const rows = (await sandbox.read('/custom-datas')) as Row[];
    expect(rows.map((row) => row['index'])).toEqual([1, 1, 1]);
    expect(rows[0]).toMatchObject({ values: ['NEW_CUSTOMER', 'LOYAL'] });
    const created = await send('POST', '/custom-datas', { siteId: 20101, name: 'Plan' });
    expect(created.status).toBe(201);
    expect(await created.json()).toMatchObject({ index: 2, name: 'Plan' });
    const again = { siteId: 20101, name: 'Plan', index: 2 };
    expect((await send('POST', '/custom-datas', again)).status).toBe(400);
    const { id } = ((await sandbox.read('/custom-datas?perPage=200')) as Row[]).at(-1)!;
    const path = `/custom-datas/${String(id)}`;
    expect((await sandbox.send(path, { method: 'DELETE' })).status).toBe(200);
    expect((await sandbox.send(path)).status).toBe(404);
  });
});
