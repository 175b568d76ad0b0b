import { expect } from 'vitest';
import { openContract } from './contract';
import {
  anExperimentBody,
  freshName,
  makeExperiment,
  makeGoal,
  makeSegment,
  makeVariation,
} from './http/make';
import { idOf, numbersOf, type Row } from './http/shape';

const { fact } = openContract({ active: 4, stopped: 4 });

const pathOf = (row: Row): string => `/experiments/${idOf(row)}`;

fact('3.2-create', async ({ api }) => {
  const body = await anExperimentBody(api);
  const answer = await api.call('POST', '/experiments', { body });
  expect(answer.status).toBe(201);
  expect(answer.row()).toMatchObject({ ...body, id: expect.any(Number) });
});

fact('3.2-create-minimal', async ({ api }) => {
  const { siteId, baseURL } = await anExperimentBody(api);
  const goal = idOf(await makeGoal(api));
  const base = { siteId, baseURL };
  const bodies: readonly Row[] = [
    { ...base, siteCode: 'i7k2m9q4xa', type: 'DEVELOPER' },
    { ...base, goals: [goal], targetingSegmentId: idOf(await makeSegment(api)), type: 'CLASSIC' },
    { ...base, goals: [goal], mainGoalId: goal, targetingConfiguration: 'SITE' },
    base,
  ];
  for (const body of bodies)
    expect(
      idOf(await api.make('/experiments', { ...body, name: freshName('small') })),
    ).toBeTruthy();
});

fact('3.2-create-draft', async ({ api }) => {
  expect((await makeExperiment(api))['status']).toBe('draft');
});

fact('3.2-create-variation', async ({ api }) => {
  const made = await makeExperiment(api);
  const [variation, ...others] = numbersOf(made['variations']);
  expect(others).toEqual([]);
  expect((await api.read(`/variations/${variation}`))['experimentId']).toBe(idOf(made));
});

fact('3.2-create-halves', async ({ api }) => {
  const made = await makeExperiment(api);
  const [variation] = numbersOf(made['variations']);
  expect(made['deviations']).toEqual({ origin: 0.5, [String(variation)]: 0.5 });
});

fact('3.2-rename-first', async ({ api }) => {
  const [variation] = numbersOf((await makeExperiment(api))['variations']);
  await api.change(`/variations/${variation}`, { name: 'Green button' });
  expect((await api.read(`/variations/${variation}`))['name']).toBe('Green button');
});

fact('3.2-default-rule', async ({ api }) => {
  const { id, siteId } = await makeExperiment(api);
  const body = { siteId, segmentConfiguration: 'ALL_VISITORS' };
  const query = { experimentId: id };
  expect((await api.call('POST', '/targeting-rules', { query, body })).status).toBe(400);
});

fact('3.2-create-defaults', async ({ api }) => {
  expect(await makeExperiment(api)).toMatchObject({
    autoOptimized: false,
    collectingDataEnabled: true,
    executeCodeForReference: true,
    isArchived: false,
    isLegacyEditor: false,
    isMultipleTestingCorrection: false,
    mvtVariations: [],
  });
});

fact('3.2-patch-writable', async ({ api }) => {
  const path = pathOf(await makeExperiment(api));
  const goals = [idOf(await makeGoal(api)), idOf(await makeGoal(api))];
  const sent = {
    baseURL: 'https://www.example.com/other',
    commonCssCode: 'a{}',
    commonJavaScriptCode: 'b()',
    description: 'changed',
    globalScript: 'c()',
    goals,
    isMultipleTestingCorrection: true,
    mainGoalId: goals[1],
    name: freshName('renamed'),
    tags: ['x'],
    targetingConfiguration: 'SAVED_TEMPLATE',
    targetingSegmentId: idOf(await makeSegment(api)),
    trackingTools: [{ name: 'GOOGLE_ANALYTICS', customVariable: 3 }],
  };
  await api.change(path, sent);
  const optionalFields = 'goals,tags,globalScript';
  const read = await api.read(path, { optionalFields });
  expect(read).toMatchObject({
    ...sent,
    trackingTools: [expect.objectContaining({ customVariable: 3 })],
  });
});

fact('3.2-patch-partial', async ({ api }) => {
  const made = await makeExperiment(api, { goals: [idOf(await makeGoal(api))], tags: ['kept'] });
  const whole = { optionalFields: 'goals,tags' };
  const { dateModified: _before, ...before } = await api.read(pathOf(made), whole);
  await api.change(pathOf(made), { description: 'only this' });
  const { dateModified: _after, ...after } = await api.read(pathOf(made), whole);
  expect(after).toEqual({ ...before, description: 'only this' });
});

fact('3.2-patch-answer', async ({ api }) => {
  const made = await makeExperiment(api);
  const changed = await api.change(pathOf(made), { description: 'x' });
  const read = await api.read(pathOf(made));
  expect(Object.keys(changed)).toEqual(expect.arrayContaining(Object.keys(read)));
});

fact('3.2-patch-variations', async ({ api }) => {
  const made = await makeExperiment(api);
  const second = idOf(await makeVariation(api));
  const variations = [...numbersOf(made['variations']), second];
  const deviations = { origin: 0.4, [String(variations[0])]: 0.3, [String(second)]: 0.3 };
  await api.change(pathOf(made), { variations, deviations });
  const read = await api.read(pathOf(made));
  expect(read).toMatchObject({ variations, deviations });
});

fact('3.2-patch-whole', async ({ api }) => {
  const goals = [idOf(await makeGoal(api))];
  const made = await makeExperiment(api, { goals });
  const whole = await api.read(pathOf(made), { optionalFields: 'goals,tags' });
  const sent = { ...whole, id: 1, siteCode: 'zzzzzzzzzz', status: 'stopped', commonCssCode: 'p{}' };
  await api.change(pathOf(made), sent);
  const { dateModified: _before, ...kept } = whole;
  const after = await api.read(pathOf(made), { optionalFields: 'goals,tags' });
  expect(after).toMatchObject({ ...kept, commonCssCode: 'p{}' });
});

fact('3.2-patch-wipes-goals', async ({ api }) => {
  const made = await makeExperiment(api, { goals: [idOf(await makeGoal(api))] });
  const trap = await api.read(pathOf(made));
  await api.change(pathOf(made), { ...trap, commonCssCode: 'p{}' });
  expect((await api.read(pathOf(made), { optionalFields: 'goals' }))['goals']).toEqual([]);
});
