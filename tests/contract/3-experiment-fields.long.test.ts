import { expect } from 'vitest';
import type { Api } from './http/api';
import { openContract } from './contract';
import { holds as holdsIn } from './http/holds';
import { anExperimentBody, makeExperiment, makeGoal, makeSegment } from './http/make';
import { asNumber, asRow, asRows, first, idOf, numbersOf, type Row } from './http/shape';

const { fact } = openContract({ active: 8, stopped: 14 });

const rowsOf = async (api: Api): Promise<readonly Row[]> => {
  const rows = await api.list('/experiments', { perPage: 100 });
  first(rows, 'experiment');
  return rows;
};

const holds = (api: Api, field: string, check: (value: unknown, row: Row) => void) =>
  holdsIn(api, '/experiments', field, check);

fact('3.2-id', ({ api }) => holds(api, 'id', (id) => expect(id).toSatisfy(Number.isSafeInteger)));

fact('3.2-read-only', async ({ api }) => {
  const made = await makeExperiment(api);
  const path = `/experiments/${idOf(made)}`;
  const before = await api.read(path);
  const dates = { dateCreated: '2001-01-01T00:00:00', dateStarted: '2001-01-01T00:00:00' };
  await api.change(path, { id: 1, status: 'active', ...dates });
  const { dateModified: _earlier, ...kept } = before;
  expect(await api.read(path)).toMatchObject(kept);
  expect(await api.read(path)).not.toHaveProperty('dateStarted');
});

fact('3.2-required', async ({ api }) => {
  const body = await anExperimentBody(api);
  for (const name of ['name', 'siteId', 'baseURL']) {
    const { [name]: _left, ...rest } = body;
    const answer = await api.call('POST', '/experiments', { body: rest });
    expect([name, answer.status]).toEqual([name, 400]);
    expect(answer.row()['message']).toContain(`'${name}': must not be `);
  }
});

fact('3.2-base-url', async ({ api }) => {
  for (const row of await rowsOf(api))
    if (row['baseURL'] != null || !/^draft$/i.test(String(row['status'])))
      expect(row['baseURL']).toBeTypeOf('string');
});

fact('3.2-site-code', async ({ api }) => {
  const site = first(await api.list('/sites'), 'site');
  const made = await makeExperiment(api, { siteId: idOf(site), siteCode: 'zzzzzzzzzz' });
  expect(made['siteCode']).toBe(site['code']);
});

const TYPES = 'AI CLASSIC DEVELOPER MVT PROMPT SDK_HYBRID FEATURE_FLAG SERVER_SIDE HYBRID'.split(
  ' ',
);
fact('3.2-type', ({ api }) => holds(api, 'type', (type) => expect(TYPES).toContain(type)));

fact('3.2-description-and-tags', async ({ api }) => {
  const made = await makeExperiment(api, { description: 'Why we try', tags: ['a', 'b'] });
  const read = await api.read(`/experiments/${idOf(made)}`, { optionalFields: 'tags' });
  expect(read).toMatchObject({ description: 'Why we try', tags: ['a', 'b'] });
});

fact('3.2-deviations', ({ api }) =>
  holds(api, 'deviations', (deviations) => {
    for (const [key, share] of Object.entries(asRow(deviations))) {
      expect(key).toMatch(/^(origin|\d+)$/);
      expect(share).toSatisfy((value: unknown) => asNumber(value) >= 0 && asNumber(value) <= 1);
    }
  }),
);

fact('3.2-respool-time', async ({ api }) => {
  const made = await makeExperiment(api);
  const path = `/experiments/${idOf(made)}`;
  const [variation] = numbersOf(made['variations']);
  await api.change(path, {}, { action: 'ACTIVATE' });
  const deviations = { origin: 0.7, [String(variation)]: 0.3 };
  const { respoolTime } = await api.change(path, { deviations });
  const entries = Object.entries(asRow(respoolTime));
  expect(entries.length).toBeGreaterThan(0);
  for (const [key, seconds] of entries) {
    expect(['origin', String(variation)]).toContain(key);
    expect(String(seconds)).toMatch(/^\d{10}$/);
  }
});

fact('3.2-variations', ({ api }) =>
  holds(api, 'variations', (variations, row) => {
    const ids = numbersOf(variations);
    expect(ids).not.toContain(0);
    expect(new Set(ids).size).toBe(ids.length);
    expect(row).not.toHaveProperty('variationsId');
  }),
);

