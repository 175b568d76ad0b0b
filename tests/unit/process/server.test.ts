import { get } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { contentSecurityPolicy, createNonce } from '@/lib/process/headers';
import type { RequestHandler, RunningServer } from '@/lib/process/server';
import { startServer } from '@/lib/process/server';
import { describeStartFailure } from '@/lib/process/start-failure';

let running: RunningServer | undefined;
afterEach(() => running?.close(0));

const start = async (handle: RequestHandler) => {
  running = await startServer({ handle, host: '127.0.0.1', port: 0, isDevelopment: false });
  return running;
};

describe('the server process', () => {
  it('sets the security headers on every answer, with a nonce that Next can read from the request', async () => {
    let seen: unknown;
    const { url } = await start(async (request, response) => {
      seen = request.headers['content-security-policy'];
      response.end('ok');
    });
    const first = await fetch(url);
    const second = await fetch(url);
    expect(first.headers.get('x-content-type-options')).toBe('nosniff');
    expect(first.headers.get('x-frame-options')).toBe('DENY');
    expect(first.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(second.headers.get('content-security-policy')).toBe(seen);
    expect(first.headers.get('content-security-policy')).not.toBe(seen);
  });

  it('believes no client about its address or its policy', async () => {
    let peer: unknown;
    let policy: unknown;
    const { url } = await start(async (request, response) => {
      peer = request.headers['x-verdict-peer'];
      policy = request.headers['content-security-policy'];
      response.end();
    });
    await fetch(url, {
      headers: {
        'x-verdict-peer': '6.6.6.6',
        'content-security-policy': "script-src 'nonce-evil'",
      },
    });
    expect(peer).toBe('127.0.0.1');
    expect(policy).not.toContain('evil');
  });

  it('answers 500 without a stack trace when the handler fails', async () => {
    const { url } = await start(async () => {
      throw new Error('secret detail');
    });
    const response = await fetch(url);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret detail');
  });

  it('closes answers that never end once the grace is over', async () => {
    const server = await start(async (_request, response) => {
      response.write('open');
    });
    const ended = new Promise((resolve) => {
      get(server.url, (response) => {
        response.on('close', () => resolve('closed'));
        response.resume();
      }).on('error', () => resolve('closed'));
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    await server.close(50);
    expect(await ended).toBe('closed');
  });

  it('allows scripts by nonce alone', () => {
    const policy = contentSecurityPolicy(createNonce(), false);
    expect(policy).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/=]{24}' 'strict-dynamic';/);
    expect(policy).not.toContain('unsafe-eval');
  });

  it('says in one line why it cannot start', () => {
    const taken = Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE' });
    expect(describeStartFailure(taken, { port: 3000 })).toBe(
      'Verdict cannot start: port 3000 is taken. Stop what listens there, or set PORT to another.',
    );
    expect(
      describeStartFailure(new Error('Could not find a production build in …'), { port: 1 }),
    ).toContain('npm run build');
  });
});
