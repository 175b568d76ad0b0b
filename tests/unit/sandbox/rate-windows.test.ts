import { describe, expect, it } from 'vitest';
import { createTestSandbox } from './test-sandbox';

const statusOf = async (answer: Promise<Response>): Promise<number> => (await answer).status;

describe('the rate windows', () => {
  it('let 50 requests of a credential through in any 10 s, the token request included', async () => {
    const sandbox = await createTestSandbox();
    for (let i = 1; i < 50; i += 1) expect(await statusOf(sandbox.send('/sites'))).toBe(200);
    const refused = await sandbox.send('/sites');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBeNull();
    expect(await refused.json()).toMatchObject({ status: 'ERROR', message: 'Too many requests.' });
    sandbox.clock.nowMs += 9_999;
    expect(await statusOf(sandbox.send('/sites'))).toBe(429);
    sandbox.clock.nowMs += 1;
    expect(await statusOf(sandbox.send('/sites'))).toBe(200);
  });

  it('count per credential: a new token does not help', async () => {
    const sandbox = await createTestSandbox();
    for (let i = 1; i < 49; i += 1) await sandbox.send('/sites');
    await sandbox.newToken();
    expect(await statusOf(sandbox.send('/sites'))).toBe(429);
  });

  it('let 1,000 requests through in any hour', async () => {
    const sandbox = await createTestSandbox();
    let admitted = 1;
    for (let i = 0; i < 1_050; i += 1) {
      sandbox.clock.nowMs += 250;
      if ((await statusOf(sandbox.send('/sites'))) === 200) admitted += 1;
    }
    expect(admitted).toBe(1_000);
    sandbox.clock.nowMs += 3_600_000;
    expect(await statusOf(sandbox.send('/sites'))).toBe(200);
  });
});

describe('GET /__sandbox/requests', () => {
  it('reports totals by path and status and the worst windows, and is not counted itself', async () => {
    const sandbox = await createTestSandbox();
    await sandbox.send('/v1/experiments/188401');
    await sandbox.send('/experiments/188402');
    await sandbox.send('/experiments/188402/results', { method: 'POST' });
    sandbox.clock.nowMs += 10_000;
    await sandbox.send('/goals/1');
    await sandbox.send('/__sandbox/requests');
    expect(await sandbox.read('/__sandbox/requests')).toEqual({
      total: 5,
      byPath: {
        '/oauth/token': 1,
        '/experiments/{id}': 2,
        '/experiments/{id}/results': 1,
        '/goals/{id}': 1,
      },
      byStatus: { 200: 3, 400: 1, 404: 1 },
      worst10s: 4,
      worstHour: 5,
      worstFixed10s: 4,
      worstFixedHour: 5,
      perMinute: [{ startMs: Date.UTC(2026, 4, 21, 13, 7), requests: 5 }],
      throttled: 0,
      throttledByWindows: 0,
      lost: 0,
    });
  });

  it('counts refused requests too', async () => {
    const sandbox = await createTestSandbox();
    for (let i = 0; i < 70; i += 1) await sandbox.send('/sites');
    expect(await sandbox.read('/__sandbox/requests')).toMatchObject({
      worst10s: 71,
      byStatus: { 200: 50, 429: 21 },
    });
  });
});
