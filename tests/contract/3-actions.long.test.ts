import { expect } from 'vitest';
import { openContract } from './contract';
import { LIVE } from './http/mode';
import { makeExperiment, makeGoal, makeInState } from './http/make';
import { ASK } from './http/report';
import { asRow, idOf, numbersOf, type Row } from './http/shape';

const { fact } = openContract({ active: 4, stopped: 6 });

const pathOf = (row: Row): string => `/experiments/${idOf(row)}`;
const DATE = expect.stringMatching(/^\d{4}-\d\d-\d\dT/);

fact('3.3-lower-case', async ({ api }) => {
  const rows = await api.list('/experiments', { perPage: 100 });
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) expect(row['status']).toMatch(/^[a-z_]+$/);
});

const KNOWN =
  'draft active paused stopped deactivated archived deviated used_as_personalization finished';
fact('3.3-values', async ({ api }) => {
  const seen = new Set<string>();
  for (const row of await api.list('/experiments', { perPage: 100 }))
    seen.add(String(row['status']).toLowerCase());
  for (const status of seen) expect(KNOWN.split(' ')).toContain(status);
  if (!LIVE) expect([...seen]).toEqual(expect.arrayContaining(['active', 'stopped']));
});

fact('3.3-old-name', async ({ api }) => {
  for (const row of await api.list('/experiments'))
    expect(row).not.toHaveProperty('experimentStatus');
});

fact('3.3-activate', async ({ api }) => {
  const active = await makeInState(api, 'ACTIVATE');
  expect(active).toMatchObject({ status: 'active', dateStarted: DATE });
  expect(await api.read(pathOf(active))).toMatchObject({ status: 'active', dateStarted: DATE });
});

fact('3.3-date-status-modified', async ({ api }) => {
  expect(await makeInState(api, 'ACTIVATE')).toMatchObject({ dateStatusModified: DATE });
});

fact('3.3-pause', async ({ api }) => {
  expect((await makeInState(api, 'ACTIVATE', 'PAUSE'))['status']).toBe('paused');
});

fact('3.3-resume', async ({ api }) => {
  const resumed = await makeInState(api, 'ACTIVATE', 'PAUSE', 'RESUME');
  expect(resumed['status']).toBe('active');
});

fact('3.3-stop', async ({ api }) => {
  expect((await makeInState(api, 'ACTIVATE', 'STOP'))['status']).toBe('stopped');
  expect((await makeInState(api, 'ACTIVATE', 'PAUSE', 'STOP'))['status']).toBe('stopped');
});

fact('3.3-stop-date', async ({ api }) => {
  expect(await makeInState(api, 'ACTIVATE', 'STOP')).toMatchObject({ dateEnded: DATE });
  expect(await makeInState(api, 'ACTIVATE')).not.toHaveProperty('dateEnded');
});

fact('3.3-deactivate', async ({ api }) => {
  expect((await makeInState(api, 'ACTIVATE', 'DEACTIVATE'))['status']).toBe('deactivated');
});

const act = (path: string, action: string, body: unknown = {}) =>
  ['PATCH', path, { query: { action }, body }] as const;

fact('3.3-schedule', async ({ api }) => {
  const path = pathOf(await makeExperiment(api));
  expect((await api.call(...act(path, 'SCHEDULE'))).status).toBe(400);
});

fact('3.3-body', async ({ api }) => {
  const made = await makeExperiment(api);
  const key = String(numbersOf(made['variations'])[0]);
  const deviations = { origin: 0.2, [key]: 0.8 };
  const answer = await api.call(...act(pathOf(made), 'ACTIVATE', { deviations }));
  expect(answer.status).toBe(200);
  expect(await api.read(pathOf(made))).toMatchObject({ status: 'active', deviations });
});

fact('3.3-empty-body', async ({ api }) => {
  const made = await makeExperiment(api);
  expect((await api.call(...act(pathOf(made), 'ACTIVATE', {}))).status).toBe(200);
});

fact('3.3-illegal', async ({ api }) => {
  for (const [moves, action, status] of [
    [[], 'PAUSE', 'draft'],
    [[], 'RESUME', 'draft'],
    [[], 'STOP', 'draft'],
    [['ACTIVATE', 'STOP'], 'RESUME', 'stopped'],
    [['ACTIVATE', 'STOP'], 'PAUSE', 'stopped'],
  ] as const) {
    const path = pathOf(await makeInState(api, ...moves));
    const answer = await api.call(...act(path, action));
    expect([action, answer.status]).toEqual([action, 400]);
    expect(asRow(answer.json())).toMatchObject({ status: 'ERROR', message: expect.any(String) });
    expect((await api.read(path))['status']).toBe(status);
  }
});

fact('3.3-unknown-action', async ({ api }) => {
  const path = pathOf(await makeExperiment(api));
  expect((await api.call(...act(path, 'EXPLODE'))).status).toBe(400);
});

fact('3.3-archive', async ({ api }) => {
  const path = pathOf(await makeInState(api, 'ACTIVATE', 'STOP'));
  expect((await api.change(path, { isArchived: true }))['isArchived']).toBe(true);
  expect((await api.read(path))['isArchived']).toBe(true);
});

fact('3.3-archived-results', async ({ api }) => {
  const goal = idOf(await makeGoal(api));
  const made = await makeExperiment(api, { goals: [goal], mainGoalId: goal });
  for (const action of ['ACTIVATE', 'STOP']) await api.change(pathOf(made), {}, { action });
  await api.change(pathOf(made), { isArchived: true });
  const answer = await api.call('POST', `${pathOf(made)}/results`, { body: ASK });
  expect(answer.status).toBe(200);
});
