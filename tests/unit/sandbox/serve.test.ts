import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSandbox, type Sandbox } from '@/lib/sandbox/api/create-sandbox';
import { serve, type Served } from '@/lib/sandbox/serve';
import { CREDENTIALS, EPOCH_MS, sharedWorld, toTokenForm } from './test-sandbox';

let sandbox: Sandbox;
let served: Served;
let authorization = '';
beforeEach(async () => {
  const clock = () => EPOCH_MS + 5_000;
  sandbox = createSandbox({ world: sharedWorld, credentials: CREDENTIALS, clock });
  served = await serve(sandbox.fetch, 0);
  const answer = await fetch(`${served.url}/oauth/token`, { method: 'POST', body: toTokenForm() });
  const { access_token } = (await answer.json()) as { access_token: string };
  authorization = `Bearer ${access_token}`;
});
afterEach(() => served.close());

const ask = (path = '/experiments', init: RequestInit = {}) =>
  fetch(`${served.url}${path}`, { ...init, headers: { authorization } });
const control = (method: string, body?: unknown) =>
  fetch(`${served.url}/__sandbox/faults`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

/** What comes over the wire, byte by byte, and how the connection ends. */
function readRaw(path: string): Promise<{ text: string; end: string }> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(Number(new URL(served.url).port), '127.0.0.1', () =>
      socket.write(
        `GET ${path} HTTP/1.1\r\nhost: sandbox\r\nauthorization: ${authorization}\r\n\r\n`,
      ),
    );
    socket.on('data', (chunk) => (text += chunk.toString('latin1')));
    socket.on('error', (error: NodeJS.ErrnoException) => resolve({ text, end: error.code! }));
    socket.on('end', () => {
      socket.end();
      resolve({ text, end: 'closed' });
    });
  });
}

describe('over real HTTP', () => {
  it('a connection that is down breaks, and comes back when the fault is taken off', async () => {
    expect((await control('POST', { kind: 'down' })).status).toBe(200);
    await expect(ask()).rejects.toMatchObject({ message: 'fetch failed' });
    expect(await readRaw('/sites')).toEqual({ text: '', end: 'ECONNRESET' });
    await control('DELETE');
    expect((await ask()).status).toBe(200);
  });

  it('a reset before the headers is a reset', async () => {
    sandbox.setFaults([{ kind: 'reset' }]);
    expect(await readRaw('/sites')).toEqual({ text: '', end: 'ECONNRESET' });
    expect(sandbox.requests()).toMatchObject({ lost: 1, byPath: { '/sites': 1 } });
  });

  it('a reset within the body comes after headers and a part', async () => {
    sandbox.setFaults([{ kind: 'reset', at: 'within' }]);
    const { text, end } = await readRaw('/sites');
    const [head, body] = text.split('\r\n\r\n');
    const promised = Number(/content-length: (\d+)/i.exec(head!)![1]);
    expect([body!.length, end]).toEqual([Math.floor(promised / 2), 'ECONNRESET']);
    const response = await ask();
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });

  it('a truncated body ends early and closes the connection', async () => {
    sandbox.setFaults([{ kind: 'truncated-body', share: 0.2 }]);
    const { text, end } = await readRaw('/sites');
    const [head, body] = text.split('\r\n\r\n');
    const promised = Number(/content-length: (\d+)/i.exec(head!)![1]);
    expect([body!.length, end]).toEqual([Math.floor(promised / 5), 'closed']);
    await expect((await ask()).json()).rejects.toThrow();
  });

  it('a slow body comes in several pieces and is whole', async () => {
    const whole: unknown = await (await ask()).json();
    sandbox.setFaults([{ kind: 'slow-body', spreadMs: 100, chunks: 4 }]);
    const pieces: Uint8Array[] = [];
    for await (const piece of (await ask()).body!) pieces.push(piece);
    expect(pieces.length).toBeGreaterThan(1);
    expect(JSON.parse(Buffer.concat(pieces).toString())).toEqual(whole);
  });

  it('a client that leaves during a late answer harms nobody', async () => {
    sandbox.setFaults([{ kind: 'latency', fixedMs: 300 }]);
    await expect(ask('/sites', { signal: AbortSignal.timeout(30) })).rejects.toThrow();
    sandbox.setFaults([{ kind: 'slow-body', spreadMs: 400, chunks: 4 }]);
    await expect(
      ask('/sites', { signal: AbortSignal.timeout(50) }).then((response) => response.text()),
    ).rejects.toThrow();
    sandbox.setFaults([]);
    expect((await ask()).status).toBe(200);
  });

  it('refusals, pages and wrong types arrive as they are', async () => {
    const type = async (): Promise<unknown[]> => {
      const response = await ask();
      await response.arrayBuffer();
      return [response.status, response.headers.get('content-type')];
    };
    sandbox.setFaults([{ kind: 'throttled', retryAfter: 'seconds', retryAfterMs: 5_000 }]);
    const refused = await ask();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5']);
    sandbox.setFaults([{ kind: 'html' }]);
    expect(await type()).toEqual([200, 'text/html; charset=utf-8']);
    sandbox.setFaults([{ kind: 'content-type', value: 'application/octet-stream' }]);
    expect(await type()).toEqual([200, 'application/octet-stream']);
    sandbox.setFaults([{ kind: 'status', status: 504, form: 'empty' }]);
    expect((await type())[0]).toBe(504);
    sandbox.setFaults([{ kind: 'clock-off', offsetMs: -300_000 }]);
    const { headers } = await ask();
    expect(Date.parse(headers.get('date')!)).toBe(
      Math.floor((EPOCH_MS + 5_000) / 1_000) * 1_000 - 300_000,
    );
  });

  it('says which field of a fault is wrong', async () => {
    const refused = await control('POST', { kind: 'latency', fixedMs: 'long' });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ field: 'faults[0].fixedMs' });
  });
});
