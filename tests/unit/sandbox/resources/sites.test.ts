import { beforeEach, describe, expect, it } from 'vitest';
import { createCaller, INSURANCE, SHOP, type Caller, type Row } from './caller';

let api: Caller;
let made: Row;
let path: string;
beforeEach(async () => {
  api = await createCaller();
  made = await api.done('POST', '/sites', { name: '', url: 'www.new.example', code: 'mine' });
  path = `/sites/${String(made['id'])}`;
});

describe('a site', () => {
  it('gets a code of its own by which it is found', async () => {
    expect(made).toMatchObject({
      name: '',
      url: 'www.new.example',
      experimentConfig: { minWiningReliability: 95 },
    });
    const code = String(made['code']);
    expect(code).toMatch(/^[0-9a-z]{10}$/);
    const other = await api.done('POST', '/sites', { name: 'x', url: 'y' });
    expect(other['code']).not.toBe(code);
    expect(await api.done('GET', `/sites/byCode/${code}`)).toMatchObject({ id: made['id'] });
  });

  it('takes experiments', async () => {
    const body = { name: 'E', siteId: made['id'], baseURL: 'https://www.new.example' };
    expect(await api.done('POST', '/experiments', body)).toMatchObject({ siteCode: made['code'] });
  });

  it('takes the whole object back with one field changed', async () => {
    const read = await api.done('GET', `/sites/${INSURANCE}`);
    const trackingScript = 'window.a = "é";';
    const sent = { ...read, trackingScript };
    expect(
      await api.done('PUT', `/sites/${INSURANCE}`, {
        ...sent,
        id: 1,
        code: 'other',
        dateCreated: 'x',
      }),
    ).toEqual(sent);
    expect(await api.done('GET', `/sites/${INSURANCE}`)).toEqual(sent);
  });

  it('keeps what a PUT does not name', async () => {
    const read = await api.done('GET', `/sites/${INSURANCE}`);
    const sent = { name: 'Only the name' };
    expect(await api.done('PUT', `/sites/${INSURANCE}`, sent)).toEqual({ ...read, ...sent });
    await api.refused(400, 'PUT', `/sites/${INSURANCE}`, { url: null });
  });

  it('leaves what a PATCH does not name', async () => {
    const before = await api.done('GET', path);
    const changes = {
      trackingScript: 'b()',
      experimentConfig: { minWiningReliability: 90, more: 1 },
    };
    expect(await api.done('PATCH', path, changes)).toEqual({ ...before, ...changes });
  });

  it.each([
    ['type', 'SHOP'],
    ['siteType', 'shop'],
    ['url', ''],
    ['trackingScript', 1],
    ['indicators', ['CLICKS']],
    ['isScriptActive', 'true'],
    ['domainNames', 'a'],
    ['experimentConfig', { minWiningReliability: 101 }],
    ['experimentConfig', { minWiningReliability: 'high' }],
  ])('names %s when it is %j', async (field, value) => {
    const kept = api.kept();
    expect(await api.refused(400, 'PATCH', path, { name: 'x', [field]: value })).toContain(
      `'${field}`,
    );
    expect(api.kept()).toBe(kept);
  });

  it('is deleted only when it is empty', async () => {
    expect(await api.refused(400, 'DELETE', `/sites/${INSURANCE}`)).toContain('experiments');
    expect(await api.call('DELETE', path)).toMatchObject({ status: 200, text: '' });
    await api.refused(404, 'GET', path);
  });

  it('names its integration tools', async () => {
    const { text } = await api.call('GET', `${path}/integration-tools`);
    for (const tool of JSON.parse(text) as Row[])
      expect(tool).toEqual({
        name: expect.any(String) as string,
        settings: expect.any(Object) as Row,
      });
    // What a published report looks for.
    expect(text).toContain('"name":"GOOGLE_UNIVERSAL_ANALYTICS","settings":{"trackingId":"');
  });
});

describe('an account of one site', () => {
  it('changes its own, sees no other and makes none', async () => {
    const shop = await api.as('shop');
    await shop.done('PATCH', `/sites/${SHOP}`, { trackingScript: 'mine()' });
    await shop.refused(403, 'POST', '/sites', { name: 'x', url: 'y' });
    for (const [method, body] of [['GET'], ['DELETE'], ['PUT', made], ['PATCH', {}]] as const)
      await shop.refused(404, method, path, body);
    await shop.refused(404, 'GET', `${path}/integration-tools`);
  });
});
