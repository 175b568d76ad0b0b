import { beforeEach, describe, expect, it } from 'vitest';
import { createCaller, INSURANCE, NEW, whole, type Caller, type Row } from './caller';

let api: Caller;
let draft: Row;
let path: string;
let own: string;
beforeEach(async () => {
  api = await createCaller();
  draft = await api.done('POST', '/experiments', { ...NEW, goals: [312001, 312002], tags: ['x'] });
  path = `/experiments/${String(draft['id'])}`;
  own = String((draft['variations'] as number[])[0]);
});

const newVariation = async (): Promise<number> =>
  Number((await api.done('POST', '/variations', { name: 'B', siteId: INSURANCE }))['id']);

describe('a partial update', () => {
  it('leaves what it does not name as it was, and answers with all of it', async () => {
    const { name: _, dateModified: __, ...rest } = await api.done('GET', whole(draft['id']));
    const answer = await api.done('PATCH', path, { name: 'Longer form', commonCssCode: 'a{}' });
    expect(answer).toMatchObject({ ...rest, name: 'Longer form', commonCssCode: 'a{}' });
    expect(String(answer['dateModified']) > String(draft['dateModified']).slice(0, 19)).toBe(true);
  });

  it('takes the whole object back and passes over what is read-only', async () => {
    const read = await api.done('GET', '/experiments/188401?optionalFields=goals,tags');
    const sent = {
      ...read,
      id: 1,
      status: 'stopped',
      siteId: 7,
      siteCode: 'x',
      createdBy: 3,
      type: '?',
    };
    const { dateModified: _, ...same } = read;
    expect(await api.done('PATCH', '/experiments/188401', sent)).toMatchObject(same);
  });

  it('wipes the goals when the object sent back was read without them', async () => {
    const read = await api.done('GET', path);
    expect(read['goals']).toEqual([]);
    const answer = await api.done('PATCH', path, { ...read, name: 'Renamed' });
    expect(answer).toMatchObject({ name: 'Renamed', goals: [], tags: [] });
    expect(answer).not.toHaveProperty('mainGoalId');
    expect(await api.done('GET', whole(draft['id']))).toMatchObject({ goals: [], tags: [] });
  });

  it('replaces the goals by the list sent, with a main goal among them', async () => {
    expect(
      await api.done('PATCH', path, { goals: [312003, 312004], mainGoalId: 312004 }),
    ).toMatchObject({
      goals: [312003, 312004],
      mainGoalId: 312004,
    });
    expect(await api.done('PATCH', path, { goals: [312001] })).toMatchObject({
      mainGoalId: 312001,
    });
    expect(await api.refused(400, 'PATCH', path, { mainGoalId: 312002 })).toContain('mainGoalId');
  });

  it('keeps a goal that was deleted in the meantime', async () => {
    const goal = { name: 'G', siteId: INSURANCE, type: 'CUSTOM', hasMultipleConversions: true };
    const { id } = await api.done('POST', '/goals', goal);
    await api.done('PATCH', path, { goals: [312001, id] });
    await api.done('DELETE', `/goals/${String(id)}`);
    const read = await api.done('GET', whole(draft['id']));
    expect((await api.done('PATCH', path, read))['goals']).toEqual([312001, id]);
  });

  it('takes a null as nothing said, and never for a name', async () => {
    expect(
      await api.done('PATCH', path, { baseURL: null, tags: null, description: null }),
    ).toMatchObject({
      ...{ baseURL: null, tags: [], description: '' },
    });
    expect(await api.refused(400, 'PATCH', path, { name: null })).toContain(
      "'name': must not be null",
    );
  });
});

