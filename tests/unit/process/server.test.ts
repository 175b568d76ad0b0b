import { Agent, get } from 'node:http';
import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { contentSecurityPolicy, createNonce } from '@/lib/process/headers';
import type { RequestHandler, RunningServer, ServerOptions } from '@/lib/process/server';
import { startServer } from '@/lib/process/server';
import { describeStartFailure } from '@/lib/process/start-failure';

let running: RunningServer | undefined;
afterEach(() => running?.close(0));

const start = async (handle: RequestHandler, more: Partial<ServerOptions> = {}) => {
  running = await startServer({
    handle,
    host: '127.0.0.1',
    port: 0,
    isDevelopment: false,
    ...more,
  });
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

  it('answers who offers another protocol as if nothing had been offered, though Next listens for it', async () => {
    const { url } = await start(async (request, response) => {
      const { server } = request.socket as unknown as { server: EventEmitter };
      server.once('upgrade', (_request: unknown, socket: Socket) => socket.destroy());
      response.end('ok');
    });
    await fetch(url);
    const offer = { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c', 'HTTP2-Settings': 'AA' };
    const status = await new Promise((resolve, reject) => {
      get(url, { headers: offer }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on('error', reject);
    });
    expect(status).toBe(200);
  });

  it('works on a few of the requests that are asked ahead on one connection, and hangs up on more', async () => {
    let handled = 0;
    const { url } = await start(async (_request, response) => {
      handled += 1;
      if (handled > 5) return;
      response.end('ok');
    });
    const text = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n';
    const ask = async (times: number, isOver: (answers: number) => boolean): Promise<number> => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      socket.write(text.repeat(times));
      let heard = '';
      const answers = (): number => heard.split('HTTP/1.1 200').length - 1;
      await new Promise<void>((resolve) => {
        socket.on('close', () => resolve()).on('error', () => resolve());
        socket.on('data', (chunk) => {
          heard += String(chunk);
          if (isOver(answers())) resolve();
        });
      });
      socket.destroy();
      return answers();
    };
    expect(await ask(5, (answers) => answers === 5)).toBe(5);
    await ask(1_000, () => false);
    expect(handled).toBeLessThan(20);
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

  it('leaves as soon as the answers under way have ended, also when connections are kept alive', async () => {
    const server = await start(async (_request, response) => {
      response.write('open');
      setTimeout(() => response.end(), 150);
    });
    const agent = new Agent({ keepAlive: true });
    await new Promise<void>((resolve) => {
      get(server.url, { agent }, (response) => {
        response.resume();
        resolve();
      });
    });
    const startedMs = performance.now();
    await server.close(5_000);
    expect(performance.now() - startedMs).toBeLessThan(2_000);
    agent.destroy();
  });

  it('lets go of a reader that never reads, and of nobody else', async () => {
    const chunk = Buffer.alloc(256 * 1024);
    const server = await start(
      async (request, response) => {
        if (request.url === '/quiet') {
          const beat = setInterval(() => response.write('beat'), 100);
          response.on('close', () => clearInterval(beat));
          return;
        }
        const fill = (): void => {
          while (!response.destroyed && response.write(chunk));
        };
        response.on('drain', fill);
        fill();
      },
      { stalledMs: 400 },
    );
    const port = Number(new URL(server.url).port);
    const open = (path: string) => {
      const socket = connect(port, '127.0.0.1');
      socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
      return socket.on('error', () => undefined);
    };
    const stalled = open('/');
    stalled.pause();
    const quiet = open('/quiet').resume();
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    // What is unread hides the end from the client until it reads on.
    const ended = new Promise((resolve) => stalled.once('close', () => resolve('closed')));
    stalled.resume();
    expect(await ended).toBe('closed');
    expect(quiet.destroyed).toBe(false);
    quiet.destroy();
  });

  it('answers what it refuses in our error form, with every header of security', async () => {
    const { url } = await start(async (_request, response) => void response.end('reached'));
    const response = await fetch(`${url}/%ff`);
    expect(response.status).toBe(400);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.json()).toEqual({
      error: expect.objectContaining({ code: 'invalid-input', field: 'path', retryable: false }),
    });
    const posted = await fetch(url, { method: 'POST', body: 'x' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
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
