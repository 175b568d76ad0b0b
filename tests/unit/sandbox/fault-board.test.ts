import { beforeEach, describe, expect, it } from 'vitest';
import type { FaultSpec } from '@/lib/sandbox/faults/fault';
import { FaultRefused } from '@/lib/sandbox/faults/parse-faults';
import { createTestSandbox, type TestSandbox } from './test-sandbox';

let sandbox: TestSandbox;
beforeEach(async () => {
  sandbox = await createTestSandbox();
});

const control = (method: string, body?: unknown) =>
  sandbox.send('/__sandbox/faults', {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const status = async (path = '/sites'): Promise<number> => (await sandbox.send(path)).status;

describe('a fault', () => {
  it('waits for its time, strikes, and is over', async () => {
    sandbox.control.setFaults([{ kind: 'status', fromMs: 10_000, untilMs: 20_000 }]);
    const states: unknown[] = [];
    const seen: number[] = [];
    for (let i = 0; i < 3; i += 1) {
      states.push(sandbox.control.faults().faults[0]!.state);
      seen.push(await status());
      sandbox.clock.nowMs += 10_000;
    }
    expect(states).toEqual(['waiting', 'active', 'over']);
    expect(seen).toEqual([200, 503, 200]);
    expect(sandbox.control.faults().faults[0]).toMatchObject({ struck: 1, form: 'api' });
  });

  it('strikes its class of requests only', async () => {
    sandbox.control.setFaults([{ kind: 'status', on: 'lists' }]);
    expect([await status('/sites'), await status('/sites/20101')]).toEqual([503, 200]);
    sandbox.control.setFaults([{ kind: 'status', on: 'objects' }]);
    expect([await status('/goals'), await status('/goals/312001')]).toEqual([200, 503]);
  });

  it('strikes its paths only, with or without version', async () => {
    sandbox.control.setFaults([{ kind: 'status', path: '/experiments/{id}' }]);
    expect(await status('/v1/experiments/188402')).toBe(503);
    expect(await status('/experiments')).toBe(200);
    sandbox.control.setFaults([{ kind: 'status', path: '/sites*' }]);
    expect([await status('/sites/20101'), await status('/goals')]).toEqual([503, 200]);
  });

  it('strikes about as often as its probability says, the same for the same seed', async () => {
    const run = async (seed: number): Promise<number[]> => {
      const faults = [{ kind: 'status', probability: 0.3 }] as const;
      const own = await createTestSandbox({ faults, seed });
      const seen: number[] = [];
      for (let i = 0; i < 300; i += 1) {
        own.clock.nowMs += 4_000;
        seen.push((await own.send('/sites')).status);
      }
      return seen;
    };
    const first = await run(3);
    const struck = first.filter((code) => code === 503).length;
    expect(Math.abs(struck / 300 - 0.3)).toBeLessThan(0.08);
    expect(await run(3)).toEqual(first);
    expect(await run(4)).not.toEqual(first);
  });

  it('strikes alike again when it is set again with the same seed', async () => {
    const faults: FaultSpec[] = [{ kind: 'status', probability: 0.5 }];
    const run = async (): Promise<number[]> => {
      sandbox.control.setFaults(faults, { seed: 9 });
      return Promise.all(Array.from({ length: 20 }, () => status('/sites')));
    };
    const first = await run();
    sandbox.clock.nowMs += 10_000;
    expect(await run()).toEqual(first);
    expect(new Set(first)).toEqual(new Set([200, 503]));
  });
});

describe('POST /__sandbox/faults', () => {
  it('takes one fault or several, and adds them', async () => {
    const first = await control('POST', { kind: 'status', status: 500 });
    expect(first.status).toBe(200);
    expect(await first.json()).toEqual({
      nowMs: sandbox.clock.nowMs,
      seed: 1,
      faults: [
        {
          kind: 'status',
          on: 'all',
          probability: 1,
          fromMs: sandbox.clock.nowMs,
          untilMs: null,
          status: 500,
          form: 'api',
          retryAfter: 'none',
          retryAfterMs: 30_000,
          state: 'active',
          struck: 0,
        },
      ],
    });
    await control('POST', { faults: [{ kind: 'html' }, { kind: 'down', fromMs: 1_000 }] });
    expect(sandbox.control.faults().faults.map(({ kind }) => kind)).toEqual([
      'status',
      'html',
      'down',
    ]);
    const replaced = await control('POST', { faults: [{ kind: 'html' }], seed: 7, replace: true });
    expect(await replaced.json()).toMatchObject({ seed: 7, faults: [{ kind: 'html' }] });
  });

  it('needs no token, suffers no fault and counts nowhere', async () => {
    await control('POST', { kind: 'down' });
    const { total } = sandbox.control.requests();
    expect((await control('GET')).status).toBe(200);
    const off = await control('DELETE');
    expect(await off.json()).toMatchObject({ faults: [] });
    expect(sandbox.control.requests().total).toBe(total);
    expect(await status()).toBe(200);
  });

  it.each([
    ['body', 5],
    ['faults', {}],
    ['faults[0]', { faults: [null] }],
    ['faults[0].kind', { kind: 'earthquake' }],
    ['faults[0].kind', { kind: 'constructor' }],
    ['faults[1].fixedMs', { faults: [{ kind: 'down' }, { kind: 'latency', fixedMs: -1 }] }],
    ['faults[0].fixedMs', { kind: 'latency', fixedMs: '200' }],
    ['faults[0].status', { kind: 'status', status: 200 }],
    ['faults[0].status', { kind: 'html', status: 204 }],
    ['faults[0].form', { kind: 'status', form: 'xml' }],
    ['faults[0].value', { kind: 'content-type', value: 'a\r\nb: c' }],
    ['faults[0].probability', { kind: 'down', probability: 1.01 }],
    ['faults[0].share', { kind: 'down', share: 0.5 }],
    ['faults[0].on', { kind: 'down', on: 'everything' }],
    ['faults[0].on', { kind: 'forbidden', on: 'lists' }],
    ['faults[0].probability', { kind: 'neighbour', probability: 0.5 }],
    ['faults[0].path', { kind: 'down', path: 'sites' }],
    ['faults[0].untilMs', { kind: 'down', fromMs: 5, untilMs: 5 }],
    ['faults[0].durationMs', { kind: 'down', untilMs: 5, durationMs: 5 }],
    ['faults[0].experimentId', { kind: 'down', experimentId: 1.5 }],
    ['seed', { faults: [], seed: 'x', replace: true }],
    ['seed', { faults: [], seed: 1 }],
    ['replace', { faults: [], replace: 1 }],
    ['fault', { fault: [] }],
  ])('refuses with 400 naming %s', async (field, body) => {
    const refused = await control('POST', body);
    expect(refused.status).toBe(400);
    expect(await refused.json()).toEqual({
      field,
      message: expect.stringContaining(`'${field}': `) as string,
    });
    expect(sandbox.control.faults().faults).toEqual([]);
  });

  it('refuses what is no JSON, and keeps what was set', async () => {
    sandbox.control.setFaults([{ kind: 'html' }]);
    const refused = await sandbox.send('/__sandbox/faults', { method: 'POST', body: '{' });
    expect(refused.status).toBe(400);
    expect(sandbox.control.faults().faults).toHaveLength(1);
  });

  it('refuses a test in process alike', () => {
    expect(() => sandbox.control.setFaults([{ kind: 'latency', fixedMs: NaN }])).toThrow(
      FaultRefused,
    );
  });
});
