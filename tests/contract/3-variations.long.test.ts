import { expect } from 'vitest';
import { openContract } from './contract';
import { makeExperiment, makeVariation } from './http/make';
import { asRow, first, idOf, numbersOf, type Row } from './http/shape';

const { fact } = openContract({ active: 4, stopped: 4 });

const pathOf = (row: Row): string => `/variations/${idOf(row)}`;
/** Quotes, backslashes, line ends of both kinds, characters outside the basic plane, no end of line. */
const CODE = 'const a = "\\"\\n";\r\n\tdocument.title = `é 漢 😀 ${a}`;\n\n// </script> ';

fact('3.4-fields', async ({ api }) => {
  const rows = await api.list('/variations', { perPage: 100 });
  first(rows, 'variation');
  for (const row of rows)
    expect(row).toMatchObject({
      id: expect.any(Number),
      name: expect.any(String),
      siteId: expect.any(Number),
    });
  const experiments = await api.list('/experiments', { perPage: 20 });
  const attached = experiments.flatMap((row) =>
    numbersOf(row['variations']).map((id) => [id, idOf(row)] as const),
  );
  const [id, experimentId] = attached[0] ?? [];
  expect((await api.read(`/variations/${id}`))['experimentId']).toBe(experimentId);
});

fact('3.4-documented-fields', async ({ api }) => {
  const made = await makeVariation(api);
  const sent = {
    color: 3,
    forceNoFlicker: true,
    shadowDom: true,
    customJson: '{"a":1}',
    redirection: {
      type: 'PARAMETER_REDIRECTION',
      url: 'https://www.example.com/b',
      parameters: 'v=b',
      includeQueryParameters: true,
    },
    expositionFrequencySameVisit: 2,
    expositionFrequencySameVisitor: 5,
    expositionFrequencyDelaySecondsBetweenTwoExpositions: 60,
    expositionFrequencySameVisitorDelaySeconds: 3600,
  };
  const answer = await api.call('PUT', pathOf(made), { body: { ...made, ...sent } });
  expect(answer.status).toBe(200);
  expect(await api.read(pathOf(made))).toMatchObject(sent);
});

fact('3.4-redirection', async ({ api }) => {
  const made = await makeVariation(api);
  for (const type of ['GLOBAL_REDIRECTION', 'PARAMETER_REDIRECTION']) {
    const redirection = { type, url: 'https://www.example.com/b' };
    await api.call('PUT', pathOf(made), { body: { ...made, redirection } });
    expect(asRow((await api.read(pathOf(made)))['redirection'])['type']).toBe(type);
  }
});

fact('3.4-after-dom-ready', async ({ api }) => {
  const made = await makeVariation(api);
  expect((await api.read(pathOf(made)))['isJsCodeAfterDomReady']).toBe(true);
});

fact('3.4-creation-mode', async ({ api }) => {
  const made = await makeVariation(api, { creationMode: 'CODE_BASE' });
  expect((await api.read(pathOf(made)))['creationMode']).toBe('CODE_BASE');
});

fact('3.4-original-is-none', async ({ api }) => {
  expect((await api.call('GET', '/variations/0')).status).toBe(404);
});

fact('3.4-orphan', async ({ api }) => {
  const experiment = await makeExperiment(api);
  const made = await makeVariation(api, { experimentId: idOf(experiment) });
  expect((await api.read(pathOf(made)))['experimentId'] ?? null).toBeNull();
  const read = await api.read(`/experiments/${idOf(experiment)}`);
  expect(numbersOf(read['variations'])).not.toContain(idOf(made));
});

fact('3.4-attach-by-experiment', async ({ api }) => {
  const experiment = await makeExperiment(api);
  const made = await makeVariation(api);
  const variations = [...numbersOf(experiment['variations']), idOf(made)];
  const keys = ['origin', ...variations.map(String)];
  const deviations = Object.fromEntries(keys.map((key) => [key, 0.3333]));
  await api.change(`/experiments/${idOf(experiment)}`, { variations, deviations });
  expect((await api.read(pathOf(made)))['experimentId']).toBe(idOf(experiment));
});

fact('3.4-attach-by-variation', async ({ api }) => {
  const experiment = await makeExperiment(api);
  const made = await makeVariation(api);
  await api.change(pathOf(made), { experimentId: idOf(experiment) });
  const read = await api.read(`/experiments/${idOf(experiment)}`);
  expect(numbersOf(read['variations'])).toContain(idOf(made));
});

const WRITABLE = {
  cssCode: 'a{}',
  jsCode: 'b()',
  isJsCodeAfterDomReady: false,
  name: 'Renamed',
  shadowDom: true,
  prompt: { textInput: 'make it green', promptSource: 'EDITOR' },
};

fact('3.4-patch-writable', async ({ api }) => {
  const made = await makeVariation(api);
  await api.change(pathOf(made), WRITABLE);
  expect(await api.read(pathOf(made))).toMatchObject(WRITABLE);
});

fact('3.4-patch-answer', async ({ api }) => {
  const made = await makeVariation(api);
  const changed = await api.change(pathOf(made), { name: 'Other' });
  expect(changed).toEqual(await api.read(pathOf(made)));
});

fact('3.4-put', async ({ api }) => {
  const made = await makeVariation(api);
  const before = await api.read(pathOf(made));
  const answer = await api.call('PUT', pathOf(made), { body: { ...before, jsCode: 'put()' } });
  expect(answer.status).toBe(200);
  expect(await api.read(pathOf(made))).toEqual({ ...before, jsCode: 'put()' });
});

fact('3.4-echo', async ({ api }) => {
  const made = await makeVariation(api);
  const code = { jsCode: CODE, cssCode: `${CODE}\n` };
  expect(await api.change(pathOf(made), code)).toMatchObject(code);
  expect(await api.read(pathOf(made))).toMatchObject(code);
  const put = await api.call('PUT', pathOf(made), { body: { ...made, ...code } });
  expect(put.row()).toMatchObject(code);
});

fact('3.4-delete', async ({ api }) => {
  const made = await makeVariation(api);
  const answer = await api.call('DELETE', pathOf(made));
  expect(Math.floor(answer.status / 100)).toBe(2);
  expect(answer.text).not.toMatch(/^\s*[[{]/);
  expect((await api.call('GET', pathOf(made))).status).toBe(404);
});

fact('3.4-no-code', async ({ api }) => {
  const read = await api.read(pathOf(await makeVariation(api)));
  expect([read['jsCode'] || null, read['cssCode'] || null]).toEqual([null, null]);
});
