import { describe, expect, it } from 'vitest';
import { BASE, createTestSandbox, type TestSandbox } from '../test-sandbox';

const BODY = { conversionType: 'CONVERTED_VISITS', visitorData: true };

/** Requests with a token of somebody else. */
function as(sandbox: TestSandbox, token: string) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return {
    get: (path: string) => sandbox.send(path, { headers }),
    post: (path: string, body: unknown = BODY) =>
      sandbox.send(path, { method: 'POST', headers, body: JSON.stringify(body) }),
  };
}

async function tokenOf(sandbox: TestSandbox, name: string): Promise<string> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: `${name}-client`,
    client_secret: `${name}-secret`,
  });
  const request = new Request(`${BASE}/oauth/token`, { method: 'POST', body: form });
  const response = await sandbox.control.fetch(request);
  return ((await response.json()) as { access_token: string }).access_token;
}

const codeOf = async (response: Response): Promise<string> => {
  expect(response.status).toBe(200);
  return ((await response.json()) as { dataCode: string }).dataCode;
};

async function share(sandbox: TestSandbox, id: number): Promise<string> {
  const response = await sandbox.post(`/experiments/${id}/results/share`, {
    dateIntervals: [{ start: '2026-05-01T00:00:00', end: '2026-05-15T00:00:00' }],
  });
  expect(response.status).toBe(200);
  const body = (await response.json()) as Record<string, unknown>;
  expect(Object.keys(body)).toEqual(['sharedToken']);
  return String(body['sharedToken']);
}

describe('a shared token', () => {
  it('opens the results of its experiment and their polls, as they are for everybody', async () => {
    const sandbox = await createTestSandbox();
    const usual = await sandbox.results(188502);
    const guest = as(sandbox, await share(sandbox, 188502));
    const dataCode = await codeOf(await guest.post('/experiments/188502/results'));
    sandbox.clock.nowMs += 10_000;
    const answer = (await (await guest.get(`/results?dataCode=${dataCode}`)).json()) as {
      status: string;
      data: { variationData: unknown };
    };
    expect(answer.status).toBe('READY');
    expect(answer.data.variationData).toEqual(usual);
  });

  it('opens nothing else', async () => {
    const sandbox = await createTestSandbox();
    const guest = as(sandbox, await share(sandbox, 188502));
    for (const path of ['/experiments/188501/results', '/experiments/188502/results/share'])
      expect((await guest.post(path)).status).toBe(403);
    for (const path of ['/sites', '/experiments/188502', '/goals'])
      expect((await guest.get(path)).status).toBe(403);
    const other = await codeOf(await sandbox.post('/experiments/188501/results', BODY));
    expect((await guest.get(`/results?dataCode=${other}`)).status).toBe(404);
  });

  it('is given without a body, not for what does not exist, and not for a body that is wrong', async () => {
    const sandbox = await createTestSandbox();
    const bare = await sandbox.send('/experiments/188502/results/share', { method: 'POST' });
    expect(bare.status).toBe(200);
    expect((await sandbox.post('/experiments/1/results/share', {})).status).toBe(404);
    const wrong = { dateIntervals: [{ start: 'yesterday' }] };
    expect((await sandbox.post('/experiments/188502/results/share', wrong)).status).toBe(400);
    const shop = as(sandbox, await tokenOf(sandbox, 'shop'));
    expect((await shop.post('/experiments/188502/results/share', {})).status).toBe(404);
  });
});

describe('a job', () => {
  it('exists for the credential that began it alone', async () => {
    const sandbox = await createTestSandbox();
    const reader = as(sandbox, await tokenOf(sandbox, 'reader'));
    const dataCode = await codeOf(await sandbox.post('/experiments/188502/results', BODY));
    const poll = `/results?dataCode=${dataCode}`;
    expect((await reader.get(poll)).status).toBe(404);
    expect((await sandbox.send(poll)).status).toBe(200);
    const own = await codeOf(await reader.post('/experiments/188502/results'));
    expect((await reader.get(`/results?dataCode=${own}`)).status).toBe(200);
    // Another token of the same credential is the same principal.
    await sandbox.newToken();
    expect((await sandbox.send(poll)).status).toBe(200);
  });

  it('is not begun for what is no id at all', async () => {
    const sandbox = await createTestSandbox();
    for (const path of ['/experiments/mine/results', '/feature-flags/mine/results']) {
      const response = await sandbox.post(path, BODY);
      expect(response.status).toBe(400);
      expect(await response.text()).toContain('must be a whole number');
    }
  });

  it('is not begun for an experiment on a site one does not see', async () => {
    const sandbox = await createTestSandbox();
    const shop = as(sandbox, await tokenOf(sandbox, 'shop'));
    expect((await shop.post('/experiments/188402/results')).status).toBe(404);
    expect((await shop.post('/experiments/188601/results')).status).toBe(200);
  });

  it('may end as an error or wait for ever, and the back end may fail in a form of its own', async () => {
    const sandbox = await createTestSandbox();
    sandbox.control.setFaults([{ kind: 'never-ready', ends: 'error' }]);
    const failed = await codeOf(await sandbox.post('/experiments/188502/results', BODY));
    sandbox.control.setFaults([{ kind: 'never-ready' }]);
    const stuck = await codeOf(await sandbox.post('/experiments/188502/results', BODY));
    sandbox.control.setFaults([]);
    expect(await sandbox.read(`/results?dataCode=${failed}`)).toEqual({ status: 'WAITING' });
    sandbox.clock.nowMs += 30_000;
    expect(await sandbox.read(`/results?dataCode=${failed}`)).toMatchObject({ status: 'ERROR' });
    expect(await sandbox.read(`/results?dataCode=${stuck}`)).toEqual({ status: 'WAITING' });
    sandbox.control.setFaults([{ kind: 'status', status: 500, form: 'results', on: 'results' }]);
    const refused = await sandbox.post('/experiments/188502/results', BODY);
    expect(refused.status).toBe(500);
    expect(await refused.json()).toEqual({
      serviceName: 'Data client',
      message: 'Data access error.',
    });
  });
});

describe('the results of a feature flag', () => {
  const resultsOf = async (sandbox: TestSandbox, path: string): Promise<unknown> => {
    const dataCode = await codeOf(await sandbox.post(path, BODY));
    sandbox.clock.nowMs += 20_000;
    const answer = (await sandbox.read(`/results?dataCode=${dataCode}`)) as { data: unknown };
    sandbox.clock.nowMs -= 20_000;
    return answer.data;
  };

  it('are those of the experiment its rule runs, by either id', async () => {
    const sandbox = await createTestSandbox();
    const usual = await resultsOf(sandbox, '/experiments/188501/results');
    expect(await resultsOf(sandbox, '/feature-flags/501002/results')).toEqual(usual);
    expect(await resultsOf(sandbox, '/feature-flags/188501/results')).toEqual(usual);
  });

  it('do not exist for an unknown flag, nor for one on a site one does not see', async () => {
    const sandbox = await createTestSandbox();
    expect((await sandbox.post('/feature-flags/7/results', BODY)).status).toBe(404);
    expect((await sandbox.post('/feature-flags/188402/results', BODY)).status).toBe(404);
    const shop = as(sandbox, await tokenOf(sandbox, 'shop'));
    expect((await shop.post('/feature-flags/501002/results')).status).toBe(404);
    expect((await shop.post('/feature-flags/188501/results')).status).toBe(404);
    expect((await shop.post('/feature-flags/501003/results')).status).toBe(200);
  });
});
