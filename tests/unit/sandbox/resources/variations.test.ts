import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { createCaller, INSURANCE, NEW, SHOP, type Caller, type Row } from './caller';

let api: Caller;
let path: string;
let orphan: Row;
beforeEach(async () => {
  api = await createCaller();
  orphan = await api.done('POST', '/variations', {
    name: 'B',
    siteId: INSURANCE,
    experimentId: 188401,
  });
  path = `/variations/${String(orphan['id'])}`;
});

describe('a new variation', () => {
  it('belongs to nobody, whatever it says', async () => {
    expect(orphan).toMatchObject({ name: 'B', siteId: INSURANCE, isJsCodeAfterDomReady: true });
    expect(orphan).not.toHaveProperty('experimentId');
    const { variations } = await api.done('GET', '/experiments/188401');
    expect(variations).not.toContain(orphan['id']);
  });

  it('needs a name and a site it may lie on', async () => {
    const message = await api.refused(400, 'POST', '/variations', { siteId: 1 });
    expect(message).toContain("'name': must not be null");
    expect(message).toContain("'siteId'");
    const shop = await api.as('shop');
    await shop.refused(400, 'POST', '/variations', { name: 'B', siteId: INSURANCE });
    await shop.done('POST', '/variations', { name: 'B', siteId: SHOP });
  });
});

describe('code', () => {
  it('comes back as it was sent, to the character', async () => {
    const odd = ['\u0000', '\ud800', '\u2028', '"\\', '</script>', '\r\n\t', '𝒳', 'é', '日本'];
    const code = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...odd));
    await fc.assert(
      fc.asyncProperty(code, code, async (jsCode, cssCode) => {
        expect(await api.done('PATCH', path, { jsCode, cssCode })).toMatchObject({
          jsCode,
          cssCode,
        });
        expect(await api.done('GET', path)).toMatchObject({ jsCode, cssCode });
      }),
      { numRuns: 60 },
    );
  });

  it('may be a megabyte', async () => {
    const jsCode = 'é𝒳"\n'.repeat(200_000);
    await api.done('PUT', path, { ...orphan, jsCode });
    expect((await api.done('GET', path))['jsCode'] === jsCode).toBe(true);
  });
});

describe('PATCH', () => {
  it('leaves what it does not name, and answers with the whole', async () => {
    const prompt = { textInput: 'Bigger', promptSource: 'EDITOR' };
    const changes = { cssCode: 'a{}', shadowDom: true, prompt, isJsCodeAfterDomReady: false };
    expect(await api.done('PATCH', path, changes)).toEqual({ ...orphan, ...changes });
  });

  it('attaches an orphan with no visitors yet', async () => {
    const { id, variations, deviations } = await api.done('POST', '/experiments', NEW);
    expect(await api.done('PATCH', path, { experimentId: id })).toMatchObject({ experimentId: id });
    const b = Number(orphan['id']);
    expect(await api.done('GET', `/experiments/${String(id)}`)).toMatchObject({
      variations: [...(variations as number[]), b],
      deviations: { ...(deviations as Row), [b]: 0 },
    });
  });

  it.each([
    ['an unknown experiment', 1],
    ['one of another site', 188601],
    ['no id', 'x'],
  ])('does not attach to %s, and then changes nothing at all', async (_, experimentId) => {
    const kept = api.kept();
    const body = { name: 'C', experimentId };
    expect(await api.refused(400, 'PATCH', path, body)).toContain("'experimentId'");
    expect(api.kept()).toBe(kept);
  });

  it('does not take a variation away from its experiment', async () => {
    const body = { experimentId: 188402 };
    expect(await api.refused(400, 'PATCH', '/variations/901001', body)).toContain('188401');
    await api.done('PATCH', '/variations/901001', { experimentId: 188401, name: 'Same' });
  });

  it.each([
    ['name', ''],
    ['jsCode', 7],
    ['shadowDom', 'yes'],
    ['color', 1.5],
    ['redirection', { type: 'SOMEWHERE' }],
    ['redirection', 'GLOBAL_REDIRECTION'],
    ['prompt', []],
    ['expositionFrequencySameVisit', {}],
  ])('names %s when it is %j', async (field, value) => {
    const kept = api.kept();
    expect(await api.refused(400, 'PATCH', path, { cssCode: 'x', [field]: value })).toContain(
      `'${field}`,
    );
    expect(api.kept()).toBe(kept);
  });
});

