import { expect } from 'vitest';
import type { Api } from './http/api';
import { openContract } from './contract';
import { LIVE } from './http/mode';
import { aSite, freshName } from './http/make';
import { ASK, askResults, awaitReport, generalOf, originalKey } from './http/report';
import { asList, asRow, asRows, first, idOf, isRow, numbersOf, type Row } from './http/shape';

const { fact } = openContract({ active: 4, stopped: 4 });

const flagsOf = async (api: Api): Promise<readonly Row[]> => {
  const rows = await api.list('/feature-flags', { perPage: 50, optionalFields: 'tags' });
  first(rows, 'feature flag');
  return rows;
};

fact('3.7-fields', async ({ api }) => {
  for (const flag of await flagsOf(api))
    expect(flag).toMatchObject({
      id: expect.any(Number),
      name: expect.any(String),
      featureKey: expect.any(String),
      siteCode: expect.stringMatching(/^[a-z0-9]{10}$/),
      variations: expect.any(Array),
      environmentConfigurations: expect.any(Array),
      tags: expect.any(Array),
    });
});

fact('3.7-variations', async ({ api }) => {
  const variations = (await flagsOf(api)).flatMap((flag) => asRows(flag['variations']));
  first(variations, 'variation of a flag');
  for (const row of variations)
    expect(row).toMatchObject({
      key: expect.any(String),
      name: expect.any(String),
      variables: expect.any(Array),
    });
});

fact('3.7-goals', async ({ api }) => {
  const flags = await flagsOf(api);
  for (const flag of flags) {
    if (flag['primaryGoalId'] != null) expect(flag['primaryGoalId']).toBeTypeOf('number');
    expect(numbersOf(flag['secondaryGoalIds'])).toBeInstanceOf(Array);
  }
  if (!LIVE) expect(flags.some((flag) => flag['primaryGoalId'] != null)).toBe(true);
});

fact('3.7-health', async ({ api }) => {
  for (const flag of await flagsOf(api)) {
    expect(['PERMANENT', 'HEALTHY', 'STALE', 'SMELLY']).toContain(flag['health']);
    expect(flag['archived']).toBeTypeOf('boolean');
  }
});

/** Every experimentId anywhere below the environments of the flags. */
function experimentIdsIn(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(experimentIdsIn);
  if (!isRow(value)) return [];
  const own = 'experimentId' in value && value['experimentId'] != null;
  return [
    ...(own ? [value['experimentId']] : []),
    ...Object.values(value).flatMap(experimentIdsIn),
  ];
}

fact('3.7-rule-experiment', async ({ api }) => {
  const ids = (await flagsOf(api)).flatMap((flag) =>
    experimentIdsIn(asList(flag['environmentConfigurations'])),
  );
  expect(ids.length).toBeGreaterThan(0);
  for (const id of ids) expect(id).toBeTypeOf('number');
});

fact('3.7-results', async ({ api }) => {
  const flag = first(await flagsOf(api), 'feature flag');
  expect(await askResults(api, `/feature-flags/${idOf(flag)}`, ASK)).toMatch(/^\d+$/);
});

fact('3.7-results-poll', async ({ api }) => {
  const flag = first(await flagsOf(api), 'feature flag');
  const dataCode = await askResults(api, `/feature-flags/${idOf(flag)}`, ASK);
  const report = await awaitReport(api, dataCode);
  expect(generalOf(report, originalKey(report))['visitCount']).toBeTypeOf('number');
});

fact('3.8-targeting-rule', async ({ api }) => {
  const missing = await api.call('POST', '/targeting-rules', {
    query: { experimentId: 188401 },
    body: { segmentConfiguration: 'ALL_VISITORS' },
  });
  expect(missing.status).toBe(400);
  const rule = first(await api.list('/targeting-rules'), 'targeting rule');
  expect(rule).toMatchObject({ id: expect.any(Number), siteId: expect.any(Number) });
});

const makePersonalization = async (api: Api, over: Row = {}): Promise<Row> =>
  api.make('/personalizations', {
    siteId: idOf(await aSite(api)),
    name: freshName('personalization'),
    ...over,
  });

fact('3.8-personalization-code', async ({ api }) => {
  const path = `/personalizations/${idOf(await makePersonalization(api))}`;
  const code = { javaScriptCode: 'run("é");\n', cssCode: 'a{}' };
  expect(await api.change(path, code)).toMatchObject(code);
  const read = await api.read(path);
  expect(read).toMatchObject({ ...code, status: expect.any(String) });
});

fact('3.8-personalization-variations', async ({ api }) => {
  for (const row of await api.list('/personalizations')) {
    const named = row['variationId'] ?? row['variationIds'];
    expect(Array.isArray(named) ? numbersOf(named) : named).not.toBeUndefined();
  }
});

fact('3.8-personalization-create', async ({ api }) => {
  const made = asRow(await makePersonalization(api));
  expect(made).toMatchObject({ id: expect.any(Number), name: expect.any(String) });
});
