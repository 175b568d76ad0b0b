import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '@/lib/core/problem/problem';
import { isProblemError } from '@/lib/core/problem/problem';
import { createKameleoonClient } from '@/lib/server/kameleoon/create-client';
import type { OutboundOptions } from '@/lib/server/services/outbound-fetch';
import { createOutbound } from '@/lib/server/services/outbound-fetch';
import { systemClock } from '@/lib/server/services/system-clock';
import { createAuthority } from '@/tests/builders/certificate';
import { aRequest } from '@/tests/unit/server/kameleoon/builders';
import type { TunnelProxy } from '@/tests/fakes/tunnel-proxy';
import { startTunnelProxy } from '@/tests/fakes/tunnel-proxy';

/** A name that exists nowhere: it is reached through the proxy or not at all. */
const API = 'https://api.test';
const authority = createAuthority();
const paths: string[] = [];
const api = createServer(authority.issue('api.test'), (request, response) => {
  paths.push(request.url ?? '');
  response.setHeader('content-type', 'application/json');
  if (request.url === '/moved') response.writeHead(302, { location: '/elsewhere' });
  if (request.url === '/oauth/token') response.writeHead(400);
  response.end('{"error":"no such client"}');
});

const closing: (() => Promise<void>)[] = [];
beforeAll(() => new Promise<void>((resolve) => void api.listen(0, '127.0.0.1', resolve)));
afterEach(async () => {
  paths.length = 0;
  for (const close of closing.splice(0).reverse()) await close();
});
afterAll(() => void api.close());

const startProxy = async (
  answer?: Parameters<typeof startTunnelProxy>[1],
): Promise<TunnelProxy> => {
  const proxy = await startTunnelProxy((api.address() as AddressInfo).port, answer);
  closing.push(proxy.close);
  return proxy;
};

const open = (options: OutboundOptions) => {
  const outbound = createOutbound(options);
  closing.push(outbound.close);
  return outbound.fetch;
};

/** Why a reading failed, as pages and the log are told. */
const problemThrough = async (fetch: typeof globalThis.fetch): Promise<Problem> => {
  const stopping = new AbortController();
  closing.push(async () => stopping.abort());
  const client = createKameleoonClient({
    baseUrl: API,
    clientId: 'id',
    clientSecret: 'a-secret',
    fetch,
    clock: systemClock,
    random: () => 0,
    signal: stopping.signal,
  });
  try {
    await client.readReport(aRequest(), { priority: 'interactive' });
  } catch (error) {
    if (isProblemError(error)) return error.problem;
    throw error;
  }
  return expect.fail('it was read');
};

describe('the way out to the API', () => {
  it('leads through the proxy, with the credentials that the proxy wants', async () => {
    const proxy = await startProxy();
    const proxyUrl = `http://verdict:p%40ss@127.0.0.1:${proxy.port}`;
    const fetch = open({ proxyUrl, authorities: authority.cert });
    const problem = await problemThrough(fetch);
    expect(problem).toMatchObject({ code: 'upstream-auth', upstreamStatus: 400 });
    expect(paths).toEqual(['/oauth/token']);
    expect(proxy.tunnels).toEqual([
      {
        target: 'api.test:443',
        authorization: `Basic ${Buffer.from('verdict:p@ss').toString('base64')}`,
      },
    ]);
  });

  it('keeps its connections: many requests pass few tunnels, and never more than ten are open', async () => {
    const proxy = await startProxy();
    const fetch = open({
      proxyUrl: `http://127.0.0.1:${proxy.port}`,
      authorities: authority.cert,
    });
    for (let i = 0; i < 5; i += 1) await (await fetch(`${API}/x`)).text();
    expect(proxy.tunnels.length).toBeLessThanOrEqual(2);
    const many = Array.from({ length: 40 }, async () => (await fetch(`${API}/x`)).text());
    await Promise.all(many);
    expect(proxy.tunnels.length).toBeLessThanOrEqual(10);
    expect(paths).toHaveLength(45);
  });

  it('follows no redirect when told so, and ends when told so', async () => {
    const proxy = await startProxy();
    const fetch = open({
      proxyUrl: `http://127.0.0.1:${proxy.port}`,
      authorities: authority.cert,
    });
    const moved = await fetch(`${API}/moved`, { redirect: 'manual' });
    expect([moved.status, moved.headers.get('location')]).toEqual([302, '/elsewhere']);
    await moved.body?.cancel();
    await expect(fetch(API, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  it('says which certificate fault it met where nobody vouches for the API', async () => {
    const proxy = await startProxy();
    const problem = await problemThrough(open({ proxyUrl: `http://127.0.0.1:${proxy.port}` }));
    expect(problem).toMatchObject({ code: 'upstream-unreachable', retryable: true });
    expect(problem.detail).toMatch(/: no connection \(UNABLE_TO_VERIFY_LEAF_SIGNATURE\)$/);
    expect(problem.detail).not.toContain('\n');
    expect(paths).toEqual([]);
  });

  it.each([407, 502] as const)('says that the proxy refused with %i', async (status) => {
    const proxy = await startProxy(status);
    const proxyUrl = `http://verdict:canary@127.0.0.1:${proxy.port}`;
    const problem = await problemThrough(open({ proxyUrl, authorities: authority.cert }));
    expect(problem.code).toBe('upstream-unreachable');
    expect(problem.detail).toContain(`no connection (PROXY_ANSWERED_${status})`);
    expect(JSON.stringify(problem)).not.toContain('canary');
  });

  it('does not wait for minutes on a proxy that keeps silent', async () => {
    const proxy = await startProxy('silence');
    const fetch = open({
      proxyUrl: `http://127.0.0.1:${proxy.port}`,
      authorities: authority.cert,
    });
    const failure: unknown = await fetch(API).catch((error: unknown) => error);
    expect(failure).toMatchObject({ cause: { code: 'UND_ERR_HEADERS_TIMEOUT' } });
  });

  it('leads straight out where there is no proxy', async () => {
    const fetch = open({ proxyUrl: null, authorities: authority.cert });
    const { port } = api.address() as AddressInfo;
    const failure: unknown = await fetch(`https://127.0.0.1:${port}/`).catch((e: unknown) => e);
    // It was reached: its certificate, which names another host, was seen.
    expect(failure).toMatchObject({ cause: { code: 'ERR_TLS_CERT_ALTNAME_INVALID' } });
  });

  it('trusts the private authority that NODE_EXTRA_CA_CERTS names', async () => {
    const proxy = await startProxy();
    const dir = mkdtempSync(join(tmpdir(), 'verdict-ca-'));
    const file = join(dir, 'authority.pem');
    writeFileSync(file, authority.cert);
    const script = `import { createOutbound } from './lib/server/services/outbound-fetch.ts';
      const { fetch, close } = createOutbound({ proxyUrl: 'http://127.0.0.1:${proxy.port}' });
      const told = await fetch('${API}/').then((a) => a.status, (e) => e.cause.code);
      console.log(told);
      await close();`;
    const flags = ['--conditions=react-server', '--import', 'tsx', '--input-type=module'];
    const tell = async (env: Record<string, string>): Promise<string> => {
      const run = promisify(execFile);
      const options = {
        env: { NODE_ENV: 'production', PATH: process.env['PATH'], ...env } as const,
      };
      return (await run(process.execPath, [...flags, '-e', script], options)).stdout.trim();
    };
    try {
      expect(await tell({ NODE_EXTRA_CA_CERTS: file })).toBe('200');
      expect(await tell({})).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
