import { beforeEach, describe, expect, it } from 'vitest';
import { ConnectionLost } from '@/lib/sandbox/faults/connection-lost';
import { createTestSandbox, type TestSandbox } from './test-sandbox';

let sandbox: TestSandbox;
beforeEach(async () => {
  sandbox = await createTestSandbox();
});

describe('the connection', () => {
  it('that is down refuses, and the API never sees the request', async () => {
    sandbox.control.setFaults([{ kind: 'down', durationMs: 60_000 }]);
    const before = sandbox.control.requests().total;
    await expect(sandbox.send('/sites')).rejects.toMatchObject({
      name: 'ConnectionLost',
      code: 'ECONNREFUSED',
      cause: { code: 'ECONNREFUSED' },
    });
    expect(sandbox.control.requests().total).toBe(before);
    sandbox.clock.nowMs += 60_000;
    expect((await sandbox.send('/sites')).status).toBe(200);
  });

  it('that is reset before the headers costs a request and answers nothing', async () => {
    sandbox.control.setFaults([{ kind: 'reset' }]);
    const { total } = sandbox.control.requests();
    await expect(sandbox.send('/sites')).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(sandbox.control.requests()).toMatchObject({ total: total + 1, lost: 1 });
  });

  it('that is reset within the body gives headers, a part and an error', async () => {
    sandbox.control.setFaults([{ kind: 'reset', at: 'within', share: 0.25 }]);
    const response = await sandbox.send('/experiments');
    expect(response.status).toBe(200);
    const reader = response.body!.getReader();
    const { value } = await reader.read();
    const length = Number(response.headers.get('content-length'));
    expect(value!.length).toBe(Math.floor(length / 4));
    await expect(reader.read()).rejects.toBeInstanceOf(ConnectionLost);
  });

  it('is late by the fixed part and the tail, and its answer is of the time it was asked', async () => {
    sandbox.control.setFaults([
      { kind: 'latency', fixedMs: 2_000 },
      { kind: 'latency', fixedMs: 0, tailMedianMs: 500, tailSigma: 0.5 },
    ]);
    const askedMs = sandbox.clock.nowMs;
    const response = await sandbox.send('/sites');
    expect(sandbox.clock.nowMs - askedMs).toBeGreaterThan(2_050);
    expect(response.headers.get('date')).toBe(new Date(askedMs).toUTCString());
  });

  it('has a tail whose middle is the median and whose end is long', async () => {
    sandbox.control.setFaults([{ kind: 'latency', fixedMs: 0, tailMedianMs: 1_000, tailSigma: 1 }]);
    const delays: number[] = [];
    for (let i = 0; i < 300; i += 1) {
      const askedMs = sandbox.clock.nowMs;
      await sandbox.send('/nowhere', { headers: { authorization: 'none' } });
      delays.push(sandbox.clock.nowMs - askedMs);
    }
    delays.sort((a, b) => a - b);
    expect(Math.abs(delays[150]! - 1_000)).toBeLessThan(200);
    expect(delays[285]!).toBeGreaterThan(3_500);
  });

  it('that is late on the way in reaches the API later', async () => {
    sandbox.control.setFaults([{ kind: 'latency', fixedMs: 9_000, where: 'request' }]);
    const askedMs = sandbox.clock.nowMs;
    const response = await sandbox.send('/sites');
    expect(response.headers.get('date')).toBe(new Date(askedMs + 9_000).toUTCString());
  });

  it('gives up a late answer when the request is taken back', async () => {
    const timers: number[] = [];
    const held = await createTestSandbox({
      setTimer: (_, delayMs) => {
        timers.push(delayMs);
        return () => timers.splice(timers.indexOf(delayMs), 1);
      },
    });
    held.control.setFaults([{ kind: 'latency', fixedMs: 5_000 }]);
    const abort = new AbortController();
    const answer = held.send('/sites', { signal: abort.signal });
    await new Promise(setImmediate);
    expect(timers).toEqual([5_000]);
    abort.abort();
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
    expect(timers).toEqual([]);
  });
});

describe('the body', () => {
  it('drips in pieces over its time, and is whole', async () => {
    const whole: unknown = await sandbox.read('/experiments');
    sandbox.control.setFaults([{ kind: 'slow-body', spreadMs: 8_000, chunks: 8 }]);
    const askedMs = sandbox.clock.nowMs;
    const response = await sandbox.send('/experiments');
    expect(sandbox.clock.nowMs).toBe(askedMs);
    const pieces: Uint8Array[] = [];
    for await (const piece of response.body!) pieces.push(piece);
    expect(pieces).toHaveLength(8);
    expect(sandbox.clock.nowMs - askedMs).toBe(8_000);
    expect(JSON.parse(Buffer.concat(pieces).toString())).toEqual(whole);
  });

  it.each([0, 0.5, 0.99])('that is truncated at %d is shorter than it says', async (share) => {
    sandbox.control.setFaults([{ kind: 'truncated-body', share }]);
    const response = await sandbox.send('/sites');
    const promised = Number(response.headers.get('content-length'));
    const { length } = new Uint8Array(await response.arrayBuffer());
    expect(length).toBe(Math.floor(promised * share));
  });
});
