import { beforeAll, describe, expect, it } from 'vitest';
import { createCaller, INSURANCE, NEW, SHOP, whole, type Caller } from './caller';

let api: Caller;
beforeAll(async () => {
  api = await createCaller();
});

describe('a new experiment', () => {
  it('is a draft with one variation and half the visitors for it', async () => {
    const made = await api.done('POST', '/experiments', { ...NEW, siteCode: 'zzzzzzzzzz', id: 5 });
    const [variation] = made['variations'] as number[];
    expect(made).toMatchObject({
      ...NEW,
      siteCode: 'i7k2m9q4xa',
      status: 'draft',
      type: 'CLASSIC',
      deviations: { origin: 0.5, [String(variation)]: 0.5 },
      autoOptimized: false,
      collectingDataEnabled: true,
      executeCodeForReference: true,
      isArchived: false,
      isLegacyEditor: false,
      isMultipleTestingCorrection: false,
      mvtVariations: [],
      trackingTools: [],
      createdBy: 70001,
    });
    expect(made['id']).not.toBe(5);
    expect(made).not.toHaveProperty('dateStarted');
    expect(await api.done('GET', `/variations/${variation}`)).toMatchObject({
      name: 'Variation 1',
      siteId: INSURANCE,
      experimentId: made['id'],
    });
  });

  it('has nine digits of a second in its answer and whole seconds afterwards', async () => {
    const { status, row } = await api.call('POST', '/experiments', NEW);
    expect(status).toBe(201);
    expect(row['dateCreated']).toMatch(/^[\d-]{10}T[\d:]{8}\.\d{9}$/);
    const read = await api.done('GET', whole(row['id']));
    expect(read).toEqual({
      ...row,
      dateCreated: String(row['dateCreated']).slice(0, 19),
      dateModified: String(row['dateModified']).slice(0, 19),
    });
  });

  it('tells goals and tags as sent, and its main goal among them', async () => {
    const body = { ...NEW, goals: [312002, 312001], tags: ['a', 'é'], mainGoalId: 312001 };
    expect(await api.done('POST', '/experiments', body)).toMatchObject(body);
  });

  it('is targeted at a saved segment when one is named', async () => {
    const conditionsData = { firstLevel: [] };
    const segment = await api.done('POST', '/segments', {
      ...{ name: 'People of the offer', siteId: INSURANCE, conditionsData },
    });
    const made = await api.done('POST', '/experiments', {
      ...NEW,
      targetingSegmentId: segment['id'],
    });
    expect(made).toMatchObject({
      targetingConfiguration: 'SAVED_TEMPLATE',
      targetingRule: { siteId: INSURANCE, segmentId: segment['id'] },
    });
  });

  it('gives its variation what a sent share of the original leaves', async () => {
    const made = await api.done('POST', '/experiments', { ...NEW, deviations: { origin: '0.3' } });
    const [variation] = made['variations'] as number[];
    expect(made['deviations']).toEqual({ origin: 0.3, [String(variation)]: 0.7 });
  });

  it('takes orphans it names instead of a variation of its own', async () => {
    const orphan = { name: 'B', siteId: INSURANCE };
    const { id: b } = await api.done('POST', '/variations', orphan);
    const made = await api.done('POST', '/experiments', { ...NEW, variations: [b] });
    expect(made).toMatchObject({ variations: [b], deviations: { origin: 0.5, [String(b)]: 0.5 } });
  });
});

describe('a body that makes no experiment', () => {
  it('is answered with all that is wrong at once', async () => {
    const message = await api.refused(400, 'POST', '/experiments', { name: ' ', type: 'classic' });
    expect(message).toMatch(/^Fields not valid\. /);
    for (const words of [
      "'name': must not be empty",
      "'baseURL': must not be null",
      "'siteId': must not be null",
      "'type': unknown value 'classic'",
    ])
      expect(message).toContain(words);
    expect(message.split('; ')).toHaveLength(4);
  });

  it.each([
    ['a goal of another site', { goals: [312021] }, "'goals[0]'"],
    ['an unknown goal', { goals: [312001, 1] }, "'goals[1]'"],
    [
      'a main goal that is none of the goals',
      { goals: [312001], mainGoalId: 312002 },
      "'mainGoalId'",
    ],
    ['an unknown segment', { targetingSegmentId: 1 }, "'targetingSegmentId'"],
    ['a variation that belongs to another', { variations: [901001] }, "'variations[0]'"],
    ['a variation of another site', { variations: [901210] }, "'variations[0]'"],
    ['an unknown site', { siteId: 77 }, "'siteId'"],
    ['a share beyond one', { deviations: { origin: 1.2 } }, "'deviations.origin'"],
    ['shares that do not add up', { deviations: { origin: 0.5, x: 0.5 } }, "'deviations.x'"],
    ['goals that are no list', { goals: { toString: 1 } }, "'goals'"],
    ['a name that is an object', { name: { toString: 1 } }, "'name'"],
  ])('names %s and leaves nothing behind', async (_, changes, field) => {
    const kept = api.kept();
    expect(await api.refused(400, 'POST', '/experiments', { ...NEW, ...changes })).toContain(field);
    expect(api.kept()).toBe(kept);
  });

  it('is refused without its content type and when it is no JSON object', async () => {
    for (const body of ['{', '[]', 'null', '7'])
      await api.refused(400, 'POST', '/experiments', body);
    expect((await api.call('POST', '/experiments')).status).toBe(400);
  });
});

describe('an account of one site', () => {
  it('makes experiments there and nowhere else', async () => {
    const shop = await api.as('shop');
    const made = await shop.done('POST', '/experiments', { ...NEW, siteId: SHOP });
    expect(made['createdBy']).not.toBe(70001);
    const elsewhere = await shop.refused(400, 'POST', '/experiments', NEW);
    const nowhere = await shop.refused(400, 'POST', '/experiments', { ...NEW, siteId: 99999 });
    expect(elsewhere.replace(String(INSURANCE), '99999')).toBe(nowhere);
  });

  it('finds a foreign experiment exactly as unknown as none at all', async () => {
    const shop = await api.as('shop');
    for (const [method, path, body] of [
      ['PATCH', '', { name: 'Mine' }],
      ['PATCH', '?action=PAUSE', {}],
      ['DELETE', '', undefined],
    ] as const) {
      const foreign = await shop.refused(404, method, `/experiments/188401${path}`, body);
      const unknown = await shop.refused(404, method, `/experiments/188499${path}`, body);
      expect(foreign.replace('188401', '188499')).toBe(unknown);
    }
    await shop.refused(404, 'GET', '/experiments/simulate/188401');
  });

  it('cannot write with the right to read alone', async () => {
    const reader = await api.as('reader');
    const kept = api.kept();
    for (const path of ['/experiments', '/variations', '/sites', '/personalizations'])
      await reader.refused(403, 'POST', path, NEW);
    await reader.refused(403, 'PATCH', '/experiments/188401?action=PAUSE');
    await reader.refused(403, 'DELETE', '/experiments/188408');
    expect(api.kept()).toBe(kept);
  });
});
