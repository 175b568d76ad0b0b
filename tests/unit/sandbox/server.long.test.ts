import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEMO_CREDENTIALS, startSandbox, type RunningSandbox } from '@/lib/sandbox/start';

let dataDir = '';
let running: RunningSandbox[] = [];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'));
});
afterEach(async () => {
  await Promise.all(running.map((sandbox) => sandbox.close()));
  running = [];
  rmSync(dataDir, { recursive: true, force: true });
});

const NOW_MS = Date.UTC(2026, 4, 21, 13, 7, 42, 345);

async function start(nowMs: number, fresh = false): Promise<RunningSandbox> {
  const sandbox = await startSandbox({ port: 0, dataDir, fresh, clock: () => nowMs });
  running.push(sandbox);
  return sandbox;
}

async function tokenOf(url: string): Promise<string> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: DEMO_CREDENTIALS.clientId,
    client_secret: DEMO_CREDENTIALS.clientSecret,
  });
  const response = await fetch(`${url}/oauth/token`, { method: 'POST', body: form });
  return ((await response.json()) as { access_token: string }).access_token;
}

const read = async (url: string, path: string): Promise<unknown> => {
  const authorization = `Bearer ${await tokenOf(url)}`;
  return (await fetch(`${url}${path}`, { headers: { authorization } })).json();
};

describe('the sandbox as a server', () => {
  it('answers over real HTTP on loopback, with a Date header', async () => {
    const { url } = await start(NOW_MS);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const authorization = `Bearer ${await tokenOf(url)}`;
    const response = await fetch(`${url}/v1/sites`, { headers: { authorization } });
    expect(response.headers.get('date')).toBe('Thu, 21 May 2026 13:07:42 GMT');
    expect(response.headers.get('x-pagination-page-count')).toBe('1');
    expect(await response.json()).toHaveLength(3);
  });

  it('continues the same world after a restart, and begins another when told so', async () => {
    const first = await start(NOW_MS);
    const before = await read(first.url, '/experiments?perPage=-1');
    await first.close();
    const second = await start(NOW_MS + 7_200_000);
    expect(second.epochMs).toBe(first.epochMs);
    expect(await read(second.url, '/experiments?perPage=-1')).toEqual(before);
    const third = await start(NOW_MS + 7_200_000, true);
    expect(third.epochMs).toBe(first.epochMs + 7_200_000);
    const origin = JSON.parse(readFileSync(join(dataDir, 'origin.json'), 'utf8')) as object;
    expect(origin).toMatchObject({ version: 1, epochMs: third.epochMs });
  });

  it('keeps the size of its world, and grows it when told so', async () => {
    const count = async (sandbox: RunningSandbox): Promise<number> => {
      const rows = await read(sandbox.url, '/experiments?perPage=200');
      return (rows as unknown[]).length;
    };
    const begin = async (size?: { active: number; stopped: number }): Promise<RunningSandbox> => {
      const sized = size === undefined ? {} : { size };
      const sandbox = await startSandbox({ port: 0, dataDir, clock: () => NOW_MS, ...sized });
      running.push(sandbox);
      return sandbox;
    };
    const small = await begin({ active: 2, stopped: 3 });
    expect(await count(small)).toBe(27);
    await small.close();
    const again = await begin();
    expect(await count(again)).toBe(27);
    await again.close();
    const grown = await begin({ active: 10, stopped: 90 });
    expect(grown.epochMs).toBe(small.epochMs);
    expect(await count(grown)).toBe(122);
  });

  it('suffers the faults it is started with and those set later', async () => {
    const sandbox = await startSandbox({
      port: 0,
      dataDir,
      clock: () => NOW_MS,
      faults: [{ kind: 'status', status: 500, on: 'token' }],
    });
    running.push(sandbox);
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: DEMO_CREDENTIALS.clientId,
      client_secret: DEMO_CREDENTIALS.clientSecret,
    });
    const ask = () => fetch(`${sandbox.url}/oauth/token`, { method: 'POST', body });
    expect((await ask()).status).toBe(500);
    sandbox.setFaults([]);
    expect((await ask()).status).toBe(200);
    sandbox.addFaults([{ kind: 'down' }]);
    await expect(ask()).rejects.toThrow('fetch failed');
    expect(sandbox.faults().faults).toMatchObject([{ kind: 'down', struck: 1 }]);
    expect(sandbox.requests()).toMatchObject({ total: 2, byStatus: { 200: 1, 500: 1 } });
  });

  it('says what to do when its file is broken', async () => {
    writeFileSync(join(dataDir, 'origin.json'), '{"version":1');
    await expect(start(NOW_MS)).rejects.toThrow(/--fresh/);
    await expect(start(NOW_MS, true)).resolves.toBeDefined();
  });

  it('refuses a port that is taken', async () => {
    const { url } = await start(NOW_MS);
    const port = Number(new URL(url).port);
    await expect(startSandbox({ port, dataDir })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
