import { beforeEach, describe, expect, it } from 'vitest';
import { createCaller, INSURANCE, NEW, SHOP, type Caller, type Row } from './caller';

let api: Caller;
beforeEach(async () => {
  api = await createCaller();
});

describe('a targeting rule', () => {
  it('is made for an experiment that has none, once', async () => {
    const body = { siteId: INSURANCE, segmentConfiguration: 'ALL_VISITORS', triggerId: 4 };
    const rule = await api.done('POST', '/targeting-rules?experimentId=188408', body);
    expect(rule).toMatchObject({ ...body, experimentId: 188408 });
    expect(await api.done('GET', `/targeting-rules/${String(rule['id'])}`)).toEqual(rule);
    const { targetingRule } = await api.done('GET', '/experiments/188408');
    expect(targetingRule).toMatchObject({ ...body, id: rule['id'] });
    await api.refused(400, 'POST', '/targeting-rules?experimentId=188408', body);
  });

  it('comes with a new experiment and stands in the way of another', async () => {
    const { id, targetingRule } = await api.done('POST', '/experiments', NEW);
    expect(targetingRule).toMatchObject({ siteId: INSURANCE, targetingConfigurationParam: 'SITE' });
    const message = await api.refused(400, 'POST', `/targeting-rules?experimentId=${String(id)}`, {
      siteId: INSURANCE,
    });
    expect(message).toContain('has a targeting rule already');
  });

  it.each([
    ['without an experiment', '', {}],
    ['for an unknown experiment', '?experimentId=1', {}],
    ['for one of another site', '?experimentId=188601', {}],
    ['for a word', '?experimentId=x', {}],
    ['with an unknown segment', '?experimentId=188408', { segmentId: 1 }],
    ['without a site', '?experimentId=188408', { siteId: null }],
  ])('is refused %s', async (_, query, changes) => {
    const kept = api.kept();
    const body = { siteId: INSURANCE, ...changes };
    await api.refused(400, 'POST', `/targeting-rules${query}`, body);
    expect(api.kept()).toBe(kept);
  });
});

describe('a segment in use', () => {
  it('leaves its experiment to all visitors when it is deleted', async () => {
    const made = await api.done('POST', '/segments', {
      ...{ name: 'Few', siteId: INSURANCE, conditionsData: { firstLevel: [] } },
    });
    const body = { ...NEW, targetingSegmentId: made['id'] };
    const { id, targetingRule } = await api.done('POST', '/experiments', body);
    const rule = `/targeting-rules/${String((targetingRule as Row)['id'])}`;
    expect(await api.done('GET', rule)).toMatchObject({ segmentId: made['id'] });
    await api.done('DELETE', `/segments/${String(made['id'])}`);
    const left = await api.done('GET', `/experiments/${String(id)}`);
    expect(left).toMatchObject({ targetingConfiguration: 'ALL_VISITORS' });
    expect(left).not.toHaveProperty('targetingSegmentId');
    expect(await api.done('GET', rule)).not.toHaveProperty('segmentId');
  });
});

describe('a personalization', () => {
  it('holds its code itself', async () => {
    const made = await api.done('POST', '/personalizations', { name: 'Banner', siteId: SHOP });
    expect(made).toMatchObject({
      status: 'draft',
      javaScriptCode: '',
      cssCode: '',
    });
    const path = `/personalizations/${String(made['id'])}`;
    const code = { javaScriptCode: 'show("é")', cssCode: '.b{}' };
    expect(await api.done('PATCH', path, { ...made, ...code, status: 'active' })).toMatchObject({
      ...code,
      status: 'draft',
    });
    expect(await api.done('GET', path)).toMatchObject({ ...code, name: 'Banner' });
    expect(await api.call('DELETE', path)).toMatchObject({ status: 200, text: '' });
    await api.refused(404, 'GET', path);
  });

  it('has a content among the variations, told in both ways, that goes with it', async () => {
    const made = await api.done('POST', '/personalizations', { name: 'Banner', siteId: SHOP });
    expect(made['variationIds']).toEqual([made['variationId']]);
    const content = `/variations/${String(made['variationId'])}`;
    expect(await api.done('GET', content)).toMatchObject({
      personalizationId: made['id'],
      siteId: SHOP,
    });
    await api.refused(400, 'DELETE', content);
    await api.call('DELETE', `/personalizations/${String(made['id'])}`);
    await api.refused(404, 'GET', content);
  });

  it('tells the goals, the main goal and the targeting it was given', async () => {
    const made = await api.done('POST', '/personalizations', { name: 'Banner', siteId: SHOP });
    const path = `/personalizations/${String(made['id'])}`;
    const goal = await api.done('POST', '/goals', {
      ...{ name: 'G', siteId: SHOP, type: 'CUSTOM', hasMultipleConversions: true },
    });
    const sent = {
      goals: [goal['id']],
      mainGoalId: goal['id'],
      targetingConfiguration: 'SAVED_TEMPLATE',
    };
    expect(await api.done('PATCH', path, sent)).toMatchObject(sent);
    expect(await api.done('GET', `${path}?optionalFields=goals`)).toMatchObject(sent);
    expect(await api.refused(400, 'PATCH', path, { mainGoalId: 312023 })).toContain('mainGoalId');
    const nowhere = { targetingConfiguration: 'NOWHERE' };
    expect(await api.refused(400, 'PATCH', path, nowhere)).toContain('targetingConfiguration');
  });

  it('is simulated on the page of its site', async () => {
    const { id } = await api.done('POST', '/personalizations', { name: 'Banner', siteId: SHOP });
    const { text } = await api.call('GET', `/personalizations/simulate/${String(id)}`);
    const { url } = await api.done('GET', `/sites/${SHOP}`);
    expect(text.startsWith(String(url))).toBe(true);
    expect(new URL(text).searchParams.get('kameleoon-simulation')).toBe('true');
    await api.refused(404, 'GET', '/personalizations/simulate/1');
  });

  it('needs a name, a site and goals of that site', async () => {
    const message = await api.refused(400, 'POST', '/personalizations', {});
    expect(message).toContain("'name': must not be null");
    expect(message).toContain("'siteId': must not be null");
    const goals = { name: 'x', siteId: SHOP, goals: [312001] };
    expect(await api.refused(400, 'POST', '/personalizations', goals)).toContain("'goals[0]'");
  });

  it('is unknown to those of another site', async () => {
    const { id } = await api.done('POST', '/personalizations', { name: 'x', siteId: INSURANCE });
    const shop = await api.as('shop');
    const path = `/personalizations/${String(id)}`;
    await shop.refused(404, 'GET', path);
    await shop.refused(404, 'PATCH', path, { name: 'y' });
    await shop.refused(404, 'DELETE', path);
  });
});