describe('PUT', () => {
  it('takes the whole object and keeps every field as sent', async () => {
    const redirection = {
      ...{ type: 'GLOBAL_REDIRECTION', url: 'https://x.example/?a=1', parameters: 'a=1' },
      includeQueryParameters: true,
    };
    const body = {
      ...orphan,
      ...{ name: 'New', color: 7, jsCode: null, forceNoFlicker: true, shadowDom: true },
      ...{ customJson: '{"a":1}', redirection, redirectionStrings: 'a', widgetTemplateInput: 'w' },
      ...{ expositionFrequencySameVisit: 1, expositionFrequencySameVisitor: 2 },
      ...{ expositionFrequencyDelaySecondsBetweenTwoExpositions: 3 },
      expositionFrequencySameVisitorDelaySeconds: 4,
    };
    expect(await api.done('PUT', path, body)).toEqual(body);
    expect(await api.done('GET', path)).toEqual(body);
  });

  it('takes back to the beginning what it does not name, but not its place', async () => {
    await api.done('PATCH', '/variations/901001', { jsCode: 'a()' });
    const answer = await api.done('PUT', '/variations/901001', { name: 'Bare', siteId: 3, id: 4 });
    expect(answer).toMatchObject({
      id: 901001,
      siteId: INSURANCE,
      experimentId: 188401,
      jsCode: '',
    });
    expect(await api.refused(400, 'PUT', path, { jsCode: '' })).toContain("'name'");
  });
});

describe('DELETE', () => {
  it('detaches, and the others share what it had', async () => {
    const { id, variations } = await api.done('POST', '/experiments', NEW);
    const [a] = variations as number[];
    const b = Number(orphan['id']);
    await api.done('PATCH', path, { experimentId: id });
    await api.done('PATCH', `/experiments/${String(id)}`, {
      deviations: { origin: 0.3, [a!]: 0.1, [b]: 0.6 },
    });
    expect(await api.call('DELETE', path)).toMatchObject({ status: 200, text: '' });
    const after = await api.done('GET', `/experiments/${String(id)}`);
    expect(after['variations']).toEqual([a]);
    const { origin, ...rest } = after['deviations'] as Record<string, number>;
    expect([origin, rest[String(a)]].map((share) => share?.toFixed(9))).toEqual([
      '0.750000000',
      '0.250000000',
    ]);
    await api.refused(404, 'GET', path);
  });

  it('keeps the last variation of a running experiment, and lets it go of a draft', async () => {
    const { id, variations } = await api.done('POST', '/experiments', NEW);
    const [last] = variations as number[];
    await api.done('PATCH', `/experiments/${String(id)}?action=ACTIVATE`);
    const kept = api.kept();
    await api.refused(400, 'DELETE', `/variations/${last}`);
    expect(api.kept()).toBe(kept);
    const draft = await api.done('POST', '/experiments', NEW);
    await api.done('DELETE', `/variations/${(draft['variations'] as number[])[0]}`);
    expect(await api.done('GET', `/experiments/${String(draft['id'])}`)).toMatchObject({
      variations: [],
      deviations: { origin: 1 },
    });
  });

  it('is 404 for what lies on another site, as for what is not there', async () => {
    const shop = await api.as('shop');
    for (const method of ['GET', 'DELETE']) await shop.refused(404, method, path);
    for (const method of ['PUT', 'PATCH']) await shop.refused(404, method, path, orphan);
  });
});