describe('a split', () => {
  it('is laid over the current one, texts as numbers', async () => {
    const share = async (deviations: unknown) =>
      (await api.done('PATCH', path, { deviations }))['deviations'];
    expect(await share({ origin: '0.33333333', [own]: '0.66666667' })).toEqual({
      origin: 0.33333333,
      [own]: 0.66666667,
    });
    expect(await share({ origin: 0, [own]: 1 })).toEqual({ origin: 0, [own]: 1 });
    expect(await share({ [own]: 0.9999 })).toEqual({ origin: 0, [own]: 0.9999 });
  });

  it('that names a variation alone leaves the rest to the original, as far as there is a rest', async () => {
    const { deviations } = await api.done('PATCH', path, { deviations: { [own]: '0.2' } });
    expect(deviations).toEqual({ origin: 0.8, [own]: 0.2 });
    const b = await newVariation();
    await api.done('PATCH', path, { variations: [Number(own), b], deviations: { [b]: 0.5 } });
    expect((await api.done('GET', path))['deviations']).toEqual({
      origin: 0.3,
      [own]: 0.2,
      [b]: 0.5,
    });
    const message = await api.refused(400, 'PATCH', path, { deviations: { [b]: 0.9 } });
    expect(message).toContain('must add up to 1');
  });

  it.each([
    [{ origin: 0.5, own: 0.52 }, 'must add up to 1'],
    [{ own: 1.2 }, 'must be a number from 0 to 1'],
    [{ own: -0.5, origin: 1.5 }, 'must be a number from 0 to 1'],
    [{ own: 'half' }, 'must be a number from 0 to 1'],
    [{ own: { valueOf: 1 } }, 'must be a number from 0 to 1'],
    [{ own: 0.5, 901001: 0.5 }, 'neither origin nor one of the variations'],
    ['half and half', 'must be an object'],
  ])('%j is refused and changes nothing', async (sent, words) => {
    const kept = api.kept();
    const text = JSON.stringify({ name: 'Other', deviations: sent }).replace('"own"', `"${own}"`);
    expect(await api.refused(400, 'PATCH', path, text)).toContain(words);
    expect(api.kept()).toBe(kept);
  });

  it('cannot bring in a key by way of the prototype', async () => {
    const body = '{"deviations":{"__proto__":0.5,"constructor":0.5}}';
    expect(await api.refused(400, 'PATCH', path, body)).toContain('deviations.constructor');
  });

  it('tells by respoolTime when each share was set last', async () => {
    const b = await newVariation();
    await api.done('PATCH', path, { variations: [Number(own), b] });
    const before = (await api.done('GET', path))['respoolTime'] as Row;
    const answer = await api.done('PATCH', path, { deviations: { origin: 0.2, [b]: 0.3 } });
    const after = answer['respoolTime'] as Row;
    const nowSeconds = Math.floor(api.clock.nowMs / 1_000);
    expect(after).toEqual({ origin: nowSeconds, [b]: nowSeconds, [own]: before[own] });
    expect(before[own]).toBeLessThan(nowSeconds);
  });
});

describe('the list of variations', () => {
  it('attaches orphans together with a split, and lets go whom it does not name', async () => {
    const b = await newVariation();
    const third = { origin: '0.33333333', [own]: '0.33333333', [b]: '0.33333336' };
    const answer = await api.done('PATCH', path, {
      variations: [Number(own), b],
      deviations: third,
    });
    expect(answer['variations']).toEqual([Number(own), b]);
    expect(await api.done('GET', `/variations/${b}`)).toMatchObject({ experimentId: draft['id'] });

    const deviations = { origin: 0.5, [b]: 0.5 };
    await api.done('PATCH', path, { variations: [b], deviations });
    expect((await api.done('GET', path))['deviations']).toEqual(deviations);
    expect(await api.done('GET', `/variations/${own}`)).not.toHaveProperty('experimentId');
  });

  it('cannot let somebody go whose share nobody takes', async () => {
    expect(await api.refused(400, 'PATCH', path, { variations: [] })).toContain('must add up to 1');
    await api.done('PATCH', path, { variations: [], deviations: { origin: 1 } });
  });
});

describe('deleting', () => {
  it('takes the variations and the rule along and answers with nothing', async () => {
    const rule = (draft['targetingRule'] as Row)['id'];
    expect(await api.call('DELETE', path)).toMatchObject({ status: 200, text: '' });
    for (const gone of [path, `/variations/${own}`, `/targeting-rules/${String(rule)}`])
      await api.refused(404, 'GET', gone);
    await api.refused(404, 'DELETE', path);
  });

  it.each([
    ['active', ['ACTIVATE']],
    ['paused', ['ACTIVATE', 'PAUSE']],
    ['deactivated', ['ACTIVATE', 'DEACTIVATE']],
  ])('is refused while it is %s', async (status, actions) => {
    for (const action of actions) await api.done('PATCH', `${path}?action=${action}`);
    const kept = api.kept();
    expect(await api.refused(400, 'DELETE', path)).toContain(status);
    expect(api.kept()).toBe(kept);
  });

  it('is fine once it is stopped', async () => {
    for (const action of ['ACTIVATE', 'STOP']) await api.done('PATCH', `${path}?action=${action}`);
    await api.done('DELETE', path);
  });
});

describe('simulation', () => {
  it('is the page with the panel asked for, as plain text', async () => {
    const { text } = await api.call('GET', `/experiments/simulate/${String(draft['id'])}`);
    const url = new URL(text);
    expect(text.startsWith(`${NEW.baseURL}?`)).toBe(true);
    expect(url.searchParams.get('kameleoon-experiment-id')).toBe(String(draft['id']));
    expect(url.searchParams.get('kameleoon-simulation')).toBe('true');
  });

  it('is refused while there is no page', async () => {
    expect(await api.refused(400, 'GET', '/experiments/simulate/188408')).toContain('baseURL');
  });
});
