import type { IncomingMessage } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { answerMetrics } from '@/lib/process/metrics-answer';
import type { RunningServer } from '@/lib/process/server';
import { startServer } from '@/lib/process/server';
import { createMetrics } from '@/lib/server/metrics/create-metrics';

const TOKEN = 'a-token-that-is-long-enough-1';
const metrics = createMetrics({ version: '1', loop: { last: () => null } });

let running: RunningServer | undefined;
afterEach(() => running?.close(0));

/** `peer`: the address that the connection is made to come from. */
const open = async (metricsToken: string | null, peer?: string): Promise<string> => {
  running = await startServer({
    handle: (request, response) => {
      const asked = peer
        ? (Object.assign(Object.create(request) as IncomingMessage, {
            socket: { remoteAddress: peer },
          }) as IncomingMessage)
        : request;
      const config = { displayTimeZone: 'UTC', metricsToken };
      return answerMetrics(asked, response, { config, metrics });
    },
    host: '127.0.0.1',
    port: 0,
    isDevelopment: false,
  });
  return running.url;
};

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

describe('the figures over HTTP', () => {
  it('are for this machine, in the text form, and kept by no cache', async () => {
    const answer = await fetch(await open(null));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(answer.headers.get('cache-control')).toContain('no-store');
    expect(await answer.text()).toContain('verdict_build_info{version="1"} 1');
  });

  it.each(['10.0.0.7', '::ffff:10.0.0.7', '128.0.0.1', ''])(
    'are refused to the peer "%s" while there is no token',
    async (peer) => {
      const answer = await fetch(await open(null, peer || 'unknown'), bearer('null'));
      expect(answer.status).toBe(403);
      expect((await answer.json()).error.code).toBe('forbidden');
    },
  );

  it.each(['::1', '::ffff:127.0.0.1', '127.8.9.1'])('take %s for this machine', async (peer) => {
    expect((await fetch(await open(null, peer))).status).toBe(200);
  });

  it.each(['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'])(
    'are refused to whoever comes through a proxy on this machine (%s)',
    async (name) => {
      const answer = await fetch(await open(null), { headers: { [name]: '127.0.0.1' } });
      expect(answer.status).toBe(403);
    },
  );

  it('are for whoever shows the token, from anywhere', async () => {
    const url = await open(TOKEN, '10.0.0.7');
    expect((await fetch(url, bearer(TOKEN))).status).toBe(200);
    expect((await fetch(url, { ...bearer(TOKEN), method: 'HEAD' })).status).toBe(200);
  });

  it.each(['', TOKEN.slice(1), `${TOKEN}x`, TOKEN.toUpperCase(), 'null'])(
    'are refused to the token "%s", on this machine too',
    async (shown) => {
      const answer = await fetch(await open(TOKEN), shown === '' ? {} : bearer(shown));
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toContain('Bearer');
      expect(await answer.text()).not.toContain(TOKEN);
    },
  );
});