fact('3.2-goals', async ({ api }) => {
  const goals = [idOf(await makeGoal(api)), idOf(await makeGoal(api))];
  const made = await makeExperiment(api, { goals });
  const path = `/experiments/${idOf(made)}`;
  await api.change(path, { goals: goals.slice(1) });
  const read = await api.read(path, { optionalFields: 'goals' });
  expect(read['goals']).toEqual(goals.slice(1));
});

fact('3.2-main-goal', async ({ api }) => {
  const goals = [idOf(await makeGoal(api)), idOf(await makeGoal(api))];
  const made = await makeExperiment(api, { goals, mainGoalId: goals[1] });
  const read = await api.read(`/experiments/${idOf(made)}`, { optionalFields: 'goals' });
  expect(read).toMatchObject({ goals, mainGoalId: goals[1] });
});

fact('3.2-allocation-method', ({ api }) =>
  holds(api, 'trafficAllocationMethod', (method) =>
    expect(['MANUAL', 'MULTI_ARMED_BANDIT', 'CONTEXTUAL_BANDIT']).toContain(method),
  ),
);

fact('3.2-targeting-configuration', async ({ api }) => {
  const path = `/experiments/${idOf(await makeExperiment(api))}`;
  const words =
    'SITE PAGE URL SAVED_TEMPLATE GRAPHICAL_PAGES HEAT_SLICE ALL_VISITORS AUTOPROMO_AUTODEFINED';
  for (const targetingConfiguration of words.split(' '))
    expect(await api.change(path, { targetingConfiguration })).toMatchObject({
      targetingConfiguration,
    });
});

fact('3.2-targeting-segment', async ({ api }) => {
  const targetingSegmentId = idOf(await makeSegment(api));
  const path = `/experiments/${idOf(await makeExperiment(api))}`;
  const pair = { targetingSegmentId, targetingConfiguration: 'SAVED_TEMPLATE' };
  await api.change(path, pair);
  expect(await api.read(path)).toMatchObject(pair);
});

fact('3.2-targeting-rule', async ({ api }) => {
  for (const row of await rowsOf(api))
    if (row['targetingRule'] != null)
      expect(asRow(row['targetingRule'])).toMatchObject({
        siteId: row['siteId'],
        id: expect.any(Number),
      });
});

fact('3.2-common-code', async ({ api }) => {
  const path = `/experiments/${idOf(await makeExperiment(api))}`;
  const code = {
    commonJavaScriptCode: 'run("é\\u0000");\n',
    commonCssCode: 'a::after{content:"\\2014"}',
  };
  expect(await api.change(path, code)).toMatchObject(code);
  expect(await api.read(path)).toMatchObject(code);
});

fact('3.2-global-script', async ({ api }) => {
  const path = `/experiments/${idOf(await makeExperiment(api))}`;
  await api.change(path, { globalScript: 'start();' });
  const read = await api.read(path, { optionalFields: 'globalScript' });
  expect(read['globalScript']).toBe('start();');
});

fact('3.2-booleans', async ({ api }) => {
  const names = [
    'executeCodeForReference',
    'collectingDataEnabled',
    'isMultipleTestingCorrection',
    'isLegacyEditor',
    'isArchived',
  ];
  for (const name of names) await holds(api, name, (value) => expect(value).toBeTypeOf('boolean'));
});

fact('3.2-created-by', ({ api }) =>
  holds(api, 'createdBy', (id) => expect(id).toSatisfy(Number.isSafeInteger)),
);

fact('3.2-dates', async ({ api }) => {
  for (const row of await rowsOf(api)) {
    expect(row['dateCreated']).toBeTypeOf('string');
    if (/^active$/i.test(String(row['status']))) expect(row['dateStarted']).toBeTypeOf('string');
  }
});

fact('3.2-unstarted', async ({ api }) => {
  const read = await api.read(`/experiments/${idOf(await makeExperiment(api))}`);
  expect(read).not.toHaveProperty('dateStarted');
  expect(read).not.toHaveProperty('dateEnded');
});

fact('3.2-tracking-tools', async ({ api }) => {
  for (const row of await rowsOf(api))
    for (const tool of asRows(row['trackingTools'])) expect(tool['name']).toBeTypeOf('string');
});

fact('3.2-mvt', async ({ api }) => {
  for (const row of await rowsOf(api))
    if (row['type'] !== 'MVT') expect(row['mvtVariations']).toEqual([]);
});
