import { beforeEach, describe, expect, it } from 'vitest';
import { EACH_FAULT } from '@/lib/sandbox/faults/each-fault';
import { KINDS } from '@/lib/sandbox/faults/fault';
import { createTestSandbox, toTokenForm, type TestSandbox } from './test-sandbox';

let sandbox: TestSandbox;
beforeEach(async () => {
  sandbox = await createTestSandbox();
});

const RESULTS = '/experiments/188402/results';
const BODY = { conversionType: 'CONVERTED_VISITS', visitorData: true };

const askToken = () => sandbox.send('/oauth/token', { method: 'POST', body: toTokenForm() });
const startJob = async (): Promise<string> => {
  const answer = (await (await sandbox.post(RESULTS, BODY)).json()) as { dataCode: string };
  return answer.dataCode;
};
const poll = (dataCode: string) => sandbox.send(`/results?dataCode=${dataCode}`);

it('has no fault and tells nothing of its windows by default', async () => {
  const headers = [...(await sandbox.send('/sites')).headers.keys()];
  expect(headers.filter((name) => /rate|retry/.test(name))).toEqual([]);
  expect(sandbox.control.faults().faults).toEqual([]);
});

it('has an example of every kind', () => {
  expect(new Set(EACH_FAULT.map(({ kind }) => kind))).toEqual(new Set(Object.keys(KINDS)));
  expect(() => sandbox.control.setFaults(EACH_FAULT)).not.toThrow();
});

describe('the answer', () => {
  it('is the refusal asked for, in each form', async () => {
    sandbox.control.setFaults([{ kind: 'status', status: 502, form: 'results', on: 'results' }]);
    const refused = await sandbox.post(RESULTS, BODY);
    expect(refused.status).toBe(502);
    expect(await refused.json()).toEqual({
      serviceName: 'Data client',
      message: 'Data access error.',
    });
    expect((await sandbox.send('/sites')).status).toBe(200);

    sandbox.control.setFaults([{ kind: 'status', status: 500 }]);
    expect(await sandbox.read('/sites')).toMatchObject({ status: 'ERROR' });
    sandbox.control.setFaults([{ kind: 'status', form: 'empty' }]);
    expect(await (await sandbox.send('/sites')).text()).toBe('');
    sandbox.control.setFaults([{ kind: 'status', form: 'html', retryAfter: 'seconds' }]);
    const page = await sandbox.send('/sites');
    expect([page.status, page.headers.get('content-type')]).toEqual([
      503,
      'text/html; charset=utf-8',
    ]);
    expect(page.headers.get('retry-after')).toBe('30');
  });

  it('may be a page, a wrong type, or an error under 200', async () => {
    sandbox.control.setFaults([{ kind: 'html' }]);
    const page = await sandbox.send('/sites');
    expect(page.status).toBe(200);
    expect(await page.text()).toMatch(/^<!doctype html>/);

    sandbox.control.setFaults([{ kind: 'content-type' }]);
    const renamed = await sandbox.send('/sites');
    expect(renamed.headers.get('content-type')).toBe('text/plain');
    expect(await renamed.json()).toHaveLength(3);

    sandbox.control.setFaults([{ kind: 'error-inside' }]);
    const inside = await sandbox.send('/sites');
    expect(inside.status).toBe(200);
    expect(await inside.json()).toMatchObject({ status: 'ERROR', message: expect.any(String) });
  });

  it.each([
    ['none', null],
    ['seconds', '20'],
    ['date', 'Thu, 21 May 2026 13:08:07 GMT'],
    ['garbage', 'in a while'],
  ] as const)('is 429 with Retry-After: %s', async (retryAfter, header) => {
    sandbox.control.setFaults([{ kind: 'throttled', retryAfter, retryAfterMs: 20_000 }]);
    const refused = await sandbox.send('/sites');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, header]);
    expect(sandbox.control.requests()).toMatchObject({ throttled: 1, throttledByWindows: 0 });
  });

  it('is 403 for the results of one experiment only', async () => {
    sandbox.control.setFaults([{ kind: 'forbidden', experimentId: 188402 }]);
    expect((await sandbox.post(RESULTS, BODY)).status).toBe(403);
    expect((await sandbox.post('/experiments/188401/results', BODY)).status).toBe(200);
    expect((await sandbox.send('/experiments/188402')).status).toBe(200);
  });

  it('is 423 for an experiment that is locked', async () => {
    sandbox.control.setFaults([{ kind: 'locked' }]);
    expect((await sandbox.send('/experiments/188402')).status).toBe(423);
    expect((await sandbox.send('/experiments')).status).toBe(200);
  });

  it('keeps the refusals of the API itself', async () => {
    sandbox.control.setFaults([{ kind: 'status', status: 503 }]);
    expect((await sandbox.send('/experiments/1')).status).toBe(404);
    expect((await sandbox.send('/sites', { headers: { authorization: 'x' } })).status).toBe(401);
  });
});

describe('tokens', () => {
  it('die early, and a new one lives as long again', async () => {
    sandbox.control.setFaults([{ kind: 'token-dies', afterMs: 30_000 }]);
    expect((await sandbox.send('/sites')).status).toBe(200);
    sandbox.clock.nowMs += 30_000;
    expect((await sandbox.send('/sites')).status).toBe(401);
    sandbox.control.setFaults([]);
    expect((await sandbox.send('/sites')).status).toBe(401);
    await sandbox.newToken();
    expect((await sandbox.send('/sites')).status).toBe(200);
  });

  it('are refused while credentials are, and old ones still work', async () => {
    sandbox.control.setFaults([{ kind: 'credentials-refused' }]);
    const refused = await askToken();
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ error: 'invalid_client' });
    expect((await sandbox.send('/sites')).status).toBe(200);
  });
});

describe('jobs', () => {
  it('begun under never-ready wait for ever, others do not', async () => {
    sandbox.control.setFaults([{ kind: 'never-ready', durationMs: 10_000 }]);
    const stuck = await startJob();
    sandbox.clock.nowMs += 10_000;
    const fine = await startJob();
    sandbox.clock.nowMs += 60_000;
    expect(await (await poll(stuck)).json()).toEqual({ status: 'WAITING' });
    expect(await (await poll(fine)).json()).toMatchObject({ status: 'READY' });
  });

  it('that vanish are gone for good', async () => {
    const dataCode = await startJob();
    sandbox.control.setFaults([{ kind: 'vanish', experimentId: 188402 }]);
    expect((await poll(dataCode)).status).toBe(404);
    sandbox.control.setFaults([]);
    expect((await poll(dataCode)).status).toBe(404);
  });

  it('of other experiments do not vanish', async () => {
    const dataCode = await startJob();
    sandbox.control.setFaults([{ kind: 'vanish', experimentId: 188401 }]);
    expect((await poll(dataCode)).status).toBe(200);
  });
});
