import { expect } from 'vitest';
import type { Api } from './http/api';
import { openContract } from './contract';
import { holds as holdsIn } from './http/holds';
import { freshName } from './http/make';
import { asList, asRow, asText, first, idOf, type Row } from './http/shape';

const { fact } = openContract({ active: 3, stopped: 3 });

const sitesOf = async (api: Api): Promise<readonly Row[]> => {
  const rows = await api.list('/sites', { perPage: 200 });
  first(rows, 'site');
  return rows;
};

const holds = (api: Api, field: string, check: (value: unknown) => void) =>
  holdsIn(api, '/sites', field, check);
const oneOf =
  (...words: readonly string[]) =>
  (value: unknown) =>
    expect(words).toContain(value);
const isTyped = (type: 'string' | 'boolean' | 'object') => (value: unknown) =>
  expect(value).toBeTypeOf(type);

fact('3.1-id', async ({ api }) => {
  for (const row of await sitesOf(api)) expect(row['id']).toSatisfy(Number.isSafeInteger);
});

fact('3.1-code', async ({ api }) => {
  for (const row of await sitesOf(api)) expect(row['code']).toMatch(/^[a-z0-9]{10}$/);
});

fact('3.1-name-may-be-empty', async ({ api }) => {
  const made = await api.make('/sites', { name: freshName('site'), url: 'example.com' });
  expect((await api.change(`/sites/${idOf(made)}`, { name: '' }))['name']).toBe('');
});

fact('3.1-url', ({ api }) => holds(api, 'url', isTyped('string')));
fact('3.1-is-script-active', ({ api }) => holds(api, 'isScriptActive', isTyped('boolean')));

fact('3.1-older-fields', async ({ api }) => {
  await holds(api, 'description', isTyped('string'));
  await holds(api, 'dateCreated', isTyped('string'));
  await holds(api, 'domainNames', (value) => expect(value).toBeInstanceOf(Array));
  await holds(api, 'isKameleoonEnabled', isTyped('boolean'));
  await holds(api, 'isAudienceUsed', isTyped('boolean'));
});

fact('3.1-tracking-script', async ({ api }) => {
  const site = await api.make('/sites', { name: freshName('site'), url: 'example.com' });
  const path = `/sites/${idOf(site)}`;
  const trackingScript = 'window.ours = "é\\n";\n// end';
  const answer = await api.call('PUT', path, { body: { ...site, trackingScript } });
  expect(answer.row()['trackingScript']).toBe(trackingScript);
  expect((await api.read(path))['trackingScript']).toBe(trackingScript);
});

fact('3.1-type', ({ api }) =>
  holds(api, 'type', oneOf('SITE', 'SITE_JS', 'SITE_SDK', 'APPLICATION')),
);
fact('3.1-site-type', ({ api }) => holds(api, 'siteType', oneOf('ECOMMERCE', 'MEDIA', 'OTHER')));
fact('3.1-behavior-when-timeout', ({ api }) =>
  holds(api, 'behaviorWhenTimeout', oneOf('RUN', 'DISABLE_FOR_PAGE', 'DISABLE_FOR_VISIT')),
);
fact('3.1-data-storage', ({ api }) =>
  holds(api, 'dataStorage', oneOf('STANDARD_COOKIE', 'LOCAL_STORAGE', 'CUSTOM_COOKIE')),
);
fact('3.1-indicators', ({ api }) =>
  holds(api, 'indicators', (value) =>
    asList(value).forEach(oneOf('RETENTION_RATE', 'NUMBER_OF_PAGES_SEEN', 'DWELL_TIME')),
  ),
);
fact('3.1-capture-event', ({ api }) =>
  holds(api, 'captureEventMethod', oneOf('CLICK', 'MOUSEDOWN', 'MOUSEUP')),
);
fact('3.1-threshold', ({ api }) =>
  holds(api, 'experimentConfig', (value) =>
    expect(asRow(value)['minWiningReliability']).toSatisfy(Number.isInteger),
  ),
);
fact('3.1-other-configs', async ({ api }) => {
  await holds(api, 'personalizationConfig', isTyped('object'));
  await holds(api, 'audienceConfig', isTyped('object'));
});

fact('3.1-code-filter', async ({ api }) => {
  const code = asText(first(await sitesOf(api), 'site')['code']);
  const filter = [{ field: 'code', operator: 'EQUAL', parameters: [code] }];
  expect(await api.list('/sites', { filter })).toEqual([await api.read(`/sites/byCode/${code}`)]);
});

fact('3.1-all-at-once', async ({ api }) => {
  const codes = (await sitesOf(api)).map((row) => asText(row['code']));
  expect(new Set(codes).size).toBe(codes.length);
});

fact('3.1-put-whole', async ({ api }) => {
  const made = await api.make('/sites', { name: freshName('site'), url: 'example.com' });
  const path = `/sites/${idOf(made)}`;
  const before = await api.read(path);
  const sent = { ...before, id: 1, dateCreated: '2001-01-01T00:00:00', description: 'changed' };
  const answer = await api.call('PUT', path, { body: sent });
  expect(answer.status).toBe(200);
  expect(await api.read(path)).toEqual({ ...before, description: 'changed' });
});
