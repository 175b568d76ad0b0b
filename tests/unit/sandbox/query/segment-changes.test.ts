import { describe, expect, it } from 'vitest';
import {
  FRANCE,
  NEW,
  PHONE,
  SHOP,
  URL,
  createSegmentCaller,
  leavesOf,
  refusal,
  toConditions,
  type Row,
} from './segment-caller';

const { create, read, sandbox, send, toBody } = await createSegmentCaller();

describe('a segment that is changed', () => {
  it('takes what may be written of a whole object, and no conditions', async () => {
    const segment = await create({ conditionsData: toConditions(URL) });
    const changes = { description: 'New', isFavorite: true, tags: ['a'], audienceTracking: true };
    const response = await send('PATCH', `/segments/${String(segment['id'])}`, {
      ...segment,
      ...changes,
      siteId: 20101,
      conditionsData: toConditions(PHONE),
    });
    expect(await response.json()).toMatchObject({
      ...changes,
      siteId: SHOP,
      conditionsData: segment['conditionsData'],
    });
  });

  it('as a whole keeps the ids of conditions that stay', async () => {
    const segment = await create({ conditionsData: toConditions(URL, PHONE) });
    const [kept] = leavesOf(segment);
    const conditionsData = toConditions(NEW, { ...kept, url: '/basket' }, { ...FRANCE, id: 1 });
    const response = await send('PUT', `/segments/${String(segment['id'])}`, {
      ...toBody({ conditionsData }),
    });
    const ids = leavesOf((await response.json()) as Row).map((leaf) => leaf['id']);
    expect(ids[1]).toBe(kept!['id']);
    expect(new Set(ids).size).toBe(3);
    expect(ids).not.toContain(1);
  });

  it('by one condition answers the condition, and counts it as before', async () => {
    const code = { targetingType: 'JS_CODE', jsCode: 'return 1;', include: false };
    const segment = await create({ conditionsData: toConditions(URL, code) });
    const [, leaf] = leavesOf(segment);
    const path = `/segments/${String(segment['id'])}/conditions/${String(leaf!['id'])}`;
    const body = { targetingType: 'JS_CODE', id: leaf!['id'], jsCode: 'return 2;' };
    const answer = (await (await send('PUT', path, body)).json()) as Row;
    expect(answer).toEqual({ ...body, weight: 1, include: false });
    expect(leavesOf(await read(segment['id']))[1]).toEqual(answer);
    expect(await refusal(await send('PUT', path, { ...body, jsCode: null }))).toContain('jsCode');
    expect(
      (await send('PUT', `/segments/${String(segment['id'])}/conditions/7`, body)).status,
    ).toBe(404);
  });

  it('is gone after DELETE, and after isDeleted', async () => {
    for (const remove of [
      (path: string) => sandbox.send(path, { method: 'DELETE' }),
      (path: string) => send('PATCH', path, { isDeleted: true }),
    ]) {
      const path = `/segments/${String((await create({ conditionsData: toConditions(URL) }))['id'])}`;
      expect((await remove(path)).status).toBe(200);
      expect((await sandbox.send(path)).status).toBe(404);
    }
  });

  it('knows which other segment and which experiment uses it', async () => {
    const { id } = await create({ conditionsData: toConditions(URL) });
    const link = { targetingType: 'SEGMENT', linkedSegmentId: id };
    expect(await create({ conditionsData: toConditions(link) })).toMatchObject({
      hasSegmentCondition: true,
    });
    expect(await read(id)).toMatchObject({ usedBySegmentCondition: true, experimentAmount: 0 });
    const attach = { targetingSegmentId: id, targetingConfiguration: 'SAVED_TEMPLATE' };
    expect((await send('PATCH', '/experiments/188601', attach)).status).toBe(200);
    // Who its users are is told when asked for: a published client cannot read the list otherwise.
    expect(await read(id)).toMatchObject({ experimentAmount: 1, experiments: [] });
    expect(await read(`${String(id)}?optionalFields=experiments`)).toMatchObject({
      experiments: [188601],
    });
  });

  it('may not take the name of another of its site', async () => {
    const one = await create({ conditionsData: toConditions(URL) });
    const other = await create({ conditionsData: toConditions(URL) });
    const same = { ...toBody({ conditionsData: toConditions(URL) }), name: one['name'] };
    const id = String(other['id']);
    for (const response of [
      await send('POST', '/segments', same),
      await send('PATCH', `/segments/${id}`, { name: one['name'] }),
      await send('PUT', `/segments/${id}`, same),
    ])
      expect(await refusal(response)).toContain('same name already exists');
    expect((await send('POST', '/segments', { ...same, siteId: 20101 })).status).toBe(201);
    expect((await send('PATCH', `/segments/${id}`, { name: other['name'] })).status).toBe(200);
  });
});
